-- Everybody below a unit who has no phone yet and may be invited by the person behind this call: for the
-- sheets of a whole ward. Team by team, so that a sheet is printed in one go.

create function app.uninvited(p_unit_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	day constant date := app.today();
begin
	return (
		with reach as materialized (
			select g as group_id from app.my_group_ids('manage_people') g
			where g in (select app.units_below(city, array[p_unit_id], day))
		), members as materialized (
			select distinct m.membership_id, m.person_id, m.team_id, t.name as team_name, r.position, p.name
			from reach g
			join app.team_groups tg on tg.city_id = city and tg.group_id = g.group_id and tg.from_day <= day and tg.to_day > day
			join app.teams t on t.city_id = city and t.team_id = tg.team_id
			join app.memberships m on m.city_id = city and m.team_id = tg.team_id and m.from_day <= day and m.to_day > day
			join app.people p on p.city_id = city and p.person_id = m.person_id and p.disabled_at is null
			join app.roles r on r.role = m.role
			where not exists (
				select from app.sessions s where s.city_id = city and s.person_id = m.person_id and app.is_live(s))
		), open as (
			-- Who sits in two of these teams gets one card.
			select distinct on (m.person_id) m.* from members m
			where app.may_manage(m.person_id, 'device')
			order by m.person_id, m.position desc, m.membership_id
		)
		select jsonb_build_object('as_of', now(), 'teams', count(distinct o.team_id),
			'membership_ids', coalesce(jsonb_agg(o.membership_id order by o.team_name, o.team_id, o.position desc, o.name), '[]'))
		from open o);
end $$;

create function api.uninvited(unit_id uuid) returns jsonb
language sql stable set search_path = '' as $$
	select app.uninvited(uninvited.unit_id)
$$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.uninvited(uuid), api.uninvited(uuid) to authenticated;
