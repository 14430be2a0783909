-- Coming in by an invitation: one phone, once, as the person that it was made for.

-- The invitation behind a code, as long as it opens something. Two phones with one code take turns.
create function app.open_invitation(p_code_hash text, p_used_by text) returns app.invitations
language plpgsql volatile set search_path = '' as $$
declare
	found app.invitations;
begin
	select * into found from app.invitations i where i.code_hash = p_code_hash;
	perform app.hold_people(found.city_id, array[found.person_id]);
	select * into found from app.invitations i where i.code_hash = p_code_hash;
	if found.code_hash is null then
		perform app.invalid('unknown_invitation', 'code');
	end if;
	-- The same phone again: its first answer got lost on the way.
	if found.used_at is not null
		and (found.used_by is distinct from p_used_by or found.used_at < now() - interval '10 minutes') then
		perform app.invalid('used_invitation', 'code');
	end if;
	if found.withdrawn_at is not null or not exists (
		select from app.memberships m join app.people p on p.city_id = m.city_id and p.person_id = m.person_id
		where m.city_id = found.city_id and m.membership_id = found.membership_id
			and m.from_day <= app.today() and m.to_day > app.today() and p.disabled_at is null
	) then
		perform app.invalid('withdrawn_invitation', 'code');
	end if;
	if found.expires_at <= now() and found.used_at is null then
		perform app.invalid('expired_invitation', 'code');
	end if;
	return found;
end $$;

-- Uses a code: a session for its person on this phone, in one transaction, so that a code is never used
-- up for nothing. Staff bring a name to sign in by and the hash of a password with it.
create function app.join(
	p_code_hash text, p_used_by text, p_session_hash text, p_sid uuid, p_label text,
	p_sign_in_name text, p_password_hash text
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	i constant app.invitations := app.open_invitation(p_code_hash, p_used_by);
	joined jsonb;
begin
	select jsonb_build_object('person_id', p.person_id, 'name', p.name, 'kind', i.kind, 'role', m.role, 'home', r.home,
		'place_name', coalesce(t.name, u.name), 'city_name', c.name)
	into joined
	from app.memberships m
	join app.people p on p.city_id = m.city_id and p.person_id = m.person_id
	join app.roles r on r.role = m.role
	join app.cities c on c.city_id = m.city_id
	left join app.teams t on t.city_id = m.city_id and t.team_id = m.team_id
	left join app.units u on u.city_id = m.city_id and u.unit_id = m.unit_id
	where m.city_id = i.city_id and m.membership_id = i.membership_id;
	if p_session_hash is null then
		return joined || jsonb_build_object('sign_in_name', app.sign_in_name_of(i.person_id));
	end if;
	if i.kind = 'password' then
		perform app.keep_password(i.city_id, i.person_id, p_sign_in_name, p_password_hash);
	end if;
	update app.invitations x set used_at = coalesce(x.used_at, now()), used_by = p_used_by
	where x.city_id = i.city_id and x.invitation_id = i.invitation_id;
	perform app.end_sessions(array(
		select s.sid from app.sessions s
		where s.city_id = i.city_id and s.person_id = i.person_id and s.ended_at is null
			and (s.invitation_id = i.invitation_id or i.replaces or i.kind = 'password')));
	insert into app.sessions (session_hash, sid, city_id, person_id, kind, label, invitation_id, expires_at)
	values (p_session_hash, p_sid, i.city_id, i.person_id, i.kind, left(p_label, 60), i.invitation_id, now() + app.idle_time(i.kind));
	perform app.note_act(i.city_id, i.person_id, 'join', 'invitation', i.invitation_id, null, '{}');
	return joined;
end $$;

create function api.server_join(
	code_hash text, used_by text, session_hash text, sid uuid, label text, sign_in_name text, password_hash text
) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	rule text;
	field text;
begin
	return app.join(server_join.code_hash, server_join.used_by, server_join.session_hash, server_join.sid,
		server_join.label, server_join.sign_in_name, server_join.password_hash);
exception when sqlstate 'TN001' or integrity_constraint_violation then
	get stacked diagnostics rule = constraint_name, field = column_name;
	return app.problem(sqlstate, sqlerrm, rule, field);
end $$;

-- Who a code is for, without using it: staff are asked for a password before.
create function api.server_join_look(code_hash text, used_by text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	rule text;
	field text;
begin
	return app.join(server_join_look.code_hash, server_join_look.used_by, null, null, null, null, null);
exception when sqlstate 'TN001' or integrity_constraint_violation then
	get stacked diagnostics rule = constraint_name, field = column_name;
	return app.problem(sqlstate, sqlerrm, rule, field);
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function
	app.join(text, text, text, uuid, text, text, text),
	api.server_join(text, text, text, uuid, text, text, text), api.server_join_look(text, text)
	to app_server;
