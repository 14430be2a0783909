import { fold, matches } from '$lib/domain/text';
import type { CompareRow } from '$lib/data/coverage_answers';
import type { Sortable } from '../order';
import { signedUp } from '../signups';

/** A ward's name taken apart: `Phường Hải Châu` is found under H, not under P. */
export type WardName = { kind: string | null; bare: string };

const KIND = /^(Phường|Xã|Thị trấn|Đặc khu)\s+/i;

export function nameOf(official: string): WardName {
	const kind = KIND.exec(official)?.[1];
	return kind
		? { kind, bare: official.slice(kind.length).trimStart() }
		: { kind: null, bare: official };
}

/** Whether anything is known of the ward: how many households it has, or something done there. */
export function hasFigures(row: CompareRow): boolean {
	return (
		row.households !== null ||
		row.reached + row.visits + row.people_helped + row.attendance + signedUp(row) > 0
	);
}

/** Whether most wards would be empty lines: then the page opens with only the others. */
export function mostlyEmpty(rows: CompareRow[]): boolean {
	return rows.filter((row) => !hasFigures(row)).length > rows.length / 2;
}

/** The wards whose name or code has every typed word, without regard to marks. */
export function found(rows: CompareRow[], query: string): CompareRow[] {
	return rows.filter((row) => matches(fold(`${row.name} ${row.code}`), query));
}

/** What a column of the table is sorted by; null where nothing is known. */
export function valueOf(row: CompareRow, by: string): Sortable {
	if (by === 'name') return nameOf(row.name).bare;
	if (by === 'households') return row.households;
	// A place left out of coverage has no figures of its own to compare.
	if (!row.counted) return null;
	if (by === 'coverage') return row.coverage;
	if (by === 'reached') return row.reached;
	if (by === 'visits') return row.visits;
	if (by === 'people_helped') return row.people_helped;
	if (by === 'attendance') return row.attendance;
	if (by === 'signups') return signedUp(row);
	return row.signups[by] ?? 0;
}
