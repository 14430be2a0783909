-- The phones of the teams: when each was last in contact, and what it then still held back. Whoever
-- looks after a team sees who may need a call; everybody else sees their own phones.

-- A verb of its own: members may read the totals of their group, but not watch each other's phones.
-- Administrators do not get it: they keep the system and look after nobody.
insert into app.verbs (verb) values ('read_phones');
insert into app.role_verbs (role, verb) values
	('deputy', 'read_phones'), ('leader', 'read_phones'), ('ward_officer', 'read_phones'), ('area_coordinator', 'read_phones'),
	('city_office', 'read_phones');

-- The members of the teams that the person behind this call looks after, and the person's own places
-- in a team; below a unit, of one team, or, without an id, all of them. Once per team, by the widest
-- role there. security definer: memberships and other people's names are read by nobody.
create function app.members_in_reach(p_place_id uuid)
returns table (person_id uuid, name text, role text, team_id uuid, team_name text, group_ids uuid[], call text)
language plpgsql stable security definer set search_path = '' as $$
declare
	day constant date := app.today();
	me record;
begin
	select * into me from app.live_person();
	return query
	with reach as materialized (
		select app.my_group_ids('read_phones') as group_id
	), named as materialized (
		select app.my_group_ids('read_people') as group_id
	), asked as materialized (
		select app.units_below(me.city_id, array[p_place_id], day) as group_id where p_place_id is not null
	), teams as materialized (
		select t.team_id, t.name, array_agg(tg.group_id) filter (where tg.group_id is not null) as group_ids,
			bool_or(tg.group_id in (select r.group_id from reach r)) as looked_after,
			bool_or(tg.group_id in (select n.group_id from named n)) as called,
			p_place_id is null or t.team_id = p_place_id or bool_or(tg.group_id in (select a.group_id from asked a)) as asked
		from app.teams t
		left join app.team_groups tg on tg.city_id = t.city_id and tg.team_id = t.team_id
			and tg.from_day <= day and tg.to_day > day
		where t.city_id = me.city_id and t.team_id in (
			-- Of the other teams nobody would be told.
			select its.team_id from app.team_groups its
			where its.city_id = me.city_id and its.group_id in (select r.group_id from reach r) and its.from_day <= day and its.to_day > day
			union all
			select mine.team_id from app.my_memberships() mine)
		group by t.team_id, t.name
	)
	select distinct on (t.team_id, p.person_id) p.person_id, p.name, m.role, t.team_id, t.name, t.group_ids,
		case when t.looked_after and t.called and p.person_id <> me.person_id then c.phone end
	from teams t
	join app.memberships m on m.city_id = me.city_id and m.team_id = t.team_id and m.from_day <= day and m.to_day > day
	join app.roles r on r.role = m.role
	join app.people p on p.city_id = m.city_id and p.person_id = m.person_id and p.disabled_at is null
	left join app.person_contacts c on c.city_id = m.city_id and c.person_id = m.person_id
	where t.asked and (t.looked_after or p.person_id = me.person_id)
	order by t.team_id, p.person_id, r.position desc;
end $$;

create policy "people read their own phones and those they look after" on app.devices
	for select to authenticated using (
		city_id = (select app.my_city_id())
		and (person_id = (select person_id from app.live_person())
			or person_id in (select m.person_id from app.members_in_reach(null) m)));
grant select on app.devices to authenticated;

-- The phones of each of these people, the last one in contact first. A phone that was given away
-- stays in the table, so only the last few are told.
create function app.phones_of(p_city_id text, p_person_ids uuid[])
returns table (person_id uuid, last_contact timestamptz, phones jsonb)
language sql stable set search_path = '' as $$
	select d.person_id, max(d.last_contact), jsonb_agg(jsonb_build_object(
		'last_contact', d.last_contact, 'waiting', d.waiting, 'oldest_at', d.oldest_at,
		'app_version', d.app_version, 'storage_persisted', d.storage_persisted, 'clock_ahead_s', d.clock_ahead_s
	) order by d.last_contact desc)
	from (
		select *, row_number() over (partition by e.person_id order by e.last_contact desc) as n
		from app.devices e where e.city_id = p_city_id and e.person_id = any (p_person_ids)
	) d
	where d.n <= 5
	group by d.person_id
$$;

-- The name of the place that was asked for; refuses with 404 when there is none in sight.
create function app.place_name(p_city_id text, p_place_id uuid) returns text
language plpgsql stable set search_path = '' as $$
declare
	its_name text := (select u.name from app.units u where u.city_id = p_city_id and u.unit_id = p_place_id);
begin
	its_name := coalesce(its_name, (select min(m.team_name) from app.members_in_reach(p_place_id) m where m.team_id = p_place_id));
	if its_name is null then
		raise sqlstate 'PT404' using message = 'no such unit or team', detail = 'unit_id';
	end if;
	return its_name;
end $$;

-- Each member in reach, below a unit, of a team, or (unit_id null) everywhere, with their phones:
-- longest out of contact first, because of a whole city only the first thousand are told.
-- `call` is the number to call, where one is kept and the person who asks may see it.
create function api.team_phones(unit_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	city text := app.require_session();
	place jsonb;
	members jsonb;
	total bigint;
begin
	if team_phones.unit_id is not null then
		place := jsonb_build_object('id', team_phones.unit_id, 'name', app.place_name(city, team_phones.unit_id));
	end if;
	with reach as materialized (
		select * from app.members_in_reach(team_phones.unit_id)
	), places as materialized (
		select p.group_id, g.name, w.name as ward_name
		from app.group_places(city, app.today()) p
		join app.units g on g.city_id = city and g.unit_id = p.group_id
		join app.units w on w.city_id = city and w.unit_id = p.ward_id
	), where_they_work as (
		select t.team_id, jsonb_agg(distinct p.name) as groups, string_agg(distinct p.ward_name, ', ') as ward_name
		from (select distinct r.team_id, unnest(r.group_ids) as group_id from reach r) t
		join places p using (group_id) group by t.team_id
	), contacts as materialized (
		select d.person_id, max(d.last_contact) as last_contact from app.devices d where d.city_id = city group by 1
	), first as materialized (
		select m.*, count(*) over () as total, c.last_contact
		from reach m
		left join contacts c on c.person_id = m.person_id
		order by c.last_contact nulls first, m.name, m.team_id
		limit 1000
	), told as (
		select f.*, w.groups, w.ward_name, d.phones
		from first f
		left join where_they_work w on w.team_id = f.team_id
		left join app.phones_of(city, array(select f.person_id from first f)) d on d.person_id = f.person_id
	)
	select max(t.total), jsonb_agg(jsonb_build_object(
		'person_id', t.person_id, 'name', t.name, 'role', t.role, 'team_id', t.team_id, 'team_name', t.team_name,
		'groups', coalesce(t.groups, '[]'), 'ward_name', t.ward_name, 'call', t.call, 'phones', coalesce(t.phones, '[]')
	) order by t.last_contact nulls first, t.name, t.team_id)
	into total, members
	from told t;
	return jsonb_build_object('as_of', now(), 'unit', place, 'total', coalesce(total, 0), 'members', coalesce(members, '[]'));
end $$;

-- A phone that only fetched was in contact, too. At most one write in ten minutes for each phone,
-- however often it asks: a city of phones that look in every minute must not become a city of writes.
-- security definer: nobody holds a write grant on the phones.
create function app.report(p_device json) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
	device constant jsonb := app.readable_device(p_device);
	me record;
begin
	perform app.require_session();
	select * into me from app.live_person();
	if not exists (
		select from app.devices d
		where d.city_id = me.city_id and d.device_id = app.uuid_or_null(device ->> 'device_id')
			and d.person_id = me.person_id and d.last_contact > now() - interval '10 minutes'
	) then
		perform app.note_device(me.city_id, me.person_id, device);
	end if;
end $$;

create function api.report(device json) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
	perform app.report(device);
	return jsonb_build_object('server_time', now());
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function
	app.members_in_reach(uuid), app.phones_of(text, uuid[]), app.place_name(text, uuid), app.report(json),
	api.team_phones(uuid), api.report(json)
	to authenticated;
