-- What the people's pages show: teams, one team with its members, staff, and the audit log.

create function app.words_of(p_text text) returns text[]
language sql immutable set search_path = '' as $$
	select array_remove(regexp_split_to_array(app.fold(coalesce(p_text, '')), '[^a-z0-9]+'), '')
$$;

-- Whether every word begins some word of the folded text: as src/lib/domain/text.ts matches.
create function app.matches(p_folded text, p_words text[]) returns boolean
language sql immutable set search_path = '' as $$
	select coalesce(bool_and(regexp_replace(' ' || p_folded, '[^a-z0-9]+', ' ', 'g') like '% ' || w || '%'), true) from unnest(p_words) w
$$;

-- How far a member has come: joined, or with an invitation that is open or has expired, or without any.
create function app.standing(p_city_id text, p_person_id uuid, p_kind text) returns jsonb
language sql stable set search_path = '' as $$
	select case
		when exists (select from app.sessions s where s.city_id = p_city_id and s.person_id = p_person_id and app.is_live(s)
			and (s.kind <> 'device' or p_kind = 'invitation'))
			or (p_kind = 'password' and exists (
				select from app.credentials c where c.city_id = p_city_id and c.person_id = p_person_id))
			then '{"state": "joined"}'::jsonb
		else coalesce((
			select jsonb_build_object('state', case
				when i.used_at is not null then 'left' when i.expires_at > now() then 'invited' else 'expired' end,
				'until', i.expires_at)
			from app.invitations i
			where i.city_id = p_city_id and i.person_id = p_person_id and i.withdrawn_at is null
			order by i.created_at desc limit 1), '{"state": "none"}')
	end
$$;

-- The teams in reach below a unit (null: all of them) in which a team or a member has all the typed words.
create function app.teams(p_unit_id uuid, p_find text, p_from integer) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	day constant date := app.today();
	words constant text[] := app.words_of(p_find);
	-- A word that is nowhere in a text begins none in it: so most are passed over quickly.
	holding constant text[] := array(select '%' || w || '%' from unnest(words) w);
begin
	return (
		with reach as materialized (
			select g as group_id from app.my_group_ids('read_people') g
			where p_unit_id is null or g in (select app.units_below(city, array[p_unit_id], day))
		), everywhere as materialized (
			-- A team without a group is nobody's but the city's.
			select exists (
				select from app.my_memberships() m join app.role_verbs v on v.role = m.role and v.verb = 'read_people'
				join app.roles r on r.role = m.role and r.place = 'city') and p_unit_id is null as yes
		), teams as materialized (
			select t.team_id, t.name, t.folded, string_agg(distinct g.name, ', ') as groups, string_agg(distinct w.name, ', ') as ward_name
			from app.teams t
			left join app.team_groups tg on tg.city_id = city and tg.team_id = t.team_id and tg.from_day <= day and tg.to_day > day
			left join app.units g on g.city_id = city and g.unit_id = tg.group_id
			left join app.unit_parents up on up.city_id = city and up.unit_id = tg.group_id and up.from_day <= day and up.to_day > day
			left join app.units w on w.city_id = city and w.unit_id = up.parent_id
			where t.city_id = city and t.to_day is null and (tg.group_id in (select r.group_id from reach r) or (tg.group_id is null and (select e.yes from everywhere e)))
			group by t.team_id, t.name, t.folded
		), named as materialized (
			select t.*, case when words = '{}' then '' else app.fold(concat_ws(' ', t.name, t.groups, t.ward_name)) end as text from teams t
		), live as materialized (
			select s.person_id from named n
			join app.memberships m on m.city_id = city and m.team_id = n.team_id and m.from_day <= day and m.to_day > day
			join app.sessions s on s.city_id = city and s.person_id = m.person_id
			where app.is_live(s)
		), members as materialized (
			select m.team_id, m.person_id, m.role, p.name, concat_ws(' ', p.folded, n.text) like all (holding) and app.matches(concat_ws(' ', p.folded, n.text), words) as found,
				m.person_id in (select l.person_id from live l) as joined
			from app.memberships m
			join named n on n.team_id = m.team_id
			join app.people p on p.city_id = city and p.person_id = m.person_id and p.disabled_at is null
			where m.city_id = city and m.from_day <= day and m.to_day > day
		), counted as (
			select n.team_id, n.name, n.groups, n.ward_name, count(m.person_id) as members,
				count(*) filter (where m.joined) as joined,
				min(m.name) filter (where m.role = 'leader') as leader,
				case when words = '{}' then null else (array_agg(m.name) filter (where m.found))[1:3] end as found
			from named n left join members m on m.team_id = n.team_id
			group by n.team_id, n.name, n.groups, n.ward_name, n.text
			having words = '{}' or (n.text like all (holding) and app.matches(n.text, words)) or bool_or(m.found)
		), page as (
			select c.*, count(*) over () as total, sum(c.members) over () as people, sum(c.joined) over () as all_joined
			from counted c order by c.ward_name, c.groups, c.name, c.team_id
			offset greatest(p_from, 0) limit 100
		)
		select jsonb_build_object('as_of', now(), 'total', coalesce(max(p.total), 0), 'people', coalesce(max(p.people), 0),
			'joined', coalesce(max(p.all_joined), 0),
			'unit', (select jsonb_build_object('id', u.unit_id, 'name', u.name) from app.units u where u.city_id = city and u.unit_id = p_unit_id),
			'teams', coalesce(jsonb_agg(jsonb_build_object('team_id', p.team_id, 'name', p.name, 'groups', p.groups,
				'ward_name', p.ward_name, 'members', p.members, 'joined', p.joined, 'leader', p.leader, 'found', coalesce(to_jsonb(p.found), '[]'))
				order by p.ward_name, p.groups, p.name, p.team_id), '[]'))
		from page p);
end $$;

-- Those who were disabled, too: here they are let in again.
create function app.people_of(p_city_id text, p_place_id uuid, p_gives text[]) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('membership_id', m.membership_id, 'person_id', m.person_id, 'name', p.name,
		'role', m.role, 'from_day', m.from_day, 'phone', c.phone, 'mine', m.role = any (p_gives),
		'standing', case when p.disabled_at is null then app.standing(p_city_id, m.person_id, r.signs_in) else '{"state": "disabled"}' end,
		'devices', (select count(*) from app.sessions s where s.city_id = p_city_id and s.person_id = m.person_id and app.is_live(s)))
		order by r.position desc, p.name), '[]')
	from app.memberships m
	join app.people p on p.city_id = m.city_id and p.person_id = m.person_id
	join app.roles r on r.role = m.role
	left join app.person_contacts c on c.city_id = m.city_id and c.person_id = m.person_id
	where m.city_id = p_city_id and coalesce(m.team_id, m.unit_id) = p_place_id
		and m.from_day <= app.today() and m.to_day > app.today()
$$;

-- One team, or the staff of one unit, with everybody in it; refuses with 404 what is out of reach.
create function app.place_people(p_place_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	gives constant text[] := array(select r.role from app.roles r where r.role in (select app.may_give(p_place_id)) order by r.position);
	place record;
begin
	if not exists (
		select from app.my_memberships() m join app.role_verbs v on v.role = m.role and v.verb = 'read_people'
		where coalesce(m.team_id, m.unit_id) in (select app.place_holds(city, p_place_id))
	) then
		raise sqlstate 'PT404' using message = 'no such team or unit', detail = 'place_id';
	end if;
	select coalesce(t.name, u.name) as name, coalesce(u.level, 'team') as level,
		(select string_agg(g.name, ', ' order by g.name) from app.units g
		where g.city_id = city and g.unit_id = any (app.groups_of(city, p_place_id))) as groups
	into place
	from (values (p_place_id)) asked(id)
	left join app.teams t on t.city_id = city and t.team_id = asked.id
	left join app.units u on u.city_id = city and u.unit_id = asked.id;
	return jsonb_build_object('as_of', now(), 'place_id', p_place_id, 'name', place.name, 'level', place.level,
		'group_names', place.groups, 'group_ids', to_jsonb(app.groups_of(city, p_place_id)), 'gives', to_jsonb(gives), 'people', app.people_of(city, p_place_id, gives));
end $$;

-- The units below the reach of the person behind this call where staff is appointed, with how many there are.
create function app.staff() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	day constant date := app.today();
begin
	return (
		with mine as (
			select array_agg(m.unit_id) as units from app.my_memberships() m
			join app.role_verbs v on v.role = m.role and v.verb = 'read_people' where m.unit_id is not null
		), below as materialized (
			select u.unit_id, u.name, u.level from mine, lateral app.units_below(city, mine.units, day) b
			join app.units u on u.city_id = city and u.unit_id = b and u.level <> 'group'
		)
		select jsonb_build_object('as_of', now(), 'places', coalesce(jsonb_agg(jsonb_build_object(
			'place_id', b.unit_id, 'name', b.name, 'level', b.level, 'people', (
				select count(*) from app.memberships m
				join app.people p on p.city_id = m.city_id and p.person_id = m.person_id and p.disabled_at is null
				where m.city_id = city and m.unit_id = b.unit_id and m.from_day <= day and m.to_day > day))
			order by array_position(array['city', 'area', 'ward'], b.level), b.name), '[]'))
		from below b);
end $$;

-- The last acts before one (null: from now on), 200 at a time, with the names of who did them.
create function app.audit(p_before bigint) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
begin
	if not app.i_may('read_audit') then
		raise insufficient_privilege using message = 'the audit log is not for this role';
	end if;
	return (
		select jsonb_build_object('as_of', now(), 'acts', coalesce(jsonb_agg(to_jsonb(a) order by a.act_id desc), '[]'))
		from (
			select x.act_id, x.at, x.actor_id, p.name as actor, x.act, x.subject, x.subject_id, x.fields,
				coalesce(t.name, u.name) as place
			from audit.acts x
			left join app.people p on p.city_id = x.city_id and p.person_id = x.actor_id
			left join app.teams t on t.city_id = x.city_id and t.team_id = x.place_id
			left join app.units u on u.city_id = x.city_id and u.unit_id = x.place_id
			where x.city_id = city and (p_before is null or x.act_id < p_before)
			order by x.act_id desc limit 200) a);
end $$;

create function api.teams(unit_id uuid, find text, skip integer) returns jsonb
language sql stable set search_path = '' as $$
	select app.teams(teams.unit_id, teams.find, teams.skip)
$$;
create function api.place_people(place_id uuid) returns jsonb
language sql stable set search_path = '' as $$
	select app.place_people(place_people.place_id)
$$;
create function api.staff() returns jsonb
language sql stable set search_path = '' as $$
	select app.staff()
$$;
create function api.audit(before bigint) returns jsonb
language sql stable set search_path = '' as $$
	select app.audit(audit.before)
$$;

revoke execute on all functions in schema app, api from public;
grant execute on function
	app.teams(uuid, text, integer), app.place_people(uuid), app.staff(), app.audit(bigint),
	api.teams(uuid, text, integer), api.place_people(uuid), api.staff(), api.audit(bigint)
	to authenticated;
