import type { Day } from '$lib/domain/day';

type Typed = {
	households: number | null;
	households_source: string | null;
	households_as_of: Day | null;
};

/** One note under a table: where some of its denominators come from. */
export type Source = { number: number; source: string; as_of: Day };

/**
 * The different sources of the denominators, numbered in the order of the rows, so that each is
 * written once under the table and referred to by its number.
 */
export function sourcesOf(rows: Typed[]): Source[] {
	const found = new Map<string, Source>();
	for (const row of rows) {
		const key = keyOf(row);
		if (!key || found.has(key)) continue;
		found.set(key, {
			number: found.size + 1,
			source: row.households_source ?? '',
			as_of: row.households_as_of ?? ''
		});
	}
	return [...found.values()];
}

/** The source of one row among the numbered ones. */
export function sourceOf(row: Typed, sources: Source[]): Source | undefined {
	const key = keyOf(row);
	return sources.find(({ source, as_of }) => `${as_of} ${source}` === key);
}

function keyOf(row: Typed): string | null {
	if (row.households === null || row.households_source === null) return null;
	return `${row.households_as_of ?? ''} ${row.households_source}`;
}
