export type CatalogueList =
	'topic' | 'service' | 'result' | 'outcome' | 'place' | 'barrier' | 'counted_group';

export type CatalogueEntry = {
	list: CatalogueList;
	code: string;
	vi: string;
	en: string;
	position: number;
};

/** The words that a city chose for its topics, services, places and so on. */
export type Catalogue = { version: string; entries: CatalogueEntry[] };

/** The entries of one list, in the city's order. */
export function entriesOf(catalogue: Catalogue | null, list: CatalogueList): CatalogueEntry[] {
	return (catalogue?.entries ?? [])
		.filter((entry) => entry.list === list)
		.sort((a, b) => a.position - b.position);
}
