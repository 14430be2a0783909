import { Problem } from './problem';

/** Bytes a call may bring. A phone's batch is a quarter of this at most. */
export const BODY_LIMIT = 1_000_000;

/** Brackets within brackets. A change has four; far deeper ones overflow a stack further on. */
const DEPTH_LIMIT = 64;

/**
 * The named arguments of a call. Reads no further than the limit: a body that is larger, is not
 * UTF-8, not JSON or not an object is answered with a Problem before anything touches the database.
 */
export async function readBody(request: Request): Promise<Record<string, unknown>> {
	const text = await readText(request);
	if (text.trim() === '') return {};
	if (depthOf(text) > DEPTH_LIMIT)
		throw new Problem(400, 'PGRST102', 'The body is nested too deeply', 'body');
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

/** How deep brackets stand in each other; those inside texts are none. */
function depthOf(text: string): number {
	let depth = 0;
	let deepest = 0;
	let quoted = false;
	for (let i = 0; i < text.length; i++) {
		const letter = text[i];
		if (quoted && letter === '\\') i++;
		else if (letter === '"') quoted = !quoted;
		else if (!quoted && (letter === '[' || letter === '{')) deepest = Math.max(deepest, ++depth);
		else if (!quoted && (letter === ']' || letter === '}')) depth--;
	}
	return deepest;
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
