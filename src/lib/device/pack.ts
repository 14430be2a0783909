import type { Row } from '../domain/record';

/** Records with the same fields: what all have in common once, the rest by columns. */
export type Block = { same: Record<string, unknown>; columns: string[]; rows: unknown[][] };

/** Records as a few tables, so that no field is named more than once. */
export function pack(rows: Row[]): Block[] {
	const alike = new Map<string, Record<string, unknown>[]>();
	for (const row of rows) {
		// A row that lacks a field is not one in which it is empty: the server may be newer than this.
		const shape = [row.kind, ...Object.keys(row)].join();
		const found = alike.get(shape);
		if (found) found.push(row);
		else alike.set(shape, [row]);
	}
	return [...alike.values()].map(blockOf);
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
