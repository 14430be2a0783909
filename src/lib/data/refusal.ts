import type { RequestProblem } from '../domain/problems';
import { ApiError } from './problem';

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
