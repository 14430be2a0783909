import type { CoverageRow } from '$lib/data/coverage_answers';
import type { Day } from '$lib/domain/day';
import { fold, matches } from '$lib/domain/text';
import type { Sortable } from '../order';
import { signedUp } from '../signups';

/** After this many days without a record a group is asked after. */
export const QUIET_DAYS = 7;

const DAY_MS = 24 * 60 * 60 * 1000;

/** A group to ask after, with the days since its last record; null when it has none at all. */
export type Quiet = { row: CoverageRow; days: number | null };

/** Whole days from the last activity to the day the figures speak of; null without any activity. */
export function daysQuiet(row: { last_day: Day | null }, at: Day): number | null {
	if (!row.last_day) return null;
	return Math.max(0, Math.round((Date.parse(at) - Date.parse(row.last_day)) / DAY_MS));
}

/**
 * The groups without a record for more than a week, longest first; those that never had one come
 * after them, because they may not have begun.
 */
export function quietGroups(rows: CoverageRow[], at: Day): Quiet[] {
	return rows
		.map((row) => ({ row, days: daysQuiet(row, at) }))
		.filter(({ days }) => days === null || days > QUIET_DAYS)
		.sort((a, b) => (b.days ?? -1) - (a.days ?? -1));
}

/** The groups whose name, or whose ward's name, has every typed word, without regard to marks. */
export function found(rows: CoverageRow[], query: string): CoverageRow[] {
	return rows.filter((row) => matches(fold(`${row.name} ${row.ward_name}`), query));
}

/** What a column of the table is sorted by; null where nothing is known. */
export function valueOf(row: CoverageRow, by: string): Sortable {
	// Under its ward, because every ward has a Tổ 1.
	if (by === 'name') return `${row.ward_name} ${row.name}`;
	if (by === 'households') return row.households;
	if (by === 'registered') return row.registered;
	if (by === 'reached') return row.reached;
	if (by === 'coverage') return row.coverage;
	if (by === 'visits') return row.visits;
	if (by === 'people_helped') return row.people_helped;
	if (by === 'attendance') return row.attendance;
	if (by === 'households_learned') return row.households_learned;
	if (by === 'requests_opened') return row.requests_opened;
	if (by === 'requests_done') return row.requests_done;
	if (by === 'last_day') return row.last_day;
	if (by === 'signups') return signedUp(row);
	return row.signups[by] ?? 0;
}
