-- A team as a whole: made by hand with its first people, given another name or other groups, ended.

create function app.plain_name(p_name text) returns text
language sql immutable set search_path = '' as $$
	select trim(regexp_replace(normalize(coalesce(p_name, ''), NFC), '\s+', ' ', 'g'))
$$;

-- From today on the team works in just these groups.
create function app.settle_groups(p_city_id text, p_team_id uuid, p_group_ids uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
	update app.team_groups tg set to_day = app.today()
	where tg.city_id = p_city_id and tg.team_id = p_team_id and tg.to_day > app.today() and tg.group_id <> all (p_group_ids);
	insert into app.team_groups (city_id, team_id, group_id, from_day)
	select p_city_id, p_team_id, u.unit_id, app.today()
	from app.units u
	where u.city_id = p_city_id and u.level = 'group' and u.unit_id = any (p_group_ids)
		and u.unit_id <> all (app.groups_of(p_city_id, p_team_id))
	on conflict on constraint team_groups_pkey do update set to_day = 'infinity';
	if app.groups_of(p_city_id, p_team_id) = '{}' then
		perform app.invalid('missing', 'group_ids');
	end if;
	if 'leader' not in (select app.may_give(p_team_id)) then
		perform app.invalid('not_yours_to_give', 'group_ids');
	end if;
end $$;

-- The first people of a team, each { role, name, phone }; what is wrong is said of the role's own field.
create function app.add_first_people(p_team_id uuid, p_people jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
	one record;
begin
	for one in select * from jsonb_to_recordset(coalesce(p_people, '[]')) r(role text, name text, phone text) loop
		if char_length(app.plain_name(one.name)) not between 1 and 120 then
			perform app.invalid(case when app.plain_name(one.name) = '' then 'missing' else 'too_long' end, one.role);
		end if;
		if app.private_in(one.name) is not null then
			perform app.invalid(app.private_in(one.name), one.role);
		end if;
		if app.plain_phone(one.phone) !~ '^0[0-9]{9,10}$' then
			perform app.invalid('bad_value', one.role || '_phone');
		end if;
		perform app.add_member(p_team_id, one.role, one.name, one.phone);
	end loop;
end $$;

create function app.add_team(p_name text, p_group_ids uuid[], p_people jsonb) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	me constant uuid := (select person_id from app.live_person());
	team constant uuid := gen_random_uuid();
begin
	insert into app.teams (city_id, team_id, name) values (city, team, app.plain_name(p_name));
	perform app.settle_groups(city, team, p_group_ids);
	perform app.note_act(city, me, 'add_team', 'team', team, null, array['name', 'group_ids']);
	perform app.add_first_people(team, p_people);
	return team;
end $$;

create function app.change_team(p_team_id uuid, p_name text, p_group_ids uuid[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	me constant uuid := (select person_id from app.live_person());
begin
	perform app.hold_teams(city, array[p_team_id]);
	if 'leader' not in (select app.may_give(p_team_id)) then
		perform app.invalid('not_yours_to_give', 'team_id');
	end if;
	update app.teams t set name = app.plain_name(p_name) where t.city_id = city and t.team_id = p_team_id;
	perform app.settle_groups(city, p_team_id, p_group_ids);
	perform app.note_act(city, me, 'change_team', 'team', p_team_id, p_team_id, array['name', 'group_ids']);
end $$;

-- The team is no more: its people's places in it end, and with the last place their sessions. What they
-- recorded stays with the groups.
create function app.end_team(p_team_id uuid) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	me constant uuid := (select person_id from app.live_person());
	held uuid[];
	one record;
begin
	perform app.hold_teams(city, array[p_team_id]);
	if 'leader' not in (select app.may_give(p_team_id)) then
		perform app.invalid('not_yours_to_give', 'team_id');
	end if;
	held := array(
		select m.membership_id from app.memberships m
		where m.city_id = city and m.team_id = p_team_id and m.from_day <= app.today() and m.to_day > app.today()
		order by m.person_id);
	perform app.hold_people(city, array(select m.person_id from app.memberships m where m.city_id = city and m.membership_id = any (held)));
	for one in select h.id from unnest(held) with ordinality h(id, n) order by h.n loop
		perform app.end_membership(one.id);
	end loop;
	update app.team_groups tg set to_day = app.today()
	where tg.city_id = city and tg.team_id = p_team_id and tg.to_day > app.today();
	update app.teams t set to_day = app.today() where t.city_id = city and t.team_id = p_team_id;
	perform app.note_act(city, me, 'end_team', 'team', p_team_id, p_team_id, array['to_day']);
	return cardinality(held);
end $$;

-- people: { role, name, phone } of each, the leader and the deputy first of all.
create function api.add_team(name text, group_ids uuid[], people jsonb default '[]') returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	rule text;
	field text;
begin
	return jsonb_build_object('team_id', app.add_team(add_team.name, add_team.group_ids, add_team.people));
exception when sqlstate 'TN001' or integrity_constraint_violation then
	get stacked diagnostics rule = constraint_name, field = column_name;
	return app.problem(sqlstate, sqlerrm, rule, field);
end $$;

create function api.change_team(team_id uuid, name text, group_ids uuid[]) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	rule text;
	field text;
begin
	perform app.change_team(change_team.team_id, change_team.name, change_team.group_ids);
	return jsonb_build_object('team_id', change_team.team_id);
exception when sqlstate 'TN001' or integrity_constraint_violation then
	get stacked diagnostics rule = constraint_name, field = column_name;
	return app.problem(sqlstate, sqlerrm, rule, field);
end $$;

create function api.end_team(team_id uuid) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	rule text;
	field text;
begin
	return jsonb_build_object('ended', app.end_team(end_team.team_id));
exception when sqlstate 'TN001' or integrity_constraint_violation then
	get stacked diagnostics rule = constraint_name, field = column_name;
	return app.problem(sqlstate, sqlerrm, rule, field);
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function
	app.add_team(text, uuid[], jsonb), app.change_team(uuid, text, uuid[]), app.end_team(uuid),
	api.add_team(text, uuid[], jsonb), api.change_team(uuid, text, uuid[]), api.end_team(uuid)
	to authenticated;
