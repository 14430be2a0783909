import type { Hole } from './hole';

const policy = (name: string, table: string, using: string): string =>
	`alter policy "${name}" on app.${table} using (${using})`;
const HOUSEHOLDS = 'teams and officers read the households of their groups';
const VISITS = 'teams and officers read the visits of their groups';
const inGroups = (verb: string) => `group_id in (select app.my_group_ids('${verb}'))`;

/** Mistakes in policies, grants, roles and tables. */
export const ACCESS_HOLES: Hole[] = [
	{ name: 'households: using (true)', sql: policy(HOUSEHOLDS, 'households', 'true') },
	{
		name: 'households: the whole city',
		sql: policy(HOUSEHOLDS, 'households', 'city_id = (select app.my_city_id())')
	},
	{
		name: 'visits: not held to the city',
		sql: policy(VISITS, 'visits', inGroups('read_records'))
	},
	{
		name: 'visits: a lower verb is enough',
		sql: policy(VISITS, 'visits', `city_id = app.my_city_id() and ${inGroups('read_totals')}`)
	},
	{
		name: 'totals: a higher verb is asked for than is said',
		sql: policy(
			'people read the totals of their groups',
			'group_days',
			`city_id = app.my_city_id() and ${inGroups('read_records')}`
		)
	},
	{
		name: 'visits: a second policy that lets all through',
		sql: 'create policy "for maintenance" on app.visits for select to authenticated using (true)'
	},
	{
		name: 'visits: a policy that names nobody',
		sql: `create policy "for officers" on app.visits for select using (city_id = app.my_city_id() and ${inGroups('read_records')})`
	},
	{
		name: 'people: everybody of the city',
		sql: policy('people read themselves', 'people', 'city_id = (select app.my_city_id())')
	},
	{
		name: 'teams: all of the city',
		sql: policy('people read their teams', 'teams', 'city_id = (select app.my_city_id())')
	},
	{
		name: 'phones: all of the city',
		sql: policy(
			'people read their own phones and those they look after',
			'devices',
			'city_id = (select app.my_city_id())'
		)
	},
	{
		name: 'roles: no session needed',
		sql: policy('people read the roles', 'roles', 'true')
	},
	{
		name: 'denominators: of every city',
		sql: policy('people read denominators', 'denominators', '(select app.my_city_id()) is not null')
	},
	{
		name: 'the cast of a city that is no demo',
		sql: policy('the web server offers the cast of a demo city', 'demo_cast', 'true')
	},
	{
		name: 'sessions: people read their own',
		sql: `create policy "people read their sessions" on app.sessions for select to authenticated
			using (person_id = (select person_id from app.live_person()));
			grant select on app.sessions to authenticated`
	},
	{
		name: 'sessions: granted, with no policy',
		sql: 'grant select on app.sessions to authenticated'
	},
	{
		name: 'memberships: people change their own',
		sql: `create policy "people end their memberships" on app.memberships for update to authenticated
			using (person_id = (select person_id from app.live_person()));
			grant select, update on app.memberships to authenticated`
	},
	{
		name: 'memberships: granted to the web server',
		sql: `create policy "the web server knows memberships" on app.memberships for select to app_server using (true);
			grant select on app.memberships to app_server`
	},
	{
		name: 'records: granted to the web server',
		sql: `create policy "the web server reads" on app.households for select to app_server using (true);
			grant select on app.households to app_server`
	},
	{
		name: 'records: an insert past api.push',
		sql: `create policy "teams add" on app.trainings for insert to authenticated with check (${inGroups('record')});
			grant insert on app.trainings to authenticated`
	},
	{ name: 'records: truncate granted', sql: 'grant truncate on app.visits to authenticated' },
	{ name: 'records: references granted', sql: 'grant references on app.visits to app_server' },
	{ name: 'phones: delete granted', sql: 'grant delete on app.devices to app_server' },
	{
		name: 'changes: the values, too',
		sql: 'grant select (fields) on app.changes to authenticated'
	},
	{ name: 'changes: the whole table', sql: 'grant select on app.changes to authenticated' },
	{
		name: 'people: one column may be changed',
		sql: 'grant update (disabled_at) on app.people to authenticated'
	},
	{ name: 'row level security is off', sql: 'alter table app.signups disable row level security' },
	{
		name: 'a table that has no policies and is granted',
		sql: 'create table app.notes as select * from app.visits; grant select on app.notes to authenticated'
	},
	{
		name: 'a table that nobody has declared',
		sql: 'create table app.later (id int); alter table app.later enable row level security; insert into app.later values (1)'
	},
	{ name: 'a table without rows', sql: 'delete from app.demo_cast' },
	{
		name: 'a view with the rights of its owner',
		sql: 'create view app.visits_seen as select * from app.visits; grant select on app.visits_seen to authenticated'
	},
	{
		name: 'a materialised view',
		sql: 'create materialized view app.visits_kept as select * from app.visits'
	},
	{
		name: 'default privileges on tables',
		sql: 'alter default privileges in schema app grant select on tables to authenticated'
	},
	{
		name: 'a schema open to those who have not signed in',
		sql: 'grant usage on schema api to anon; grant execute on function api.catalogue() to anon'
	},
	{
		name: 'a table of an outsider',
		sql: 'alter table app.visits owner to authenticated'
	},
	{
		name: 'a role that holds another',
		sql: 'grant app_server to authenticated',
		undo: 'revoke app_server from authenticated'
	},
	{
		name: 'a stranger inherits from people',
		sql: 'alter role anon inherit; grant authenticated to anon',
		undo: 'alter role anon noinherit; revoke authenticated from anon'
	},
	{
		name: 'a role that passes by every policy',
		sql: 'alter role authenticated bypassrls',
		undo: 'alter role authenticated nobypassrls'
	},
	...[
		['member', 'compare_wards'],
		['member', 'read_phones'],
		['ward_officer', 'record'],
		['area_coordinator', 'read_records'],
		['administrator', 'read_phones']
	].map(([role, verb]) => ({
		name: `a verb more: ${role} may ${verb}`,
		sql: `insert into app.role_verbs (role, verb) values ('${role}', '${verb}')`
	}))
];
