import type { Columns, PulledGroup } from '../domain/change';
import { blankRow, type Common, type Kind, type Row } from '../domain/record';

/** The rows of a pulled group, each with its kind. */
export function pulledRows(group: PulledGroup): Row[] {
	return [
		...rowsOf('household', group.group_id, group.households),
		...rowsOf('visit', group.group_id, group.visits),
		...rowsOf('signup', group.group_id, group.signups),
		...rowsOf('training', group.group_id, group.trainings),
		...rowsOf('request', group.group_id, group.requests),
		...rowsOf('goal', group.group_id, group.goals),
		...rowsOf('thank', group.group_id, group.thanks)
	];
}

/**
 * Pulled records as they are kept: an empty value takes the blank of its field, and the time is written
 * as the phone writes it, so that pulled and local records sort together.
 */
function rowsOf(kind: Kind, group_id: string, columns: Columns | null): Row[] {
	if (!columns) return [];
	const blank: Record<string, unknown> = blankRow(kind, { group_id } as Common);
	const rows = columns.id.map((id) => ({ ...blank, id }) as Record<string, unknown>);
	for (const [field, values] of Object.entries(columns))
		rows.forEach((row, n) => {
			const value = values[n] ?? blank[field];
			if (value !== undefined) row[field] = value;
		});
	for (const row of rows) row.recorded_at = moment(String(row.recorded_at));
	return rows as Row[];
}

/** As the phone writes it. A database that keeps UTC says no more than that to the microsecond. */
function moment(said: string): string {
	const utc = /^(.{19})(?:\.(\d{1,3})\d*)?\+00:00$/.exec(said);
	return utc ? `${utc[1]}.${(utc[2] ?? '').padEnd(3, '0')}Z` : new Date(said).toISOString();
}
