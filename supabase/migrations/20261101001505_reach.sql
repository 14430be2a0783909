-- Who may look after whom: whom a role appoints in a place, and whom somebody may act for. Asked by every
-- act on teams, people and invitations.

insert into app.verbs (verb) values ('read_people'), ('manage_people'), ('read_audit');
insert into app.role_verbs (role, verb) values
	('deputy', 'read_people'), ('leader', 'read_people'), ('ward_officer', 'read_people'),
	('area_coordinator', 'read_people'), ('city_office', 'read_people'), ('administrator', 'read_people'),
	('deputy', 'manage_people'), ('leader', 'manage_people'), ('ward_officer', 'manage_people'),
	('city_office', 'manage_people'), ('administrator', 'manage_people'),
	('city_office', 'read_audit'), ('administrator', 'read_audit');

-- What was to be expected, as data: { problem: { code, field } }. Anything else is a bug and goes on as the
-- error that it was. A rule of the schema speaks by its name.
create function app.problem(p_sqlstate text, p_message text, p_constraint text, p_column text) returns jsonb
language plpgsql immutable set search_path = '' as $$
declare
	known record;
begin
	if p_sqlstate = 'TN001' then
		return jsonb_build_object('problem', jsonb_build_object('code', p_message, 'field', nullif(p_column, '')));
	end if;
	select r.code, r.field into known
	from (values
		('memberships_do_not_overlap', 'already_member', 'person_id'),
		('memberships_one_leader', 'has_leader', 'role'),
		('people_name_present', 'missing', 'name'), ('people_name_length', 'too_long', 'name'),
		('people_name_card_number', 'card_number_in_note', 'name'), ('people_name_id_number', 'id_number_in_note', 'name'),
		('people_name_email', 'email_in_note', 'name'), ('people_name_otp', 'otp_in_note', 'name'),
		('teams_name_present', 'missing', 'name'), ('teams_name_length', 'too_long', 'name'),
		('person_contacts_phone_plain', 'bad_value', 'phone'),
		('credentials_name_unique', 'name_taken', 'sign_in_name')
	) r(name, code, field) where r.name = p_constraint;
	if known.code is null then
		raise exception using errcode = p_sqlstate, message = p_message, constraint = coalesce(p_constraint, ''), column = coalesce(p_column, '');
	end if;
	return jsonb_build_object('problem', jsonb_build_object('code', known.code, 'field', known.field));
end $$;

-- Each unit with all that stand above it on a day.
create function app.units_above(p_city_id text, p_unit_ids uuid[], p_day date)
returns table (unit_id uuid, above_id uuid)
language sql stable set search_path = '' as $$
	with recursive above as (
		select u as unit_id, u as above_id from unnest(p_unit_ids) u
		union
		select a.unit_id, p.parent_id
		from above a
		join app.unit_parents p on p.city_id = p_city_id and p.unit_id = a.above_id
			and p.from_day <= p_day and p.to_day > p_day
	)
	select unit_id, above_id from above
$$;

-- The groups of a team today.
create function app.groups_of(p_city_id text, p_team_id uuid) returns uuid[]
language sql stable set search_path = '' as $$
	select coalesce(array_agg(tg.group_id), '{}') from app.team_groups tg
	where tg.city_id = p_city_id and tg.team_id = p_team_id and tg.from_day <= app.today() and tg.to_day > app.today()
$$;

-- The units by which the person behind this call holds a place: the place itself or one above it. Of a
-- team that works in several groups, all of them must lie below; one without any group is the city's.
create function app.place_holds(p_city_id text, p_place_id uuid) returns setof uuid
language plpgsql stable set search_path = '' as $$
declare
	day constant date := app.today();
	units uuid[];
begin
	return next p_place_id;
	if exists (select from app.teams t where t.city_id = p_city_id and t.team_id = p_place_id) then
		units := app.groups_of(p_city_id, p_place_id);
		if units = '{}' then
			return query select u.unit_id from app.units u where u.city_id = p_city_id and u.level = 'city';
			return;
		end if;
	else
		units := array[p_place_id];
	end if;
	return query
		select a.above_id from app.units_above(p_city_id, units, day) a
		group by a.above_id having count(*) = cardinality(units);
end $$;

-- The roles that the person behind this call may appoint, invite and remove in a team or unit. Staff in
-- places of their own: an officer is appointed to the ward, not to a team.
create function app.may_give(p_place_id uuid) returns setof text
language plpgsql stable set search_path = '' as $$
declare
	city constant text := app.my_city_id();
	kind_of_place constant text := coalesce(
		(select 'team' from app.teams t where t.city_id = city and t.team_id = p_place_id and t.to_day is null),
		(select u.level from app.units u where u.city_id = city and u.unit_id = p_place_id));
begin
	return query
	select distinct g.gives
	from app.my_memberships() m
	join app.role_verbs v on v.role = m.role and v.verb = 'manage_people'
	join app.role_gives g on g.role = m.role
	join app.roles r on r.role = g.gives and r.place = kind_of_place
	where coalesce(m.team_id, m.unit_id) in (select app.place_holds(city, p_place_id));
end $$;

-- Whether the person behind this call may act for a person as a whole: over every place in which a
-- session of this kind would let that person act. Otherwise an invitation would be a way up.
create function app.may_manage(p_person_id uuid, p_kind text) returns boolean
language plpgsql stable set search_path = '' as $$
declare
	city constant text := app.my_city_id();
	day constant date := app.today();
begin
	return (
		select coalesce(bool_and(m.role in (select app.may_give(coalesce(m.team_id, m.unit_id)))), false)
		from app.memberships m
		join app.roles r on r.role = m.role
		where m.city_id = city and m.person_id = p_person_id and m.from_day <= day and m.to_day > day
			and (p_kind = 'password' or r.signs_in = 'invitation'));
end $$;

-- Staff must have given their password a moment ago for what reaches far. In the demo there is none.
create function app.require_fresh() returns void
language plpgsql stable set search_path = '' as $$
begin
	if exists (
		select from app.sessions s
		where s.sid = app.uuid_or_null(app.claims() ->> 'sid') and s.kind = 'password'
			and s.signed_in_at < now() - interval '15 minutes'
	) then
		perform app.invalid('sign_in_again', 'password');
	end if;
end $$;

-- Acts on people take turns. Whoever changes what hangs on a team or on a person (memberships,
-- invitations, sessions, keys) holds its row first: teams before people, each by their ids. So no two
-- acts wait for each other in a ring, and what was asked before an act is still so when it is done. "No
-- key", because records and phones that name a person go on meanwhile.
create function app.hold_teams(p_city_id text, p_team_ids uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
	perform from app.teams t where t.city_id = p_city_id and t.team_id = any (p_team_ids) order by t.team_id for no key update;
end $$;

create function app.hold_people(p_city_id text, p_person_ids uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
	perform from app.people p where p.city_id = p_city_id and p.person_id = any (p_person_ids) order by p.person_id for no key update;
end $$;

revoke execute on all functions in schema app from public;
grant execute on function app.problem(text, text, text, text) to authenticated, app_server;
