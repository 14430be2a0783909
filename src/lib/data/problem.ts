import type { RequestProblem } from '../domain/problems';

/** A request that was not answered as asked. `message` is for logs, `code` for people. */
export class ApiError extends Error {
	override name = 'ApiError';

	constructor(
		/** The HTTP status; 0 when no answer came, 408 when it did not come in time. */
		readonly status: number,
		readonly code: RequestProblem,
		message: string = code,
		/** Seconds that the server asks to be left alone for. */
		readonly retryAfter: number | null = null
	) {
		super(message);
	}
}

/** Whatever went wrong before an answer came: no network, a name that does not resolve, a timeout. */
export function noAnswer(cause: unknown): ApiError {
	if (cause instanceof ApiError) return cause;
	const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
	return new ApiError(name === 'AbortError' ? 408 : 0, 'offline', message);
}

/** An answer other than success. */
export async function refusal(response: Response): Promise<ApiError> {
	const text = await response.text().catch(() => '');
	const after = secondsFrom(response.headers.get('retry-after'));
	return new ApiError(response.status, codeOf(response.status), text.slice(0, 500), after);
}

function codeOf(status: number): RequestProblem {
	switch (status) {
		case 401:
			return 'signed_out';
		case 403:
			return 'not_allowed';
		case 413:
			return 'too_large';
		case 426:
			return 'update_needed';
		case 429:
		case 503:
			return 'busy';
		default:
			return 'server_error';
	}
}

/** Retry-After is a number of seconds or a date. */
function secondsFrom(header: string | null): number | null {
	if (header === null) return null;
	const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
	return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}
