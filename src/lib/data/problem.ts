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
