import type { Unsent } from './copied';

/** Greater than any place that the database gave by itself, in its earlier versions. */
const FIRST = 2 ** 32;
/** More than one write ever brings. */
const MOST = 2 ** 18;

/**
 * The place of a change in the order of writing: by the write that brings it, and which change of that
 * write it is. So it is known before it is written, and its copy has the same.
 */
export function placeOf(write: number, n: number): number {
	return FIRST + write + n / MOST;
}

/**
 * The number that tells a database from others, and from which it counts its writes. After a loss it lies
 * above all that was brought back, so that what is written from now on comes behind it.
 */
export function newGeneration(left: Pick<Unsent, 'generation' | 'changes'> | null): number {
	const random = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
	if (left?.generation === undefined) return random;
	let last = left.generation;
	for (const { place } of left.changes.values()) last = Math.max(last, Math.ceil(place - FIRST));
	return last + 1 + (random >>> 8);
}
