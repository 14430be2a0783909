import type { Row } from '../domain/record';

/** Records with the same fields: what all have in common once, the rest by columns. */
export type Block = { same: Record<string, unknown>; columns: string[]; rows: unknown[][] };

/** Records as a few tables, so that no field is named more than once. */
export function pack(rows: Row[]): Block[] {
	const alike: Record<string, unknown>[][] = [];
	for (const row of rows) {
		const found = alike.find(([first]) => isAlike(row, first as Row));
		if (found) found.push(row);
		else alike.push([row]);
	}
	return alike.map(blockOf);
}

/** A row that lacks a field is not one in which it is empty: the server may be newer than this. */
function isAlike(row: Row, other: Row): boolean {
	const fields = Object.keys(other);
	if (row.kind !== other.kind || Object.keys(row).length !== fields.length) return false;
	return fields.every((field) => field in row);
}

function blockOf(rows: Record<string, unknown>[]): Block {
	const first = rows[0] ?? {};
	const fields = Object.keys(first);
	// What is the same object in memory would not be on the disk.
	const isSame = (field: string) =>
		Object(first[field]) !== first[field] && rows.every((row) => row[field] === first[field]);
	const columns = fields.filter((field) => !isSame(field));
	return {
		same: Object.fromEntries(fields.filter(isSame).map((field) => [field, first[field]])),
		columns,
		rows: rows.map((row) => columns.map((column) => row[column]))
	};
}
