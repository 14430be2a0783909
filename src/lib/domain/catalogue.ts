import type { Day } from './day';
import type { Guide } from './guide';
import type { Problem } from './problems';

/** The lists of a city, in the order in which its office looks through them. */
export const CATALOGUE_LISTS = [
	'topic',
	'service',
	'training_topic',
	'campaign',
	'place',
	'barrier',
	'counted_group',
	'outcome',
	'result'
] as const;
export type CatalogueList = (typeof CATALOGUE_LISTS)[number];

export type CatalogueEntry = {
	list: CatalogueList;
	code: string;
	/** The entry that this one is a part of: the topic of a sub-topic. One level deep. */
	parent: string | null;
	vi: string;
	en: string;
	position: number;
	/** Offered from this day on; null: always was. */
	from_day: Day | null;
	/** The first day on which it is no longer offered; null: none is set. */
	to_day: Day | null;
};

/** The words that a city chose for its topics, services, places and so on, and its guides. */
export type Catalogue = {
	version: string;
	entries: CatalogueEntry[];
	/** A copy that an earlier version kept has none. */
	guides?: Guide[];
};

/** What came of an entry that the city office wrote. With a problem, nothing was. */
export type SavedEntry = { entry: CatalogueEntry | null; problems: Problem[] };

/** The entries of one list in the city's order, those that are parts after all that are not. */
export function entriesOf(catalogue: Catalogue | null, list: CatalogueList): CatalogueEntry[] {
	return (catalogue?.entries ?? [])
		.filter((entry) => entry.list === list)
		.sort((a, b) => Number(isPart(a)) - Number(isPart(b)) || a.position - b.position);
}

/** What a form offers on a day: the entries of a list that are parts of `parent`, or of none. */
export function offered(
	catalogue: Catalogue | null,
	list: CatalogueList,
	day: Day,
	parent: string | null = null
): CatalogueEntry[] {
	// A copy of the catalogue that an earlier version kept knows neither parts nor days.
	return entriesOf(catalogue, list).filter(
		(entry) =>
			(entry.parent ?? null) === parent &&
			(entry.from_day ?? '') <= day &&
			(!entry.to_day || day < entry.to_day)
	);
}

function isPart(entry: CatalogueEntry): boolean {
	return (entry.parent ?? null) !== null;
}
