import type postgres from 'postgres';
import type { Caller } from './callers';
import type { Catalogue } from './catalogue';
import { TABLES, type Row } from './expectations';

/** The new rows of a table, and all that are left where there are fewer than before. */
type Written = { table: string; rows: Row[] | null; left: Row[] | null }[];

/**
 * What a call wrote, as a function that anybody may ask and that sees all: of the tables that a statement
 * touched since the savepoint, as their triggers noted. Not part of the product.
 */
export async function watchWrites(sql: postgres.Sql, { tables }: Catalogue): Promise<void> {
	const [begun] = await sql`select pg_current_xact_id()::text as since`;
	const names = tables.filter(({ stored }) => stored).map(({ name }) => name);
	const triggers = names.map(
		(name) => `create trigger probed after insert or update or delete or truncate on ${name}
			for each statement execute function probe.touch('${name}');`
	);
	await sql.unsafe(`
		create schema probe;
		grant usage on schema probe to public;
		create table probe.counts as ${names
			.map((name) => `select '${name}' as "table", (select count(*) from ${name}) as count`)
			.join(' union all ')};
		create function probe.touch() returns trigger language plpgsql as $$
		declare
			touched text := coalesce(current_setting('probe.touched', true), '');
		begin
			if tg_argv[0] <> all (string_to_array(touched, ' ')) then
				perform set_config('probe.touched', ltrim(touched || ' ' || tg_argv[0]), true);
			end if;
			return null;
		end $$;
		create function probe.written() returns jsonb language plpgsql security definer as $$
		declare
			touched text[] := string_to_array(current_setting('probe.touched', true), ' ');
			name text;
			one jsonb;
			written jsonb := '[]';
		begin
			foreach name in array coalesce(touched, '{}') loop
				execute format(
					'select jsonb_build_object(''table'', c."table", ''rows'', w.rows, ''left'', case when w.count < c.count
						then (select coalesce(jsonb_agg(to_jsonb(t)), ''[]'') from %1$s t) end)
					from probe.counts c, (
						select count(*), jsonb_agg(to_jsonb(t)) filter (where t.xmin::text::bigint > ${begun?.since}) as rows
						from %1$s t) w
					where c."table" = %1$L and (w.rows is not null or w.count < c.count)', name) into one;
				if one is not null then
					written := written || one;
				end if;
			end loop;
			return written;
		end $$;
		${triggers.join('')}`);
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
