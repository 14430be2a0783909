import type { Row } from '../domain/record';

/** Records with the same fields: what all have in common once, the rest by columns. */
export type Block = { same: Record<string, unknown>; columns: string[]; rows: unknown[][] };

/** Records as a few tables, so that no field is named more than once. */
export function pack(rows: Row[]): Block[] {
	const alike = new Map<string, Record<string, unknown>[]>();
	let before: { kind: string; fields: string[]; found: Record<string, unknown>[] } | undefined;
	for (const row of rows) {
		// A row that lacks a field is not one in which it is empty: the server may be newer than this.
		const [kind, fields] = [row.kind, Object.keys(row)];
		// Most rows are like the one before; to write out the shape of each took longest of all.
		if (before?.kind !== kind || !isSame(before.fields, fields)) {
			const shape = [kind, ...fields].join();
			const found = alike.get(shape) ?? [];
			alike.set(shape, found);
			before = { kind, fields, found };
		}
		before.found.push(row);
	}
	return [...alike.values()].map(blockOf);
}

function isSame(some: string[], others: string[]): boolean {
	return some.length === others.length && some.every((one, n) => one === others[n]);
}

function blockOf(rows: Record<string, unknown>[]): Block {
	const first = rows[0] ?? {};
	const fields = Object.keys(first);
	// What is the same object in memory would not be on the disk.
	const isCommon = (field: string) =>
		Object(first[field]) !== first[field] && rows.every((row) => row[field] === first[field]);
	const columns = fields.filter((field) => !isCommon(field));
	return {
		same: Object.fromEntries(fields.filter(isCommon).map((field) => [field, first[field]])),
		columns,
		rows: rows.map((row) => columns.map((column) => row[column]))
	};
}
