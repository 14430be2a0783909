-- Where a person is signed in, for themselves and for who looks after them; one or all can be ended, and
-- a phone that is lost can be blocked, so that nothing that it signs is taken any more.
-- The rows stay: what a phone still holds is handed in under the name that it was signed in by.

create function app.signed_in(p_person_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	me constant uuid := (select person_id from app.live_person());
	mine constant uuid := app.uuid_or_null(app.claims() ->> 'sid');
begin
	if p_person_id is distinct from me and not app.may_manage(p_person_id, 'password') then
		perform app.invalid('not_yours_to_give', 'person_id');
	end if;
	return jsonb_build_object('devices', (
		select coalesce(jsonb_agg(jsonb_build_object('sid', s.sid, 'kind', s.kind, 'label', s.label,
			'since', s.created_at, 'last_used_at', s.last_used_at, 'this_one', s.sid = mine) order by s.last_used_at desc), '[]')
		from app.sessions s where s.city_id = city and s.person_id = p_person_id and app.is_live(s)),
		'phones', (
		select coalesce(jsonb_agg(jsonb_build_object('key_id', k.key_id, 'label', s.label, 'seen_at', k.seen_at,
			'in_use', coalesce(app.is_live(s), false), 'blocked', k.blocked_at is not null) order by k.seen_at desc), '[]')
		from app.hand_in_keys k left join app.sessions s on s.sid = k.sid
		where k.city_id = city and k.person_id = p_person_id and k.seen_at > now() - interval '400 days'));
end $$;

-- Lost or stolen: the phone is signed out, and what it hands in is not taken, also not what was recorded
-- before. Found again: it hands in, and who had it is invited anew.
create function app.block_phone(p_key_id uuid, p_blocked boolean) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	me constant uuid := (select person_id from app.live_person());
	its app.hand_in_keys;
begin
	select * into its from app.hand_in_keys k where k.city_id = city and k.key_id = p_key_id;
	perform app.hold_people(city, array[its.person_id]);
	if its.person_id is null or (its.person_id <> me and not app.may_manage(its.person_id, 'password')) then
		perform app.invalid('not_yours_to_give', 'key_id');
	end if;
	if p_blocked then
		perform app.end_sessions(array[its.sid]);
	end if;
	update app.hand_in_keys k set blocked_at = case when p_blocked then coalesce(k.blocked_at, now()) end
	where k.key_id = p_key_id;
	perform app.note_act(city, me, case when p_blocked then 'block_phone' else 'unblock_phone' end, 'phone', p_key_id, null,
		array['blocked_at']);
end $$;

create function app.revoke(p_person_id uuid, p_sid uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	me constant uuid := (select person_id from app.live_person());
	ended record;
	count integer := 0;
begin
	perform app.hold_people(city, array[p_person_id]);
	if p_person_id is distinct from me and not app.may_manage(p_person_id, 'password') then
		perform app.invalid('not_yours_to_give', 'person_id');
	end if;
	for ended in
		select s.sid from app.sessions s
		where s.city_id = city and s.person_id = p_person_id and s.ended_at is null and (p_sid is null or s.sid = p_sid)
	loop
		perform app.end_sessions(array[ended.sid]);
		count := count + 1;
		perform app.note_act(city, me, 'revoke_device', 'session', ended.sid, null, '{}');
	end loop;
	-- A device that was lost must not be one from which guessing is easier.
	delete from app.known_devices d where d.city_id = city and d.person_id = p_person_id;
	return jsonb_build_object('ended', count);
end $$;

create function api.signed_in(person_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	field text;
begin
	return app.signed_in(signed_in.person_id);
exception when sqlstate 'TN001' then
	get stacked diagnostics field = column_name;
	return app.problem(sqlstate, sqlerrm, null, field);
end $$;

-- sid null: all of the person's devices.
create function api.revoke(person_id uuid, sid uuid) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	field text;
begin
	return app.revoke(revoke.person_id, revoke.sid);
exception when sqlstate 'TN001' then
	get stacked diagnostics field = column_name;
	return app.problem(sqlstate, sqlerrm, null, field);
end $$;

create function api.block_phone(key_id uuid, blocked boolean) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	field text;
begin
	perform app.block_phone(block_phone.key_id, coalesce(block_phone.blocked, true));
	return jsonb_build_object('key_id', block_phone.key_id);
exception when sqlstate 'TN001' then
	get stacked diagnostics field = column_name;
	return app.problem(sqlstate, sqlerrm, null, field);
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function
	app.signed_in(uuid), app.revoke(uuid, uuid), app.block_phone(uuid, boolean),
	api.signed_in(uuid), api.revoke(uuid, uuid), api.block_phone(uuid, boolean)
	to authenticated;
