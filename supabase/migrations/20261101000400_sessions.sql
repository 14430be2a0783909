-- Sign-in sessions. The library on the web server knows only hashes; a token names the public id.

create table app.sessions (
	session_hash text not null,
	sid uuid not null,
	city_id text not null,
	person_id uuid not null,
	kind text not null default 'device',
	label text,
	invitation_id uuid,
	created_at timestamptz not null default now(),
	signed_in_at timestamptz not null default now(),
	last_used_at timestamptz not null default now(),
	expires_at timestamptz not null,
	ended_at timestamptz,
	constraint sessions_kind_known check (kind in ('device', 'password', 'demo')),
	constraint sessions_label_short check (char_length(label) <= 60),
	constraint sessions_pkey primary key (session_hash),
	constraint sessions_sid_unique unique (sid),
	constraint sessions_person foreign key (city_id, person_id) references app.people (city_id, person_id),
	constraint sessions_hash_is_sha256 check (session_hash ~ '^[0-9a-f]{64}$')
);
create index sessions_by_person on app.sessions (city_id, person_id);

comment on column app.sessions.kind is 'device: a volunteer''s, by invitation. password: of staff. demo: anybody plays an invented person.';
comment on column app.sessions.label is 'What kind of device it is (Chrome · Android), so that people can tell theirs apart.';
comment on column app.sessions.signed_in_at is 'When a password was last given. Some acts ask for one again.';

alter table app.sessions enable row level security;
create policy "the web server keeps sessions" on app.sessions for all to app_server using (true) with check (true);
grant select, insert, update, delete on app.sessions to app_server;
-- authenticated gets no grant: a person learns of sessions only through app.live_person().

-- How long a session lasts without being used. Staff sit at shared computers.
create function app.idle_time(kind text) returns interval
language sql immutable set search_path = '' as $$
	select case kind when 'password' then interval '12 hours' else interval '30 days' end
$$;

-- A session ends when it is ended, when it was not used for long (expires_at), and 90 days after it began.
create function app.is_live(s app.sessions) returns boolean
language sql stable set search_path = '' as $$
	select s.ended_at is null and s.expires_at > now() and s.created_at > now() - interval '90 days'
$$;

-- The person behind this call, or no row: the session must be live now, whatever the token still says.
-- The functions below are plpgsql because its plans are kept for the session: every call and every
-- policy asks them, and planning them anew took longer than running them. They say how few rows they
-- answer: a planner that expects a thousand reads every membership of the city for one person.
create function app.live_person() returns table (city_id text, person_id uuid, kind text)
language plpgsql stable rows 1 security definer set search_path = '' as $$
declare
	claims constant jsonb := app.claims();
	said_sid constant uuid := app.uuid_or_null(claims ->> 'sid');
	said_sub constant uuid := app.uuid_or_null(claims ->> 'sub');
begin
	return query
	select p.city_id, p.person_id, s.kind
	from app.sessions s
	join app.people p on p.city_id = s.city_id and p.person_id = s.person_id
	where s.sid = said_sid and s.person_id = said_sub and app.is_live(s) and p.disabled_at is null;
end $$;

-- The live memberships of the person behind this call. Those of staff count only where a password was
-- given: a phone that came by an invitation alone may hold a leader who is an officer elsewhere.
create function app.my_memberships()
returns table (city_id text, role text, unit_id uuid, team_id uuid)
language plpgsql stable rows 3 security definer set search_path = '' as $$
declare
	day constant date := app.today();
begin
	return query
	select m.city_id, m.role, m.unit_id, m.team_id
	from app.live_person() me
	join app.memberships m on m.city_id = me.city_id and m.person_id = me.person_id
	join app.roles r on r.role = m.role
	where m.from_day <= day and m.to_day > day and (r.signs_in = 'invitation' or me.kind <> 'device');
end $$;

-- The groups in which the person behind this call holds a verb, directly or through a unit above.
create function app.my_group_ids(verb text) returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
declare
	day constant date := app.today();
begin
	return query
	with mine as (
		select m.* from app.my_memberships() m
		join app.role_verbs v on v.role = m.role and v.verb = my_group_ids.verb
	)
	select tg.group_id
	from mine
	join app.team_groups tg on tg.city_id = mine.city_id and tg.team_id = mine.team_id
		and tg.from_day <= day and tg.to_day > day
	union
	select u.unit_id
	from (select mine.city_id, array_agg(mine.unit_id) as unit_ids from mine where mine.unit_id is not null group by 1) at
	cross join lateral app.units_below(at.city_id, at.unit_ids, day) below
	join app.units u on u.city_id = at.city_id and u.unit_id = below and u.level = 'group';
end $$;

-- The days of the last 400 on which a person held a verb in a group: what was done then may still be
-- handed in when the right has gone since. A person who was disabled held nothing after that day: what
-- they did in its morning was rightly done.
create function app.days_held(p_city_id text, p_person_id uuid, p_verb text, p_group_id uuid) returns datemultirange
language plpgsql stable set search_path = '' as $$
declare
	lately constant daterange := daterange(app.today() - 400, app.today(), '[]');
begin
	return (
		select coalesce(range_agg(
			lately * daterange(m.from_day, greatest(m.from_day, least(m.to_day, app.day_of(p.disabled_at) + 1)))
			* coalesce(daterange(tg.from_day, tg.to_day), lately)), '{}')
		from app.memberships m
		join app.people p on p.city_id = m.city_id and p.person_id = m.person_id
		join app.role_verbs v on v.role = m.role and v.verb = p_verb
		left join app.team_groups tg on tg.city_id = m.city_id and tg.team_id = m.team_id and tg.group_id = p_group_id
		where m.city_id = p_city_id and m.person_id = p_person_id
			and (tg.group_id is not null
				or p_group_id in (select app.units_below(m.city_id, array[m.unit_id], least(m.to_day - 1, app.today())))));
end $$;

create function app.my_city_id() returns text
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select me.city_id from app.live_person() me);
end $$;

create function app.i_may(verb text) returns boolean
language sql stable security definer set search_path = '' as $$
	select exists (
		select from app.my_memberships() m
		join app.role_verbs v on v.role = m.role and v.verb = i_may.verb
	)
$$;

-- The city of the person behind this call; refuses with 401 when the session has ended.
create function app.require_session() returns text
language plpgsql stable set search_path = '' as $$
declare
	city text := app.my_city_id();
begin
	if city is null then
		raise sqlstate 'PT401' using message = 'the session has ended';
	end if;
	return city;
end $$;

create policy "people know their city" on app.cities for select to authenticated
	using (city_id = (select app.my_city_id()));
create policy "the web server asks whether this is a demo" on app.cities for select to app_server using (true);
create policy "people read the editions" on app.editions for select to authenticated
	using ((select app.my_city_id()) is not null);
create policy "people read the units of their city" on app.units for select to authenticated
	using (city_id = (select app.my_city_id()));
create policy "people read the parents of units" on app.unit_parents for select to authenticated
	using (city_id = (select app.my_city_id()));
create policy "people read the codes of units" on app.unit_codes for select to authenticated
	using (city_id = (select app.my_city_id()));
create policy "people read the successions of units" on app.unit_successions for select to authenticated
	using (city_id = (select app.my_city_id()));
create policy "people read what levels are called" on app.unit_levels for select to authenticated
	using (city_id = (select app.my_city_id()));
create policy "people read what kinds are called" on app.unit_kinds for select to authenticated
	using (city_id = (select app.my_city_id()));
create policy "people read denominators" on app.denominators for select to authenticated
	using (city_id = (select app.my_city_id()));
create policy "people read the roles" on app.roles for select to authenticated
	using ((select app.my_city_id()) is not null);
create policy "people read what roles may do" on app.role_verbs for select to authenticated
	using ((select app.my_city_id()) is not null);
create policy "people read whom roles may appoint" on app.role_gives for select to authenticated
	using ((select app.my_city_id()) is not null);
create policy "people read themselves" on app.people for select to authenticated
	using (person_id = (select person_id from app.live_person()));
create policy "the web server knows people by id" on app.people for select to app_server using (true);
create policy "people read their teams" on app.teams for select to authenticated
	using ((city_id, team_id) in (select m.city_id, m.team_id from app.my_memberships() m));

grant select on app.roles, app.role_verbs, app.role_gives, app.people, app.teams to authenticated;
grant select on app.people to app_server;
-- team_groups and memberships have policies for nobody yet: they are read through the functions above.

revoke execute on all functions in schema app from public;
grant execute on function app.is_live(app.sessions), app.idle_time(text) to app_server;
grant execute on function app.live_person(), app.my_memberships(), app.my_group_ids(text), app.my_city_id(), app.i_may(text), app.require_session()
	to authenticated;

-- For the invented people of a demo city alone: everybody else comes by an invitation or a password.
create function api.server_session_create(session_hash text, sid uuid, person_id uuid, expires_at timestamptz) returns jsonb
language sql volatile set search_path = '' as $$
	insert into app.sessions (session_hash, sid, city_id, person_id, kind, expires_at)
	select server_session_create.session_hash, server_session_create.sid, p.city_id, p.person_id, 'demo', server_session_create.expires_at
	from app.people p join app.cities c on c.city_id = p.city_id and c.demo
	where p.person_id = server_session_create.person_id and p.disabled_at is null
	returning jsonb_build_object('sid', sid)
$$;

create function api.server_session_find(session_hash text) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object('sid', s.sid, 'person_id', s.person_id, 'expires_at', s.expires_at, 'kind', s.kind,
		'last_used_at', s.last_used_at, 'name', p.name, 'demo', c.demo)
	from app.sessions s
	join app.people p on p.city_id = s.city_id and p.person_id = s.person_id
	join app.cities c on c.city_id = s.city_id
	where s.session_hash = server_session_find.session_hash and app.is_live(s) and p.disabled_at is null
$$;

create function api.server_session_extend(session_hash text, expires_at timestamptz) returns jsonb
language sql volatile set search_path = '' as $$
	update app.sessions s
	set expires_at = least(server_session_extend.expires_at, now() + app.idle_time(s.kind)), last_used_at = now()
	where s.session_hash = server_session_extend.session_hash and s.ended_at is null
	returning jsonb_build_object('sid', s.sid)
$$;

create function api.server_session_end(session_hash text) returns jsonb
language sql volatile set search_path = '' as $$
	update app.sessions s set ended_at = now()
	where s.session_hash = server_session_end.session_hash and s.ended_at is null
	returning jsonb_build_object('sid', s.sid)
$$;

create function api.server_sessions_of(person_id uuid) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object('session_hash', s.session_hash, 'sid', s.sid, 'expires_at', s.expires_at)), '[]'::jsonb)
	from app.sessions s where s.person_id = server_sessions_of.person_id and s.ended_at is null
$$;

create function api.server_sessions_end(person_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
	with live as (
		-- By their ids, as everybody who ends several at once.
		select s.sid from app.sessions s
		where s.person_id = server_sessions_end.person_id and s.ended_at is null order by s.sid for no key update
	), ended as (
		update app.sessions s set ended_at = now() where s.sid in (select l.sid from live l) returning 1
	)
	select jsonb_build_object('ended', count(*)) from ended
$$;

-- Ended sessions stay 30 days, so that a late token still finds its session closed and not unknown.
create function api.server_sessions_purge() returns jsonb
language sql volatile set search_path = '' as $$
	with old as (
		select s.sid from app.sessions s
		where least(s.expires_at, s.ended_at) < now() - interval '30 days' for update skip locked
	), gone as (
		delete from app.sessions s where s.sid in (select o.sid from old o) returning 1
	)
	select jsonb_build_object('purged', count(*)) from gone
$$;

create function api.server_health() returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object('database', true, 'demo', coalesce(bool_or(c.demo), false), 'cities', count(*))
	from app.cities c
$$;

revoke execute on all functions in schema api from public;
grant execute on function
	api.server_session_create(text, uuid, uuid, timestamptz), api.server_session_find(text),
	api.server_session_extend(text, timestamptz), api.server_session_end(text),
	api.server_sessions_of(uuid), api.server_sessions_end(uuid), api.server_sessions_purge(), api.server_health()
	to app_server;
