import { Problem } from './problem';

/** Bytes a call may bring. A phone's batch is a quarter of this at most. */
export const BODY_LIMIT = 1_000_000;

/**
 * The named arguments of a call. Reads no further than the limit: a body that is larger, is not
 * UTF-8, not JSON or not an object is answered with a Problem before anything touches the database.
 */
export async function readBody(request: Request): Promise<Record<string, unknown>> {
	const text = await readText(request);
	if (text.trim() === '') return {};
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new Problem(400, 'PGRST102', 'Empty or invalid json', 'body');
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value))
		throw new Problem(400, 'PGRST102', 'The body must be an object of named arguments', 'body');
	return value as Record<string, unknown>;
}

async function readText(request: Request): Promise<string> {
	if (Number(request.headers.get('content-length') ?? 0) > BODY_LIMIT) throw tooLarge();
	const decoder = new TextDecoder('utf-8', { fatal: true });
	let size = 0;
	let text = '';
	try {
		for await (const chunk of request.body ?? []) {
			size += chunk.byteLength;
			if (size > BODY_LIMIT) throw tooLarge();
			text += decoder.decode(chunk, { stream: true });
		}
		return text + decoder.decode();
	} catch (error) {
		if (error instanceof TypeError)
			throw new Problem(400, 'PGRST102', 'The body is not UTF-8', 'body');
		throw error;
	}
}

function tooLarge() {
	return new Problem(
		413,
		'PT413',
		'The body is larger than 1 MB',
		'body',
		'Send fewer changes at a time'
	);
}
