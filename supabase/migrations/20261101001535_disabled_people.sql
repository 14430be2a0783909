-- Somebody who must not use the app any more, whatever places they hold. Every session ends and no
-- invitation opens anything, until they are let in again; then they are invited anew. Their places and
-- records stay, and what their phones hold of the days until now is handed in under their name.

-- security definer: nobody holds a write grant on people.
create function app.disable_person(p_person_id uuid, p_disabled boolean) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	me constant uuid := (select person_id from app.live_person());
begin
	perform app.hold_people(city, array[p_person_id]);
	if p_disabled is null then
		perform app.invalid('missing', 'disabled');
	elsif not app.may_manage(p_person_id, 'password') then
		perform app.invalid('not_yours_to_give', 'person_id');
	elsif p_person_id = me then
		-- The last administrator would lock the city.
		perform app.invalid('not_yourself', 'person_id');
	elsif exists (
		select from app.memberships m
		where m.city_id = city and m.person_id = p_person_id and m.unit_id is not null
			and m.from_day <= app.today() and m.to_day > app.today()
	) then
		perform app.require_fresh();
	end if;
	if p_disabled then
		perform app.end_sessions(array(
			select s.sid from app.sessions s where s.city_id = city and s.person_id = p_person_id and s.ended_at is null));
		update app.invitations i set withdrawn_at = now()
		where i.city_id = city and i.person_id = p_person_id and i.used_at is null and i.withdrawn_at is null;
		delete from app.known_devices d where d.city_id = city and d.person_id = p_person_id;
	end if;
	update app.people p set disabled_at = case when p_disabled then coalesce(p.disabled_at, now()) end
	where p.city_id = city and p.person_id = p_person_id;
	perform app.note_act(city, me, case when p_disabled then 'disable_person' else 'enable_person' end, 'person', p_person_id, null,
		array['disabled_at']);
end $$;

create function api.disable_person(person_id uuid, disabled boolean) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	field text;
begin
	perform app.disable_person(disable_person.person_id, disable_person.disabled);
	return jsonb_build_object('person_id', disable_person.person_id);
exception when sqlstate 'TN001' then
	get stacked diagnostics field = column_name;
	return app.problem(sqlstate, sqlerrm, null, field);
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.disable_person(uuid, boolean), api.disable_person(uuid, boolean) to authenticated;
