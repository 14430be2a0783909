import type postgres from 'postgres';
import type { Caller } from './callers';
import type { Catalogue } from './catalogue';
import { TABLES, type Row } from './expectations';

type Written = { table: string; count: number; rows: Row[] | null }[];

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
		create function probe.written() returns jsonb language plpgsql security definer as $$
		begin
			return (select jsonb_agg(to_jsonb(w)) from (${each.join(' union all ')}) w
				where w.rows is not null or w.count <> (select c.count from probe.counts c where c."table" = w."table"));
		end $$;
		create table probe.counts as ${tables
			.map(({ name }) => `select '${name}' as "table", (select count(*) from ${name}) as count`)
			.join(' union all ')};
		grant usage on schema probe to public;`);
}

/** What of all that was written by a call is not the caller's to write, as sentences. */
export function forbiddenWrites(who: Caller, wrote: unknown, before: Map<string, Row[]>): string[] {
	return ((wrote ?? []) as Written).flatMap(({ table, count, rows }) => {
		const rule = TABLES[table];
		const wrong = (rows ?? []).filter((row) =>
			who.server ? !rule?.writtenByServer : !(who.scope && rule?.written?.(who.scope, row))
		);
		const gone = count < (before.get(table)?.length ?? 0) && !(who.server && rule?.writtenByServer);
		return [
			...wrong.slice(0, 1).map((row) => `writes to ${table} what is not theirs: ${brief(row)}`),
			...(gone ? [`deletes from ${table}`] : [])
		];
	});
}

/** A row in short. */
export const brief = (row: unknown) => JSON.stringify(row).slice(0, 240);
