-- Staff change their own password, in a session that heard the old one a moment ago. Every other session
-- ends: whoever had the old password is out.

create function app.change_password(p_session_hash text, p_password_hash text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	mine app.sessions;
	name text;
begin
	select * into mine from app.sessions s where s.session_hash = p_session_hash and app.is_live(s) and s.kind = 'password';
	perform app.hold_people(mine.city_id, array[mine.person_id]);
	name := app.sign_in_name_of_session(p_session_hash);
	if name is null or mine.signed_in_at < now() - interval '15 minutes' then
		return null;
	end if;
	perform app.keep_password(mine.city_id, mine.person_id, name, p_password_hash);
	perform app.end_sessions(array(
		select s.sid from app.sessions s
		where s.city_id = mine.city_id and s.person_id = mine.person_id and s.ended_at is null and s.sid <> mine.sid
			and s.kind = 'password'));
	return to_jsonb(mine.sid);
end $$;

create function api.server_change_password(session_hash text, password_hash text) returns jsonb
language sql volatile set search_path = '' as $$
	select app.change_password(server_change_password.session_hash, server_change_password.password_hash)
$$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.change_password(text, text), api.server_change_password(text, text) to app_server;
