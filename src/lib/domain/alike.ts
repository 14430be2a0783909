import { fold, wordsOf } from './text';

/** Words that nearly every label has: they tell no household from another. */
const COMMON = new Set(
	'nha ho can phong so chi em anh co chu bac ong ba di duong mo cau ngo hem kiet to'.split(' ')
);

/** What tells a household from others by its label: its own words, and its numbers. */
export type Telling = { words: string[]; numbers: string[] };

export function tellingOf(label: string): Telling {
	const all = wordsOf(fold(label));
	const numbers = all.filter((word) => /\d/.test(word));
	const own = all.filter((word) => !/\d/.test(word) && !COMMON.has(word));
	return { words: own, numbers };
}

/**
 * Whether two labels may be of the same household: one says nothing that the other contradicts. A slip
 * of one letter in a longer word is let pass; another number never is.
 */
export function alike(a: Telling, b: Telling): boolean {
	const numbered = a.numbers.length > 0 && b.numbers.length > 0;
	if (numbered && a.numbers.join(' ') !== b.numbers.join(' ')) return false;
	const [fewer, more] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words];
	if (fewer.length === 0) return numbered;
	return fewer.every((word) => more.some((other) => isNearly(word, other)));
}

/** Whether two words are the same but for one letter that was added, left out or mistaken. */
function isNearly(a: string, b: string): boolean {
	if (a === b) return true;
	if (Math.min(a.length, b.length) < 4 || Math.abs(a.length - b.length) > 1) return false;
	let start = 0;
	while (start < a.length && a[start] === b[start]) start += 1;
	const rest = (text: string, skip: number) => text.slice(start + skip);
	return rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1);
}
