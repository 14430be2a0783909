import type { Dated } from './world';

/** Whether a day, YYYY-MM-DD, is one of these: the last one has passed. */
export function covers({ from, to }: Dated, day: string): boolean {
	return from <= day && (to === 'infinity' || day < to);
}
