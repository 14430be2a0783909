import { ApiError } from '$lib/data/problem';

/** Why there is no answer, in the words that a page has a sentence for. */
export type Trouble = 'offline' | 'signed_out' | 'forbidden' | 'not_found' | 'failed';

/**
 * What an error means to the person before the screen. Anything unforeseen, such as a part of the
 * program that could not be fetched, counts as a failure that may pass: it is worth another try.
 */
export function troubleOf(error: unknown): Trouble {
	if (!(error instanceof ApiError)) return navigator.onLine ? 'failed' : 'offline';
	if (error.status === 0) return 'offline';
	if (error.status === 401) return 'signed_out';
	if (error.status === 403) return 'forbidden';
	// An address may be mistyped so badly that it is no address of a place at all.
	return error.status === 404 || error.status === 400 ? 'not_found' : 'failed';
}

/** How long a person is asked to wait before being told that nothing comes. */
const PATIENCE = 20_000;

/** The promise, or `offline` when it takes too long: a page must never wait without end. */
export async function within<T>(promise: Promise<T>, patience = PATIENCE): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new ApiError(0, 'offline', 'no answer in time')), patience);
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
	}
}
