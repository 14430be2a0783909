import type postgres from 'postgres';

/** What there is in the database, read from its own catalogue: nothing that is later can be missed. */
export type Catalogue = { tables: Table[]; functions: Fn[] };
export type Table = {
	name: string;
	/** Whether it holds rows, and is no view. */
	stored: boolean;
	columns: string[];
	/** The columns that a statement may give: those that are worked out cannot be written. */
	given: string[];
	key: string[];
};
export type Fn = {
	/** As "schema.name". */
	name: string;
	args: { name: string; type: string }[];
	volatile: boolean;
	trigger: boolean;
};

/** Everything but PostgreSQL's own and the list that migrations keep. */
export const OURS = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'supabase_migrations')
	and n.nspname !~ '^pg_(temp|toast_temp)_'`;

export async function readCatalogue(sql: postgres.Sql): Promise<Catalogue> {
	const tables = await sql.unsafe<Table[]>(`
		select c.oid::regclass::text as name, c.relkind in ('r', 'p') as stored,
			array(select a.attname::text from pg_attribute a
				where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
			array(select a.attname::text from pg_attribute a
				where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity <> 'a'
				order by a.attnum) as given,
			array(select a.attname::text from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
				where i.indrelid = c.oid and i.indisprimary order by a.attnum) as key
		from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${OURS}
		order by 1`);
	const functions = await sql.unsafe<Fn[]>(`
		select n.nspname || '.' || p.proname as name, p.provolatile = 'v' as volatile,
			p.prorettype = 'trigger'::regtype as trigger, coalesce((
				select jsonb_agg(jsonb_build_object('name', coalesce(a.name, ''), 'type', format_type(t.type, null)) order by t.n)
				from unnest(p.proargtypes::oid[]) with ordinality t(type, n)
				left join unnest(p.proargnames[1:p.pronargs]) with ordinality a(name, n) using (n)), '[]') as args
		from pg_proc p join pg_namespace n on n.oid = p.pronamespace
		where ${OURS} and p.prokind in ('f', 'p', 'w')
		order by 1`);
	return { tables: [...tables], functions: [...functions] };
}
