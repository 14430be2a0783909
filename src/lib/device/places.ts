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
