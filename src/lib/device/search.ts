import type { Household } from '../domain/household';
import { clean, fold, wordsOf } from '../domain/text';
import type { HouseholdCard } from './cards';

/** The households whose label has every word of a query, as typed, in any order; in the order given. */
export function search(cards: HouseholdCard[], query: string): HouseholdCard[] {
	return searchBy(cards, (card) => card, query);
}

/**
 * The same for things that have a card. Also found by the label of what was merged into it. When the
 * query is typed with marks, those that bear the same marks come first.
 */
export function searchBy<T>(items: T[], cardOf: (item: T) => HouseholdCard, query: string): T[] {
	const typed = wordsOf(fold(query)).map((word) => ` ${word}`);
	if (typed.length === 0) return items;
	const read = readingOf(items, cardOf);
	const numbers: number[] = [];
	read.words.forEach((words, n) => typed.every((word) => words.includes(word)) && numbers.push(n));
	const marked = clean(query).trim().toLowerCase();
	const found = (some: number[]) => some.map((n) => items[n] as T);
	if (fold(marked) === marked) return found(numbers);
	read.labels ??= items.map((item) => cardOf(item).household.label.toLowerCase());
	const { labels } = read;
	const exact = numbers.filter((n) => labels[n]?.includes(marked));
	const other = numbers.filter((n) => !labels[n]?.includes(marked));
	return found([...exact, ...other]);
}

/** A list as it is searched. A list is made anew when anything of it changes; letters ask for the same one. */
type Reading = { words: string[]; labels?: string[] };

function readingOf<T>(items: T[], cardOf: (item: T) => HouseholdCard): Reading {
	const known = readings.get(items) ?? { words: items.map((item) => wordsOfCard(cardOf(item))) };
	readings.set(items, known);
	return known;
}

const readings = new WeakMap<object, Reading>();

function wordsOfCard({ household, merged }: HouseholdCard): string {
	const words = wordsOfLabel(household);
	return merged.length === 0 ? words : [words, ...merged.map(wordsOfLabel)].join('');
}

/** Each word after a space: so a search for ' na' finds a word that begins so. Folding is the dear part. */
function wordsOfLabel(household: Household): string {
	const known =
		folded.get(household) ??
		wordsOf(fold(household.label))
			.map((word) => ` ${word}`)
			.join('');
	folded.set(household, known);
	return known;
}

const folded = new WeakMap<Household, string>();
