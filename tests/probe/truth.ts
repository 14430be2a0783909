import type postgres from 'postgres';
import type { Caller } from './callers';
import type { Catalogue } from './catalogue';
import { TABLES, type Row, type TableRule } from './expectations';
import type { World } from './world';

/** All that is in the database, as its owner sees it, and who may see what of it. */
export type Truth = {
	world: World;
	rows: Map<string, Row[]>;
	/** The rows of a table that the oracle allows to a caller. */
	visible: (who: Caller, table: string) => Row[];
	/** The facts that a caller may know: ids and marks in the rows and columns that are theirs to read. */
	facts: (who: Caller) => Set<string>;
	/** Every fact there is. */
	known: Set<string>;
};

/** What can be told apart in an answer: ids, marks (chim-…), hashes of sessions and phone numbers. */
const FACT =
	/0900[1-9][0-9]{5}|[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|chim-[0-9a-f]{8}/g;
export const factsIn = (value: unknown): string[] =>
	JSON.stringify(value ?? null).match(FACT) ?? [];

export async function readTruth(
	sql: postgres.Sql,
	{ tables }: Catalogue,
	world: World
): Promise<Truth> {
	const rows = new Map<string, Row[]>();
	for (const { name } of tables)
		rows.set(
			name,
			(await sql.unsafe(`select to_jsonb(t) as row from ${name} t`)).map((r) => r.row)
		);

	const visible = once((who: Caller, table: string) =>
		(rows.get(table) ?? []).filter((row) => maySee(TABLES[table], who, row))
	);
	const facts = once(
		(who: Caller) =>
			new Set(
				[...rows.keys()].flatMap((table) =>
					visible(who, table).flatMap((row) => factsIn(only(row, TABLES[table]?.columns)))
				)
			)
	);
	return { world, rows, visible, facts, known: new Set(factsIn([...rows.values()])) };
}

function maySee(rule: TableRule | undefined, who: Caller, row: Row): boolean {
	if (who.server) return rule?.server?.(row) ?? false;
	return (who.scope && rule?.people?.(who.scope, row)) ?? false;
}

/** A row with only some of its columns. */
export function only(row: Row, columns: string[] | undefined): Row {
	return columns ? Object.fromEntries(columns.map((column) => [column, row[column]])) : row;
}

/** Remembers what was worked out for each caller (and table). */
function once<T>(work: (who: Caller, table: string) => T): (who: Caller, table?: string) => T {
	const known = new Map<string, T>();
	return (who, table = '') => {
		const key = `${who.name} ${table}`;
		if (!known.has(key)) known.set(key, work(who, table));
		return known.get(key) as T;
	};
}
