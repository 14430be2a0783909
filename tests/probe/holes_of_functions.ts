import { edit, type Hole } from './hole';

/** Mistakes in functions, and in who may call them. */
export const FUNCTION_HOLES: Hole[] = [
	edit(
		'who is asking: no look at the session',
		'app.live_person',
		' and app.is_live(s) and p.disabled_at is null',
		' and p.disabled_at is null'
	),
	edit('who is asking: disabled still reads', 'app.live_person', ' and p.disabled_at is null', ''),
	edit(
		'who is asking: any name with any session',
		'app.live_person',
		'where s.sid = said_sid and s.person_id = said_sub',
		'where s.sid = said_sid'
	),
	edit(
		'who is asking: a name is enough',
		'app.live_person',
		'where s.sid = said_sid and s.person_id = said_sub',
		'where s.person_id = said_sub'
	),
	edit('a session that was ended counts', 'app.is_live', 's.ended_at is null and ', ''),
	edit('a session that ran out counts', 'app.is_live', ' and s.expires_at > now()', ''),
	edit(
		'a session has no last day',
		'app.is_live',
		" and s.created_at > now() - interval '90 days'",
		''
	),
	edit(
		'the web server takes a stale session',
		'api.server_session_find',
		' and app.is_live(s) and p.disabled_at is null',
		''
	),
	edit(
		'the city as the token says',
		'app.my_city_id',
		'select me.city_id from',
		"select coalesce(app.claims() ->> 'city_id', me.city_id) from"
	),
	edit(
		'verbs as the token says',
		'app.i_may',
		'select exists (',
		"select app.claims() -> 'verbs' ? i_may.verb or exists ("
	),
	edit('a membership that ended counts', 'app.my_memberships', ' and m.to_day > day', ''),
	edit('a membership to come counts', 'app.my_memberships', 'm.from_day <= day and ', ''),
	edit(
		"a group that is no longer the team's counts",
		'app.my_group_ids',
		' and tg.to_day > day',
		''
	),
	edit('any verb will do', 'app.my_group_ids', ' and v.verb = my_group_ids.verb', ''),
	edit(
		'a coordinator reaches the areas beside',
		'app.units_below',
		'below uuid[] := p_unit_ids;',
		`below uuid[] := p_unit_ids || array(
			select x.parent_id from app.unit_parents x where x.city_id = p_city_id and x.unit_id = any (p_unit_ids));`
	),
	edit('push takes changes to any group', 'app.push', 'batch.group_id = any (mine)', 'true'),
	edit(
		'push takes the author that the change names',
		'app.apply_run',
		"p_author_id, p_device_id, e.c -> 'fields'",
		"coalesce(app.uuid_or_null(e.c ->> 'author_id'), p_author_id), p_device_id, e.c -> 'fields'"
	),
	{
		name: 'push writes over a record of another group (each of its two guards would do)',
		edits: [
			{
				fn: 'app.write_household',
				from: 'where households.group_id = excluded.group_id',
				to: ''
			},
			{ fn: 'app.apply_change', from: "was ->> 'group_id' <> done.group_id::text", to: 'false' }
		]
	},
	{
		...edit(
			'push takes a visit to a household of another group',
			'app.check_household',
			'elsif its_group <> p_group_id then',
			'elsif false then'
		),
		sql: 'alter table app.visits drop constraint visits_household'
	},
	edit(
		'push takes work of days after the right has gone',
		'app.done_while_held',
		'p_held @> app.day_of(d.at)',
		'true'
	),
	{
		name: 'pull ignores scope: rows with the rights of the owner',
		sql: 'alter function app.page(text, json, integer) security definer'
	},
	{
		...edit(
			'pull ignores scope: the groups that the phone names',
			'app.heads',
			"from app.my_group_ids('read_records') mine(group_id)",
			'from (select l.group_id from app.group_logs l where l.city_id = p_city_id) mine(group_id)'
		),
		sql: 'alter function app.heads(text, json) security definer'
	},
	edit(
		'history ignores scope',
		'app.history',
		"app.record(c.kind, city, p_record_id) ->> 'group_id' = any (mine::text[])",
		'true'
	),
	edit('history ignores the city', 'app.history', 'c.city_id = city and ', ''),
	edit(
		"the phones' report ignores scope",
		'app.members_in_reach',
		'bool_or(tg.group_id in (select r.group_id from reach r))',
		'true'
	),
	edit(
		"the phones' report ignores the city",
		'app.members_in_reach',
		'where t.city_id = me.city_id\n',
		''
	),
	edit(
		"the phones' report tells of the disabled",
		'app.members_in_reach',
		' and p.disabled_at is null',
		''
	),
	edit(
		"the phones' report tells of those who left",
		'app.members_in_reach',
		' and m.from_day <= day and m.to_day > day',
		''
	),
	edit(
		"a phone reports in another's name",
		'app.report',
		'app.note_device(me.city_id, me.person_id, device)',
		"app.note_device(me.city_id, coalesce(app.uuid_or_null(device ->> 'person_id'), me.person_id), device)"
	),
	edit(
		'coverage of another area',
		'api.coverage',
		"where g.unit_id in (select app.my_group_ids('read_totals'))",
		''
	),
	{
		name: 'totals with the rights of the owner',
		sql: 'alter function app.group_month(text, date) security definer'
	},
	edit(
		'wards compared by everybody',
		'api.compare_wards',
		"app.require('compare_wards'",
		"app.require('read_totals'"
	),
	edit(
		'the lists are edited by everybody',
		'app.save_catalogue_entry',
		"not app.i_may('edit_catalogue')",
		'false'
	),
	edit(
		'the lists of the other city are edited',
		'app.save_catalogue_entry',
		"values (city, e ->> 'list'",
		"values ((select min(c.city_id) from app.cities c where c.city_id <> city), e ->> 'list'"
	),
	{
		name: 'a function of the exposed schema with the rights of its owner',
		sql: 'alter function api.coverage(uuid, date) security definer'
	},
	{
		name: 'a function with the rights of its owner and no search_path',
		sql: 'alter function app.live_person() reset search_path'
	},
	{
		name: 'a function that builds its statement from text',
		sql: `create function app.count_of(t text) returns bigint language plpgsql volatile set search_path = '' as
			$f$ declare n bigint; begin execute 'select count(*) from ' || t into n; return n; end $f$;
			revoke execute on function app.count_of(text) from public`
	},
	{
		name: 'a function that was never revoked',
		sql: `create function app.names() returns setof text language sql stable security definer set search_path = '' as
			'select name from app.people'`
	},
	{
		name: 'a function that nobody has declared',
		sql: `create function api.everything() returns jsonb language sql stable set search_path = '' as
			'select jsonb_agg(to_jsonb(h)) from app.households h';
			revoke execute on function api.everything() from public`
	},
	{
		name: 'a function that anybody may call',
		sql: 'grant execute on function api.me() to public'
	},
	{
		name: 'an inner function that people may call',
		sql: 'grant execute on function app.push_group(text, uuid, uuid, uuid, boolean, jsonb) to authenticated'
	},
	...[
		'server_sessions_of(uuid)',
		'server_session_create(text, uuid, uuid, timestamptz)',
		'server_sessions_purge()'
	].map((fn) => ({
		name: `the web server's ${fn} for people`,
		sql: `grant execute on function api.${fn} to authenticated`
	})),
	{
		name: 'a function of people for the web server',
		sql: 'grant execute on function api.history(uuid), app.history(uuid) to app_server'
	},
	edit(
		'households imported into any group',
		'app.import_households',
		"p_group_id not in (select app.my_group_ids('import_households'))",
		'false'
	),
	edit(
		'households imported by whoever reads them',
		'app.import_households',
		"app.my_group_ids('import_households')",
		"app.my_group_ids('read_records')"
	),
	edit('labels told of any group', 'app.household_lists', 'where p_group_id = any (mine)', ''),
	edit('units imported by everybody', 'app.import_units', "not app.i_may('manage_units')", 'false'),
	edit(
		'a household moves into any group',
		'app.move_household',
		'p_group_id <> all (mine)',
		'false'
	),
	edit(
		'work is handed in with a key that was blocked',
		'app.usable_key',
		' and k.blocked_at is null',
		''
	)
];
