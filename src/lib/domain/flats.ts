import { cleanLabel, fold } from './text';

/** One floor of a building, as its preview shows it. */
export type Floor = { floor: number; labels: string[] };

/** So many homes are noted down at once at most: about a tall building. */
export const MOST_FLATS = 600;

const PATTERN =
	/^(.*?)[\s,;:]*tang (\d{1,3})(?:\s*(?:-|\u2013|\u2014|den)\s*(?:tang )?(\d{1,3}))?[\s,;:]*(\d{1,3}) ?(?:can|phong|ho|nha)\b.*$/;

/**
 * The flats of a building from one sentence: 'Chung cư A, tầng 3–7, 8 căn mỗi tầng'. Flat 4 on floor 3 is
 * 'Chung cư A · 304'. Null when the sentence cannot be read so, or would give no flat or too many.
 */
export function flatsOf(sentence: string): Floor[] | null {
	const text = cleanLabel(sentence).replace(/\s+/g, ' ');
	// Folding takes marks off letters and leaves their number: places in both texts are the same.
	const found = PATTERN.exec(fold(text));
	const [, name = '', first = '', last = first, each = ''] = found ?? [];
	const building = text.slice(0, name.length);
	const [from, to, count] = [first, last, each].map(Number) as [number, number, number];
	const flats = (to - from + 1) * count;
	if (!building || flats < 1 || count < 1 || flats > MOST_FLATS) return null;
	return Array.from({ length: to - from + 1 }, (_, at) => ({
		floor: from + at,
		labels: Array.from(
			{ length: count },
			(_, n) => `${building} · ${from + at}${String(n + 1).padStart(2, '0')}`
		)
	}));
}
