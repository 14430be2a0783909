-- What a person's app needs to know about the person: name, places, roles, verbs.

-- Who works in my teams, by name: they know each other. Staff, who have no team, get nobody.
-- security definer: memberships and the names of others are readable by nobody.
create function app.teammates() returns jsonb
language sql stable security definer set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('person_id', s.person_id, 'name', s.name) order by s.name, s.person_id), '[]')
	from (
		select distinct p.person_id, p.name
		from app.my_memberships() mine
		join app.memberships m on m.city_id = mine.city_id and m.team_id = mine.team_id
			and app.today() >= m.from_day and app.today() < m.to_day
		join app.people p on p.city_id = m.city_id and p.person_id = m.person_id and p.disabled_at is null
	) s
$$;

create function api.me() returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	me record;
begin
	perform app.require_session();
	select p.city_id, p.person_id, p.name, c.name as city_name, c.demo, c.team_name into me
	from app.people p join app.cities c on c.city_id = p.city_id;
	return jsonb_build_object(
		'person_id', me.person_id, 'name', me.name, 'demo', me.demo, 'team_name', me.team_name,
		'city', jsonb_build_object('id', me.city_id, 'name', me.city_name),
		'roles', (
			select coalesce(jsonb_agg(jsonb_build_object(
				'role', m.role, 'unit_id', coalesce(m.unit_id, m.team_id), 'unit_name', coalesce(u.name, t.name)
			) order by r.position), '[]')
			from app.my_memberships() m
			join app.roles r on r.role = m.role
			left join app.units u on u.city_id = m.city_id and u.unit_id = m.unit_id
			left join app.teams t on t.city_id = m.city_id and t.team_id = m.team_id),
		'verbs', (
			select coalesce(jsonb_agg(distinct v.verb), '[]')
			from app.my_memberships() m join app.role_verbs v on v.role = m.role),
		'home', (
			select r.home from app.my_memberships() m join app.roles r on r.role = m.role
			order by r.position limit 1),
		'teammates', app.teammates(),
		'groups', (
			select coalesce(jsonb_agg(jsonb_build_object(
				'id', g.unit_id, 'name', g.name, 'kind', g.kind, 'ward_id', w.unit_id, 'ward_name', w.name,
				'closed', (
					select coalesce(jsonb_agg(c.month order by c.month), '[]') from app.closed_periods c
					where c.city_id = g.city_id and c.group_id = g.unit_id and c.month > app.today() - 430)
			) order by w.name, g.name), '[]')
			from app.units g
			join app.group_places(me.city_id, app.today()) p on p.group_id = g.unit_id
			join app.units w on w.city_id = g.city_id and w.unit_id = p.ward_id
			where g.unit_id in (select app.my_group_ids('read_records')))
	);
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.teammates(), api.me() to authenticated;
