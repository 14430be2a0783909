-- People and their places: the acts that change them. Each act is a function named by its verb; what can
-- be expected to go wrong is answered as { problem }.

create function app.plain_phone(p_phone text) returns text
language sql immutable set search_path = '' as $$
	select nullif(regexp_replace(regexp_replace(coalesce(p_phone, ''), '[\s.()-]', '', 'g'), '^(\+?84)', '0'), '')
$$;

create function app.keep_phone(p_city_id text, p_person_id uuid, p_phone text) returns void
language plpgsql volatile set search_path = '' as $$
begin
	if app.plain_phone(p_phone) is null then
		delete from app.person_contacts c where c.city_id = p_city_id and c.person_id = p_person_id;
	else
		insert into app.person_contacts (city_id, person_id, phone)
		values (p_city_id, p_person_id, app.plain_phone(p_phone))
		on conflict on constraint person_contacts_pkey do update set phone = excluded.phone;
	end if;
end $$;

create function app.add_person(p_name text, p_phone text) returns uuid
language plpgsql volatile set search_path = '' as $$
declare
	city constant text := app.require_session();
	me constant uuid := (select person_id from app.live_person());
	person constant uuid := gen_random_uuid();
begin
	insert into app.people (city_id, person_id, name)
	values (city, person, trim(regexp_replace(normalize(coalesce(p_name, ''), NFC), '\s+', ' ', 'g')));
	perform app.keep_phone(city, person, p_phone);
	perform app.note_act(city, me, 'add_person', 'person', person, null,
		case when app.plain_phone(p_phone) is null then array['name'] else array['name', 'phone'] end);
	return person;
end $$;

-- security definer, here and below, is what api calls: nobody holds a write grant on people, so these
-- ask who may before they write. The others are their inner steps, and granted to nobody.
create function app.add_membership(p_person_id uuid, p_role text, p_place_id uuid) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	me constant uuid := (select person_id from app.live_person());
	membership constant uuid := gen_random_uuid();
	place text := (select r.place from app.roles r where r.role = p_role);
begin
	perform app.hold_teams(city, array[p_place_id]);
	perform app.hold_people(city, array[p_person_id]);
	if p_role not in (select app.may_give(p_place_id)) then
		perform app.invalid('not_yours_to_give', 'role');
	end if;
	if not exists (select from app.people p where p.city_id = city and p.person_id = p_person_id and p.disabled_at is null) then
		perform app.invalid('unknown_person', 'person_id');
	end if;
	if place <> 'team' then
		perform app.require_fresh();
	end if;
	insert into app.memberships (city_id, membership_id, person_id, role, team_id, unit_id, from_day)
	values (city, membership, p_person_id, p_role,
		case when place = 'team' then p_place_id end, case when place <> 'team' then p_place_id end, app.today());
	perform app.note_act(city, me, 'add_membership', 'membership', membership, p_place_id, array['person_id', 'role']);
	return membership;
end $$;

create function app.add_member(p_place_id uuid, p_role text, p_name text, p_phone text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	person constant uuid := app.add_person(p_name, p_phone);
begin
	return jsonb_build_object('person_id', person, 'membership_id', app.add_membership(person, p_role, p_place_id));
end $$;

-- A session must not outlive the last place that it was for.
create function app.end_sessions_without_place(p_city_id text, p_person_id uuid) returns void
language sql volatile set search_path = '' as $$
	select app.end_sessions(array(
		select s.sid from app.sessions s
		where s.city_id = p_city_id and s.person_id = p_person_id and s.ended_at is null
			and not exists (
				select from app.memberships m join app.roles r on r.role = m.role
				where m.city_id = p_city_id and m.person_id = p_person_id
					and m.from_day <= app.today() and m.to_day > app.today()
					and (r.signs_in = 'invitation' or s.kind <> 'device'))))
$$;

-- The person's sessions go on: whoever calls this decides about them.
create function app.close_membership(p_membership_id uuid) returns app.memberships
language plpgsql volatile set search_path = '' as $$
declare
	city constant text := app.require_session();
	me constant uuid := (select person_id from app.live_person());
	closed app.memberships;
begin
	select * into closed from app.memberships m where m.city_id = city and m.membership_id = p_membership_id;
	perform app.hold_teams(city, array[closed.team_id]);
	perform app.hold_people(city, array[closed.person_id]);
	select * into closed from app.memberships m
	where m.city_id = city and m.membership_id = p_membership_id and m.from_day <= app.today() and m.to_day > app.today();
	if closed.role is null or closed.role not in (select app.may_give(coalesce(closed.team_id, closed.unit_id))) then
		perform app.invalid('not_yours_to_give', 'membership_id');
	end if;
	-- The last administrator would lock the city.
	if closed.role = 'administrator' and closed.person_id = me then
		perform app.invalid('not_yourself', 'membership_id');
	end if;
	if closed.unit_id is not null then
		perform app.require_fresh();
	end if;
	update app.memberships m set to_day = app.today()
	where m.city_id = city and m.membership_id = p_membership_id;
	perform app.note_act(city, me, 'end_membership', 'membership', p_membership_id,
		coalesce(closed.team_id, closed.unit_id), array['to_day']);
	return closed;
end $$;

create function app.end_membership(p_membership_id uuid) returns app.memberships
language plpgsql volatile security definer set search_path = '' as $$
declare
	ended app.memberships := app.close_membership(p_membership_id);
begin
	perform app.end_sessions_without_place(ended.city_id, ended.person_id);
	return ended;
end $$;

create function app.change_role(p_membership_id uuid, p_role text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
	before app.memberships := app.close_membership(p_membership_id);
begin
	return app.add_membership(before.person_id, p_role, coalesce(before.team_id, before.unit_id));
end $$;

create function app.change_person(p_person_id uuid, p_name text, p_phone text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	me constant uuid := (select person_id from app.live_person());
begin
	perform app.hold_people(city, array[p_person_id]);
	if not app.may_manage(p_person_id, 'password') then
		perform app.invalid('not_yours_to_give', 'person_id');
	end if;
	update app.people p set name = trim(regexp_replace(normalize(coalesce(p_name, ''), NFC), '\s+', ' ', 'g'))
	where p.city_id = city and p.person_id = p_person_id;
	perform app.keep_phone(city, p_person_id, p_phone);
	perform app.note_act(city, me, 'change_person', 'person', p_person_id, null, array['name', 'phone']);
end $$;

-- What a phone or a desk calls: the acts above, all or nothing, with what was to be expected as an answer.
create function api.add_member(place_id uuid, role text, name text, phone text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	rule text;
	field text;
begin
	return app.add_member(add_member.place_id, add_member.role, add_member.name, add_member.phone);
exception when sqlstate 'TN001' or integrity_constraint_violation then
	get stacked diagnostics rule = constraint_name, field = column_name;
	return app.problem(sqlstate, sqlerrm, rule, field);
end $$;

create function api.add_membership(person_id uuid, role text, place_id uuid) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	rule text;
	field text;
begin
	return jsonb_build_object('membership_id',
		app.add_membership(add_membership.person_id, add_membership.role, add_membership.place_id));
exception when sqlstate 'TN001' or integrity_constraint_violation then
	get stacked diagnostics rule = constraint_name, field = column_name;
	return app.problem(sqlstate, sqlerrm, rule, field);
end $$;

create function api.end_membership(membership_id uuid) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	rule text;
	field text;
begin
	perform app.end_membership(end_membership.membership_id);
	return jsonb_build_object('membership_id', end_membership.membership_id);
exception when sqlstate 'TN001' or integrity_constraint_violation then
	get stacked diagnostics rule = constraint_name, field = column_name;
	return app.problem(sqlstate, sqlerrm, rule, field);
end $$;

create function api.change_role(membership_id uuid, role text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	rule text;
	field text;
begin
	return jsonb_build_object('membership_id', app.change_role(change_role.membership_id, change_role.role));
exception when sqlstate 'TN001' or integrity_constraint_violation then
	get stacked diagnostics rule = constraint_name, field = column_name;
	return app.problem(sqlstate, sqlerrm, rule, field);
end $$;

create function api.change_person(person_id uuid, name text, phone text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	rule text;
	field text;
begin
	perform app.change_person(change_person.person_id, change_person.name, change_person.phone);
	return jsonb_build_object('person_id', change_person.person_id);
exception when sqlstate 'TN001' or integrity_constraint_violation then
	get stacked diagnostics rule = constraint_name, field = column_name;
	return app.problem(sqlstate, sqlerrm, rule, field);
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function
	app.add_member(uuid, text, text, text), app.add_membership(uuid, text, uuid),
	app.change_role(uuid, text), app.end_membership(uuid), app.change_person(uuid, text, text),
	api.add_member(uuid, text, text, text), api.add_membership(uuid, text, uuid),
	api.end_membership(uuid), api.change_role(uuid, text), api.change_person(uuid, text, text)
	to authenticated;
