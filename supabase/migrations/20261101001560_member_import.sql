-- Members of a whole city from the files that offices have. What a file means is worked out and shown
-- before anything is written (src/lib/files/members). Rows come in pieces, since a call holds one
-- megabyte; the last call writes all of them or none.

create table app.member_import_rows (
	city_id text not null,
	import_id uuid not null,
	at integer not null,
	person_id uuid not null,
	name text not null,
	phone text,
	role text not null,
	team_id uuid,
	group_id uuid,
	received_at timestamptz not null default now(),
	constraint member_import_rows_pkey primary key (city_id, import_id, at),
	constraint member_import_rows_importer foreign key (city_id, person_id) references app.people (city_id, person_id),
	constraint member_import_rows_name_length check (char_length(name) between 1 and 120),
	constraint member_import_rows_phone_plain check (phone ~ '^0[0-9]{9,10}$'),
	constraint member_import_rows_somewhere check (num_nonnulls(team_id, group_id) > 0)
);
comment on table app.member_import_rows is 'On its way in, for minutes: gone with the import, or an hour later.';

alter table app.member_import_rows enable row level security;
-- No grant and no policy: names and phone numbers pass through here.

-- The groups in reach and the roles that may be given there, by a membership in a unit above.
create function app.givable() returns table (group_id uuid, role text)
language plpgsql stable set search_path = '' as $$
declare
	city constant text := app.my_city_id();
	day constant date := app.today();
begin
	return query
	select distinct u.unit_id, g.gives
	from app.my_memberships() m
	join app.role_verbs v on v.role = m.role and v.verb = 'manage_people'
	join app.role_gives g on g.role = m.role
	join app.roles r on r.role = g.gives and r.place = 'team'
	cross join lateral app.units_below(city, array[m.unit_id], day) below
	join app.units u on u.city_id = city and u.unit_id = below and u.level = 'group'
	where m.unit_id is not null;
end $$;

-- Everything that a file of members is checked against: the groups in reach with their teams.
create function app.member_lists() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	day constant date := app.today();
begin
	return (
		with reach as materialized (select distinct g.group_id from app.givable() g)
		select jsonb_build_object('places', coalesce(jsonb_agg(jsonb_build_array(u.unit_id, u.name, w.name, c.code, t.team_id, t.name)), '[]'),
			'columns', app.columns_of(city, 'members'))
		from reach r
		join app.units u on u.city_id = city and u.unit_id = r.group_id
		join app.group_places(city, day) p on p.group_id = r.group_id
		join app.units w on w.city_id = city and w.unit_id = p.ward_id
		left join lateral (
			select uc.code from app.unit_codes uc join app.editions e on e.edition = uc.edition and e.in_force_to is null
			where uc.city_id = city and uc.unit_id = w.unit_id limit 1) c on true
		left join app.team_groups tg on tg.city_id = city and tg.group_id = r.group_id and tg.from_day <= day and tg.to_day > day
		left join app.teams t on t.city_id = city and t.team_id = tg.team_id);
end $$;

create function app.bring_member_rows(p_import_id uuid, p_rows jsonb) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	me constant uuid := (select person_id from app.live_person());
	brought integer;
begin
	if not app.i_may('manage_people') then
		raise insufficient_privilege using message = 'this role may not do this', detail = 'manage_people';
	end if;
	delete from app.member_import_rows r
	where r.city_id = city and (r.received_at < now() - interval '1 hour' or (r.person_id = me and r.import_id <> p_import_id));
	insert into app.member_import_rows (city_id, import_id, at, person_id, name, phone, role, team_id, group_id)
	select city, p_import_id, (r ->> 0)::integer, me, trim(regexp_replace(normalize(r ->> 1, NFC), '\s+', ' ', 'g')),
		app.plain_phone(r ->> 2), r ->> 3, (r ->> 4)::uuid, (r ->> 5)::uuid
	from jsonb_array_elements(p_rows) r
	on conflict on constraint member_import_rows_pkey do nothing;
	get diagnostics brought = row_count;
	return brought;
end $$;

-- Writes what was brought: new people and memberships, changed roles and phone numbers. Somebody is the
-- same who has the same name in the same team, or the same name and phone number anywhere in reach.
create function app.import_members(p_import_id uuid, p_columns jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	me constant uuid := (select person_id from app.live_person());
	day constant date := app.today();
	problems jsonb;
	counts jsonb;
begin
	-- Nothing was brought, and what the headings meant is for the whole city, all the same.
	if not exists (select from app.givable()) then
		raise insufficient_privilege using message = 'this role may not do this', detail = 'manage_people';
	end if;
	perform app.require_fresh();
	-- Two imports take turns, and so do acts on their teams; pushes go on meanwhile.
	perform pg_advisory_xact_lock(hashtextextended('members of ' || city, 0));

	create temporary table given on commit drop as
	with team_of_group as (
		select tg.group_id, min(tg.team_id::text)::uuid as team_id from app.team_groups tg
		where tg.city_id = city and tg.from_day <= day and tg.to_day > day group by tg.group_id
	)
	select r.at, r.name, lower(r.name) as key, r.phone, r.role, coalesce(r.team_id, t.team_id) as team_id,
		case when r.team_id is null and t.team_id is null then r.group_id end as new_group_id,
		null::uuid as person_id, null::uuid as membership_id, null::text as its_role, false as fresh
	from app.member_import_rows r left join team_of_group t on t.group_id = r.group_id
	where r.city_id = city and r.import_id = p_import_id and r.person_id = me;

	perform app.hold_teams(city, array(select g.team_id from pg_temp.given g));
	create temporary table allowed on commit drop as select g.group_id, g.role from app.givable() g;
	-- Without figures the planner takes them for small and goes through them row by row.
	analyze pg_temp.given;
	analyze pg_temp.allowed;
	with places as (
		select g.at, g.role, tg.group_id from pg_temp.given g
		left join app.team_groups tg on tg.city_id = city and tg.team_id = g.team_id and tg.from_day <= day and tg.to_day > day
		where g.new_group_id is null
		union all select g.at, g.role, g.new_group_id from pg_temp.given g where g.new_group_id is not null
	)
	select jsonb_agg(jsonb_build_object('row', x.at, 'code', 'not_yours_to_give', 'field', 'role') order by x.at) into problems
	from (
		select distinct p.at from places p
		where not exists (select from pg_temp.allowed a where a.group_id = p.group_id and a.role = p.role)
		order by p.at limit 200) x;
	if problems is not null then
		return jsonb_build_object('problems', problems);
	end if;

	-- A group without a team gets one, named as the city names them.
	with fresh as (
		select gen_random_uuid() as team_id, x.new_group_id as group_id, c.team_name || ': ' || u.name || ', ' || w.name as name
		from (select distinct g.new_group_id from pg_temp.given g where g.new_group_id is not null) x
		join app.cities c on c.city_id = city
		join app.units u on u.city_id = city and u.unit_id = x.new_group_id
		join app.group_places(city, day) p on p.group_id = x.new_group_id
		join app.units w on w.city_id = city and w.unit_id = p.ward_id
	), teams as (
		insert into app.teams (city_id, team_id, name) select city, f.team_id, left(f.name, 200) from fresh f
	), groups as (
		insert into app.team_groups (city_id, team_id, group_id, from_day) select city, f.team_id, f.group_id, day from fresh f
	), acts as (
		insert into audit.acts (city_id, actor_id, act, subject, subject_id, fields)
		select city, me, 'add_team', 'team', f.team_id, array['name', 'group_ids'] from fresh f
	)
	update pg_temp.given g set team_id = f.team_id from fresh f where g.new_group_id = f.group_id;

	-- Who is there already: by name in the team (with the phone number where two share a name) …
	update pg_temp.given g set person_id = m.person_id, membership_id = m.membership_id, its_role = m.role
	from (
		select distinct on (g.at) g.at, m.person_id, m.membership_id, m.role
		from pg_temp.given g
		join app.memberships m on m.city_id = city and m.team_id = g.team_id and m.from_day <= day and m.to_day > day
		join app.people p on p.city_id = city and p.person_id = m.person_id and lower(p.name) = g.key
		left join app.person_contacts c on c.city_id = city and c.person_id = m.person_id
		order by g.at, (c.phone is not distinct from g.phone) desc, m.membership_id) m
	where m.at = g.at;
	-- … or by name and phone number in another team.
	update pg_temp.given g set person_id = p.person_id
	from app.person_contacts c
	join app.people p on p.city_id = c.city_id and p.person_id = c.person_id and p.disabled_at is null
	where g.person_id is null and c.city_id = city and c.phone = g.phone and lower(p.name) = g.key
		and exists (
			select from app.memberships m join app.team_groups tg on tg.city_id = city and tg.team_id = m.team_id
			join pg_temp.allowed a on a.group_id = tg.group_id
			where m.city_id = city and m.person_id = p.person_id);
	perform app.hold_people(city, array(select g.person_id from pg_temp.given g where g.person_id is not null));
	-- Twice in the file with one phone number is one person in two teams.
	update pg_temp.given g set person_id = n.id, fresh = true
	from (
		select x.key, x.phone, gen_random_uuid() as id from pg_temp.given x
		where x.person_id is null and x.phone is not null group by x.key, x.phone) n
	where g.person_id is null and g.key = n.key and g.phone = n.phone;
	update pg_temp.given g set person_id = gen_random_uuid(), fresh = true where g.person_id is null;

	select jsonb_agg(jsonb_build_object('row', x.at, 'code', x.code, 'field', x.field) order by x.at) into problems
	from (
		select g.at, app.private_in(g.name) as code, 'name' as field from pg_temp.given g where app.private_in(g.name) is not null
		union all
		select g.at, 'twice_in_file', 'name'
		from (select *, row_number() over (partition by person_id, team_id order by at) as n from pg_temp.given) g where g.n > 1
		union all
		select g.at, 'has_leader', 'role' from pg_temp.given g
		join app.memberships m on m.city_id = city and m.team_id = g.team_id and m.role = 'leader' and m.from_day <= day and m.to_day > day
		where g.role = 'leader' and m.membership_id is distinct from g.membership_id
			-- Unless the file itself gives the old one another role.
			and not exists (select from pg_temp.given o where o.membership_id = m.membership_id and o.role <> 'leader')
		union all
		select g.at, 'has_leader', 'role'
		from (select *, row_number() over (partition by team_id order by at) as n from pg_temp.given where role = 'leader') g where g.n > 1
		order by 1 limit 200) x;
	if problems is not null then
		-- Takes the new teams back, too.
		raise exception using errcode = 'TN002', message = problems::text;
	end if;

	insert into app.people (city_id, person_id, name)
	select distinct on (g.person_id) city, g.person_id, g.name from pg_temp.given g where g.fresh order by g.person_id, g.at;
	with phones as (
		insert into app.person_contacts as old (city_id, person_id, phone)
		select distinct on (g.person_id) city, g.person_id, g.phone from pg_temp.given g where g.phone is not null order by g.person_id, g.at
		on conflict on constraint person_contacts_pkey do update set phone = excluded.phone where old.phone <> excluded.phone
		returning person_id
	), closed as (
		update app.memberships m set to_day = day from pg_temp.given g
		where m.city_id = city and m.membership_id = g.membership_id and g.its_role <> g.role
		returning m.person_id
	)
	select jsonb_build_object(
		'new', (select count(*) from pg_temp.given g where g.membership_id is null),
		'changed', (select count(distinct x.person_id) from (
			select p.person_id from phones p union select c.person_id from closed c) x
			where x.person_id not in (select g.person_id from pg_temp.given g where g.membership_id is null)),
		'all', (select count(*) from pg_temp.given)) into counts;
	insert into app.memberships (city_id, membership_id, person_id, role, team_id, from_day)
	select city, gen_random_uuid(), g.person_id, g.role, g.team_id, day
	from pg_temp.given g where g.membership_id is null or g.its_role <> g.role;
	insert into audit.acts (city_id, actor_id, act, subject, subject_id, place_id, fields)
	select city, me, case when g.fresh then 'add_person' when g.membership_id is null then 'add_membership' else 'change_role' end,
		'person', g.person_id, g.team_id, case when g.phone is null then array['name', 'role'] else array['name', 'phone', 'role'] end
	from pg_temp.given g where g.membership_id is null or g.its_role <> g.role;
	perform app.remember_columns(city, 'members', p_columns);
	perform app.note_act(city, me, 'import_members', 'import', p_import_id, null, '{}');
	delete from app.member_import_rows r where r.city_id = city and r.import_id = p_import_id and r.person_id = me;
	drop table pg_temp.given, pg_temp.allowed;
	return jsonb_build_object('counts', counts);
end $$;

create function api.member_lists() returns jsonb
language sql stable set search_path = '' as $$
	select app.member_lists()
$$;

create function api.bring_member_rows(import_id uuid, rows jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
	return jsonb_build_object('brought', app.bring_member_rows(bring_member_rows.import_id, bring_member_rows.rows));
exception when check_violation or not_null_violation or invalid_text_representation then
	return app.problem('TN001', 'bad_value', null, 'rows');
end $$;

create function api.import_members(import_id uuid, columns jsonb) returns jsonb
language plpgsql volatile set search_path = '' set statement_timeout = '40s' as $$
declare
	rule text;
	field text;
begin
	return app.import_members(import_members.import_id, import_members.columns);
exception
	when sqlstate 'TN002' then
		return jsonb_build_object('problems', sqlerrm::jsonb);
	when sqlstate 'TN001' or integrity_constraint_violation then
		get stacked diagnostics rule = constraint_name, field = column_name;
		return app.problem(sqlstate, sqlerrm, rule, field);
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function
	app.member_lists(), app.bring_member_rows(uuid, jsonb), app.import_members(uuid, jsonb),
	api.member_lists(), api.bring_member_rows(uuid, jsonb), api.import_members(uuid, jsonb)
	to authenticated;
