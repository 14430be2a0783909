import type { CompareRow, CoverageRow } from '$lib/data/coverage_answers';

/** A ward as the comparison answers it, with nothing known but its name unless said. */
export function ward(name: string, known: Partial<CompareRow> = {}): CompareRow {
	return {
		ward_id: name,
		code: '20242',
		name,
		area_name: null,
		counted: true,
		households: null,
		households_source: null,
		households_as_of: null,
		reached: 0,
		coverage: null,
		visits: 0,
		people_helped: 0,
		signups: {},
		attendance: 0,
		households_learned: 0,
		requests_opened: 0,
		requests_done: 0,
		...known
	} as CompareRow;
}

/** A group as the coverage answers it, with nothing known but its name unless said. */
export function group(name: string, known: Partial<CoverageRow> = {}): CoverageRow {
	return {
		group_id: name,
		name,
		ward_id: 'hai-chau',
		ward_name: 'Phường Hải Châu',
		households: null,
		households_source: null,
		households_as_of: null,
		reached: 0,
		coverage: null,
		visits: 0,
		people_helped: 0,
		signups: {},
		attendance: 0,
		households_learned: 0,
		requests_opened: 0,
		requests_done: 0,
		last_day: null,
		registered: 0,
		...known
	} as CoverageRow;
}
