import type postgres from 'postgres';
import { OURS } from './catalogue';
import type { Report } from './report';

/** A sentence about the whole schema: what breaks it, by name, and a way to break it on purpose. */
export type Rule = { says: string; broken_by: string; break_it: string };

const OUR_ROLES = `('anon', 'authenticated', 'app_server', 'authenticator')`;
const functions = (wrong: string) => `
	select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
	where ${OURS} and ${wrong}`;
const relations = (wrong: string) => `
	select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
	where ${OURS} and ${wrong}`;
/** Whoever an entry of an access list names; 0 is everybody. */
const named = (acl: string) => `aclexplode(${acl}) a left join pg_roles r on r.oid = a.grantee`;
const OPEN_TO_ALL = `(a.grantee = 0 or r.rolname = 'anon')`;
/** The open figures, and the two schemas that lead to them. */
const OPEN_FIGURES = `('published.figures(text)', 'api.open_figures(text)')`;
const OPEN_SCHEMAS = `('published', 'api')`;

export const RULES: Rule[] = [
	{
		says: 'Every function pins its search_path to nothing.',
		broken_by: functions(`not coalesce('search_path=""' = any (p.proconfig), false)`),
		break_it: `create function app.loose() returns int language sql stable set search_path = public as 'select 1'`
	},
	{
		says: 'No function of the exposed schema runs with the rights of its owner.',
		broken_by: functions(`n.nspname = 'api' and p.prosecdef`),
		break_it: 'alter function api.me() security definer'
	},
	{
		says: 'No function builds its statements from text.',
		broken_by: functions(
			`p.prosrc ~* '\\m(execute|query_to_xml\\w*|cursor_to_xml\\w*|dblink\\w*)\\M'`
		),
		break_it: `create function app.dynamic() returns void language plpgsql volatile set search_path = '' as
			$f$ begin execute 'select 1'; end $f$`
	},
	{
		says: 'Nobody is given a function by default: each has its list of who may call it, and only open figures are for strangers.',
		broken_by: functions(
			`(p.proacl is null or exists (select from ${named('p.proacl')} where ${OPEN_TO_ALL}
				and (a.grantee = 0 or p.oid::regprocedure::text not in ${OPEN_FIGURES})))`
		),
		break_it: 'grant execute on function app.today() to public'
	},
	{
		says: 'Every table has row level security.',
		broken_by: relations(`c.relkind in ('r', 'p') and not c.relrowsecurity`),
		break_it: 'alter table app.visits disable row level security'
	},
	{
		says: 'Every view asks with the rights of whoever looks.',
		broken_by: relations(
			`c.relkind = 'v' and not coalesce(c.reloptions && '{security_invoker=true,security_invoker=on}', false)`
		),
		break_it: 'create view app.seen as select * from app.visits'
	},
	{
		says: 'There is no materialised view and no foreign table: policies do not hold for them.',
		broken_by: relations(`c.relkind in ('m', 'f')`),
		break_it: 'create materialized view app.kept as select * from app.visits'
	},
	{
		says: 'Nothing but functions is in the exposed schema.',
		broken_by: relations(`n.nspname = 'api'`),
		break_it: 'create table api.extra (id int)'
	},
	{
		says: 'Nobody who has not signed in is granted a table, and nobody but the owner more than to read and write it.',
		broken_by: `select c.oid::regclass || ' ' || coalesce(r.rolname, 'public') || ' ' || a.privilege_type as name
			from pg_class c join pg_namespace n on n.oid = c.relnamespace, ${named('c.relacl')}
			where ${OURS} and a.grantee <> c.relowner
				and (${OPEN_TO_ALL} or a.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE'))`,
		break_it: 'grant references on app.visits to authenticated'
	},
	{
		says: 'Nobody who has not signed in may enter a schema of ours but for open figures, nobody that of the audit log, and nobody may create in one.',
		broken_by: `select n.nspname || ' ' || coalesce(r.rolname, 'public') || ' ' || a.privilege_type as name
			from pg_namespace n, ${named('n.nspacl')}
			where n.nspname in ('app', 'api', 'audit', 'published') and a.grantee <> n.nspowner
				and (a.grantee = 0 or (r.rolname = 'anon' and n.nspname not in ${OPEN_SCHEMAS}) or a.privilege_type = 'CREATE'
				or n.nspname = 'audit')`,
		break_it: 'grant usage on schema app to anon'
	},
	{
		says: 'Every policy names the roles that it is for.',
		broken_by: `select polrelid::regclass || ': ' || polname as name from pg_policy where 0 = any (polroles)`,
		break_it: 'create policy "for all the world" on app.visits for select using (true)'
	},
	{
		says: 'No policy has a name so long that its end is cut off.',
		broken_by: `select polname as name from pg_policy where octet_length(polname::text) > 62`,
		break_it: `create policy "${'far too long a name '.repeat(4)}" on app.visits for select to anon using (false)`
	},
	{
		says: 'Every policy asks who is asking, and for which groups, once a statement and not once a row.',
		broken_by: `select p.polrelid::regclass || ': ' || p.polname as name
			from pg_policy p, lateral (values (pg_get_expr(p.polqual, p.polrelid)), (pg_get_expr(p.polwithcheck, p.polrelid))) e(text)
			where regexp_replace(e.text, '(SELECT|FROM) app\\.\\w+\\((''\\w+''::text|NULL::uuid)?\\)', '', 'g') ~ 'app\\.\\w+\\('`,
		break_it: `create policy "asked for every row" on app.visits for select to authenticated using (city_id = app.my_city_id())`
	},
	{
		says: 'Nothing is granted by default on what a later migration makes.',
		broken_by: `select d.defaclobjtype::text || ' ' || coalesce(r.rolname, 'public') as name
			from pg_default_acl d, ${named('d.defaclacl')}
			where a.grantee = 0 or r.rolname in ${OUR_ROLES}`,
		break_it: 'alter default privileges in schema app grant select on tables to authenticated'
	},
	{
		says: 'Our roles can do nothing special, own nothing, and are in no other role.',
		broken_by: `select r.rolname::text as name from pg_roles r
			where r.rolname in ${OUR_ROLES} and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb
				or r.rolreplication or r.rolcanlogin <> (r.rolname = 'authenticator'))
			union all
			select m.roleid::regrole || ' is held by ' || m.member::regrole from pg_auth_members m
			where m.member::regrole::text in ${OUR_ROLES}
				and not (m.member::regrole::text = 'authenticator' and m.roleid::regrole::text in ${OUR_ROLES})
			union all
			select 'authenticator inherits' from pg_roles r where r.rolname = 'authenticator' and r.rolinherit
			union all
			select c.oid::regclass || ' is owned by ' || c.relowner::regrole from pg_class c
			where c.relowner::regrole::text in ${OUR_ROLES}
			union all
			select p.oid::regprocedure || ' is owned by ' || p.proowner::regrole from pg_proc p
			where p.proowner::regrole::text in ${OUR_ROLES}`,
		break_it: 'alter table app.visits owner to app_server'
	}
];

/** What is broken, each as its sentence with the names of what breaks it. */
export async function brokenRules(sql: postgres.Sql, report?: Report): Promise<string[]> {
	const sentences = [];
	for (const { says, broken_by } of RULES) {
		const found = await sql.unsafe<{ name: string }[]>(broken_by);
		report?.probed();
		if (found.length > 0)
			sentences.push(`${says} Not so: ${found.map(({ name }) => name).join(', ')}`);
	}
	return sentences;
}
