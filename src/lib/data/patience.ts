import { noAnswer } from './problem';

/**
 * Waits for an answer, but not for ever: on a weak line a request may never end by itself, and
 * everything behind it would wait too.
 * @throws ApiError `offline` when no answer came, with status 408 when it did not come in time
 */
export async function inTime<T>(
	ms: number,
	ask: (signal: AbortSignal) => PromiseLike<T>
): Promise<T> {
	const patience = new AbortController();
	const timer = setTimeout(() => patience.abort(), ms);
	try {
		return await ask(patience.signal);
	} catch (error) {
		throw noAnswer(error);
	} finally {
		clearTimeout(timer);
	}
}
