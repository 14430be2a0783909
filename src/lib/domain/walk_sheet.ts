import { isDay, type Day } from './day';

/** A sheet of paper for a walk: which households are on it, in which order, and when it was printed. */
export type WalkSheet = { day: Day; tails: string[] };

/** So many lines fit on a page with room to write. */
export const LINES = 20;

const VERSION = 1;
const TAIL = 6;
const EPOCH = Date.parse('2020-01-01');
const DAY = 86_400_000;

/**
 * What tells a household on paper: the end of its id, which is made by chance. It names nobody, and
 * two households of one phone share it once in many million million.
 */
export function tailOf(household_id: string): string {
	return household_id.replaceAll('-', '').slice(-2 * TAIL);
}

/** A sheet as the text of its QR code: short, without a name, readable without a network. */
export function sheetCode({ day, tails }: WalkSheet): string {
	const days = Math.round((Date.parse(day) - EPOCH) / DAY);
	const bytes = [VERSION, days >> 8, days & 255, ...tails.flatMap(bytesOf)];
	return btoa(String.fromCharCode(...bytes))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replace(/=+$/, '');
}

/** The sheet that a code tells; null when it is none of ours. */
export function readSheetCode(code: string): WalkSheet | null {
	if (!/^[\w-]{5,2000}$/.test(code)) return null;
	let bytes: number[];
	try {
		bytes = [...atob(code.replaceAll('-', '+').replaceAll('_', '/'))].map((one) =>
			one.charCodeAt(0)
		);
	} catch {
		return null;
	}
	const [version, high = 0, low = 0, ...rest] = bytes;
	if (version !== VERSION || rest.length === 0 || rest.length % TAIL !== 0) return null;
	const day = new Date(EPOCH + (high * 256 + low) * DAY).toISOString().slice(0, 10);
	const tails = Array.from({ length: rest.length / TAIL }, (_, n) =>
		rest
			.slice(n * TAIL, (n + 1) * TAIL)
			.map((byte) => byte.toString(16).padStart(2, '0'))
			.join('')
	);
	return isDay(day) ? { day, tails } : null;
}

function bytesOf(tail: string): number[] {
	return (tail.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
}
