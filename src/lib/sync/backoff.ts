const SHORTEST = 500;
const FIRST = 2_000;
const LONGEST = 5 * 60_000;
const LONGEST_LEFT_ALONE = 60 * 60_000;

/**
 * How long to wait before the next try (ms): a random part of a span that doubles with every failure,
 * so that the phones of a city do not come back all at once. When the server asked to be left alone,
 * the wait begins after that.
 * @param failures how many tries failed in a row, from 1
 * @param chance from 0 up to 1
 * @param retryAfter seconds
 */
export function backoff(failures: number, chance: number, retryAfter: number | null): number {
	const span = Math.min(LONGEST, FIRST * 2 ** (failures - 1));
	const wait = SHORTEST + chance * (span - SHORTEST);
	if (retryAfter === null) return wait;
	return Math.min(LONGEST_LEFT_ALONE, retryAfter * 1000) + chance * span;
}
