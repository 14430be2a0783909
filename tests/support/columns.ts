import type { Columns } from '../../src/lib/domain/change';

type Fields = Record<string, unknown>;

/** Records of one kind and group by columns, as a pull answers; null when there are none. */
export function columnsOf(records: object[]): Columns | null {
	if (records.length === 0) return null;
	const rows = records as Fields[];
	const named = new Set(rows.flatMap((row) => Object.keys(row)));
	// Said by the list and by the group.
	for (const field of ['kind', 'group_id']) named.delete(field);
	const columns = [...named].map((field) => [field, rows.map((row) => row[field] ?? null)]);
	return Object.fromEntries(columns) as Columns;
}

/** The records that such columns hold, each as a row. */
export function rowsIn(columns: Columns | null, group_id: string): Fields[] {
	if (!columns) return [];
	const fields = Object.entries(columns);
	return columns.id.map((_, n) => ({
		...Object.fromEntries(fields.map(([field, values]) => [field, values[n]])),
		group_id
	}));
}
