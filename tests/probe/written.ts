import type postgres from 'postgres';
import type { Caller } from './callers';
import type { Catalogue } from './catalogue';
import { TABLES, type Row } from './expectations';

/** The new rows of a table, and all that are left where there are fewer than before. */
type Written = { table: string; rows: Row[] | null; left: Row[] | null }[];

/** What a call wrote, as a function that anybody may ask and that sees all. Not part of the product. */
export async function watchWrites(sql: postgres.Sql, { tables }: Catalogue): Promise<void> {
	const [begun] = await sql`select pg_current_xact_id()::text as since`;
	const since = Number(begun?.since);
	const each = tables.map(
		({ name }) => `select '${name}' as "table", count(*),
			jsonb_agg(to_jsonb(t)) filter (where t.xmin::text::bigint > ${since}) as rows from ${name} t`
	);
	await sql.unsafe(`
		create schema probe;
		create function probe.all_of(name text) returns jsonb language plpgsql as $$
		declare
			found jsonb;
		begin
			execute format('select coalesce(jsonb_agg(to_jsonb(t)), ''[]'') from %s t', name) into found;
			return found;
		end $$;
		create function probe.written() returns jsonb language plpgsql security definer as $$
		begin
			return (select jsonb_agg(jsonb_build_object('table', w."table", 'rows', w.rows,
					'left', case when w.count < c.count then probe.all_of(w."table") end))
				from (${each.join(' union all ')}) w join probe.counts c using ("table")
				where w.rows is not null or w.count < c.count);
		end $$;
		create table probe.counts as ${tables
			.map(({ name }) => `select '${name}' as "table", (select count(*) from ${name}) as count`)
			.join(' union all ')};
		grant usage on schema probe to public;`);
}

/** What of all that was written by a call is not the caller's to write, as sentences. */
export function forbiddenWrites(
	who: Caller,
	wrote: unknown,
	before: Map<string, Row[]>,
	args: Record<string, unknown>
): string[] {
	return ((wrote ?? []) as Written).flatMap(({ table, rows, left }) => {
		const rule = TABLES[table];
		const may = (row: Row) =>
			who.server
				? (rule?.writtenByServer?.(row, args) ?? false)
				: ((who.scope && rule?.written?.(who.scope, row)) ?? false);
		const mayDelete = (row: Row) =>
			who.server
				? rule?.writtenByServer !== undefined
				: ((who.scope && rule?.deleted?.(who.scope, row)) ?? false);
		const wrong = (rows ?? []).filter((row) => !may(row)).slice(0, 1);
		const gone = left ? missing(before.get(table) ?? [], [...left, ...(rows ?? [])]) : [];
		return [
			...wrong.map((row) => `writes to ${table} what is not theirs: ${brief(row)}`),
			...gone
				.filter((row) => !mayDelete(row))
				.slice(0, 1)
				.map((row) => `deletes from ${table}: ${brief(row)}`)
		];
	});
}

/** The rows that are no longer there as they were. */
function missing(before: Row[], left: Row[]): Row[] {
	const there = new Set(left.map((row) => JSON.stringify(row)));
	return before.filter((row) => !there.has(JSON.stringify(row)));
}

/** A row in short. */
export const brief = (row: unknown) => JSON.stringify(row).slice(0, 240);
