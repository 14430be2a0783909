-- Staff sign in with a name and a password. The hash is made and compared by the web server
-- (argon2id); here it is kept, and guessing is slowed down.

create table app.credentials (
	city_id text not null,
	person_id uuid not null,
	sign_in_name text not null,
	password_hash text not null,
	changed_at timestamptz not null default now(),
	constraint credentials_pkey primary key (city_id, person_id),
	constraint credentials_person foreign key (city_id, person_id) references app.people (city_id, person_id),
	constraint credentials_name_unique unique (sign_in_name),
	constraint credentials_name_plain check (sign_in_name ~ '^[a-z0-9][a-z0-9._@+-]{2,79}$'),
	constraint credentials_hash_is_argon2id check (password_hash like '$argon2id$%')
);

-- Browsers in which a password was right before: the owner gets in from them while others are guessing.
create table app.known_devices (
	city_id text not null,
	person_id uuid not null,
	device_hash text not null,
	last_used_at timestamptz not null default now(),
	constraint known_devices_pkey primary key (city_id, person_id, device_hash),
	constraint known_devices_person foreign key (city_id, person_id) references app.people (city_id, person_id)
);

-- How many tries are free, within how long, and how long the next one then waits: twice as long after
-- each, up to the longest.
create table app.limits (
	kind text not null,
	free integer not null,
	within interval not null,
	first_wait interval not null,
	longest_wait interval not null,
	constraint limits_pkey primary key (kind)
);
insert into app.limits (kind, free, within, first_wait, longest_wait) values
	('account', 5, '1 day', '2 seconds', '15 minutes'),
	('known', 5, '1 day', '2 seconds', '15 minutes'),
	('address', 30, '10 minutes', '30 seconds', '10 minutes'),
	('overall', 300, '10 minutes', '5 seconds', '1 minute'),
	('join', 30, '10 minutes', '30 seconds', '10 minutes');

-- Tries that failed or are still being judged. A key is 'kind:hash', so that no name and no address stands here.
create table app.tries (
	key text not null,
	tries integer not null default 0,
	since timestamptz not null default now(),
	blocked_until timestamptz,
	constraint tries_pkey primary key (key)
);

alter table app.credentials enable row level security;
alter table app.known_devices enable row level security;
alter table app.limits enable row level security;
alter table app.tries enable row level security;
-- No grants and no policies: only the functions below touch them.

-- Counts a try under each key, before it is judged, so that many at once gain nothing. When any of them
-- has to wait, none is counted. Answers the seconds to wait, 0 when the try may go on.
create function app.begin_try(p_keys text[]) returns integer
language plpgsql volatile set search_path = '' as $$
declare
	until timestamptz;
begin
	insert into app.tries (key) select k from unnest(p_keys) k order by k on conflict do nothing;
	-- In one order, so that two tries never wait for each other.
	perform from app.tries t where t.key = any (p_keys) order by t.key for update;
	select max(t.blocked_until) into until from app.tries t where t.key = any (p_keys) and t.blocked_until > now();
	if until is not null then
		return ceil(extract(epoch from until - now()));
	end if;
	update app.tries t set
		tries = case when t.since < now() - l.within then 1 else t.tries + 1 end,
		since = case when t.since < now() - l.within then now() else t.since end
	from app.limits l
	where t.key = any (p_keys) and l.kind = split_part(t.key, ':', 1);
	update app.tries t set blocked_until = now() + least(l.longest_wait, l.first_wait * power(2, least(t.tries - l.free, 20)))
	from app.limits l
	where t.key = any (p_keys) and l.kind = split_part(t.key, ':', 1) and t.tries >= l.free;
	return 0;
end $$;

-- The try was right: it does not count, and the account starts anew.
create function app.forgive_try(p_keys text[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
	perform from app.tries t where t.key = any (p_keys) order by t.key for update;
	update app.tries t set
		tries = case when l.kind in ('account', 'known') then 0 else greatest(t.tries - 1, 0) end,
		blocked_until = case when l.kind not in ('account', 'known') and t.tries - 1 >= l.free then t.blocked_until end
	from app.limits l
	where t.key = any (p_keys) and l.kind = split_part(t.key, ':', 1);
end $$;

create function app.plain_sign_in_name(p_name text) returns text
language sql immutable set search_path = '' as $$
	select app.fold(trim(coalesce(p_name, '')))
$$;

create function app.sign_in_name_of(p_person_id uuid) returns text
language sql stable set search_path = '' as $$
	select c.sign_in_name from app.credentials c where c.person_id = p_person_id
$$;

create function app.keep_password(p_city_id text, p_person_id uuid, p_sign_in_name text, p_password_hash text) returns void
language plpgsql volatile set search_path = '' as $$
begin
	if app.plain_sign_in_name(p_sign_in_name) !~ '^[a-z0-9][a-z0-9._@+-]{2,79}$' then
		perform app.invalid('bad_value', 'sign_in_name');
	end if;
	insert into app.credentials (city_id, person_id, sign_in_name, password_hash)
	values (p_city_id, p_person_id, app.plain_sign_in_name(p_sign_in_name), p_password_hash)
	on conflict on constraint credentials_pkey do update
		set sign_in_name = excluded.sign_in_name, password_hash = excluded.password_hash, changed_at = now();
	delete from app.known_devices d where d.city_id = p_city_id and d.person_id = p_person_id;
	perform app.note_act(p_city_id, p_person_id, 'set_password', 'person', p_person_id, null, array['password']);
end $$;

-- The keys under which a try is counted. From a known device it is counted under that device alone.
create function app.keys_of_try(p_name text, p_address text, p_device_hash text) returns text[]
language sql stable set search_path = '' as $$
	select case when exists (
		select from app.credentials c
		join app.known_devices d on d.city_id = c.city_id and d.person_id = c.person_id
		where c.sign_in_name = app.plain_sign_in_name(p_name) and d.device_hash = p_device_hash
			and d.last_used_at > now() - interval '180 days')
	then array['known:' || encode(sha256((p_device_hash || app.plain_sign_in_name(p_name))::bytea), 'hex')]
	else array[
		'account:' || encode(sha256(app.plain_sign_in_name(p_name)::bytea), 'hex'),
		'address:' || p_address, 'overall:']
	end
$$;

-- Before a password is compared: { wait } in seconds, or { password_hash, person_id }, both null when
-- nobody signs in by this name; the web server then compares with a hash of nobody's, which takes as long.
create function app.sign_in_begin(p_name text, p_address text, p_device_hash text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	seconds constant integer := app.begin_try(app.keys_of_try(p_name, p_address, p_device_hash));
	c record;
begin
	if seconds > 0 then
		return jsonb_build_object('wait', seconds);
	end if;
	select k.person_id, k.password_hash into c
	from app.credentials k
	join app.people p on p.city_id = k.city_id and p.person_id = k.person_id and p.disabled_at is null
	where k.sign_in_name = app.plain_sign_in_name(p_name) and exists (
		select from app.memberships m join app.roles r on r.role = m.role and r.signs_in = 'password'
		where m.city_id = k.city_id and m.person_id = k.person_id and m.from_day <= app.today() and m.to_day > app.today());
	return jsonb_build_object('wait', 0, 'person_id', c.person_id, 'password_hash', c.password_hash);
end $$;

-- The password was right: a session, and a device that is known from now on.
create function app.sign_in_end(
	p_name text, p_address text, p_known_hash text, p_person_id uuid, p_password_hash text,
	p_session_hash text, p_sid uuid, p_label text, p_device_hash text
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	c app.credentials;
begin
	-- Whatever happened while it was compared: the password that was compared must still be the one.
	select * into c from app.credentials k where k.person_id = p_person_id and k.password_hash = p_password_hash for share;
	if c.person_id is null then
		return null;
	end if;
	perform app.forgive_try(app.keys_of_try(p_name, p_address, p_known_hash));
	insert into app.sessions (session_hash, sid, city_id, person_id, kind, label, expires_at)
	values (p_session_hash, p_sid, c.city_id, c.person_id, 'password', left(p_label, 60), now() + app.idle_time('password'));
	insert into app.known_devices (city_id, person_id, device_hash) values (c.city_id, c.person_id, p_device_hash)
	on conflict on constraint known_devices_pkey do update set last_used_at = now();
	perform app.note_act(c.city_id, c.person_id, 'sign_in', 'session', p_sid, null, '{}');
	return jsonb_build_object('person_id', c.person_id, 'home', (
		select r.home from app.memberships m join app.roles r on r.role = m.role and r.signs_in = 'password'
		where m.city_id = c.city_id and m.person_id = c.person_id and m.from_day <= app.today() and m.to_day > app.today()
		order by r.position limit 1));
end $$;

-- The name that the person of a live session signs in by; null when they do not.
create function app.sign_in_name_of_session(p_session_hash text) returns text
language sql stable security definer set search_path = '' as $$
	select c.sign_in_name from app.sessions s
	join app.credentials c on c.city_id = s.city_id and c.person_id = s.person_id
	join app.people p on p.city_id = s.city_id and p.person_id = s.person_id and p.disabled_at is null
	where s.session_hash = p_session_hash and app.is_live(s)
$$;

-- The password was given again in a session that is open.
create function app.sign_in_again(p_session_hash text, p_address text, p_known_hash text, p_password_hash text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	its_sid uuid;
begin
	update app.sessions s set signed_in_at = now()
	from app.credentials c
	where s.session_hash = p_session_hash and app.is_live(s) and s.kind = 'password'
		and c.city_id = s.city_id and c.person_id = s.person_id and c.password_hash = p_password_hash
	returning s.sid into its_sid;
	if its_sid is not null then
		perform app.forgive_try(app.keys_of_try(app.sign_in_name_of_session(p_session_hash), p_address, p_known_hash));
	end if;
	return to_jsonb(its_sid);
end $$;

create function app.begin_join(p_address text) returns integer
language sql volatile security definer set search_path = '' as $$
	select app.begin_try(array['join:' || p_address])
$$;
create function app.end_join(p_address text) returns void
language sql volatile security definer set search_path = '' as $$
	select app.forgive_try(array['join:' || p_address])
$$;

create function app.purge_tries() returns bigint
language sql volatile security definer set search_path = '' as $$
	with gone as (delete from app.tries t where t.since < now() - interval '2 days' returning 1)
	select count(*) from gone
$$;

create function api.server_sign_in_begin(sign_in_name text, address text, device_hash text) returns jsonb
language sql volatile set search_path = '' as $$
	select app.sign_in_begin(server_sign_in_begin.sign_in_name, server_sign_in_begin.address, server_sign_in_begin.device_hash)
$$;
create function api.server_sign_in_end(
	sign_in_name text, address text, known_hash text, person_id uuid, password_hash text,
	session_hash text, sid uuid, label text, device_hash text
) returns jsonb
language sql volatile set search_path = '' as $$
	select app.sign_in_end(server_sign_in_end.sign_in_name, server_sign_in_end.address, server_sign_in_end.known_hash,
		server_sign_in_end.person_id, server_sign_in_end.password_hash, server_sign_in_end.session_hash,
		server_sign_in_end.sid, server_sign_in_end.label, server_sign_in_end.device_hash)
$$;
create function api.server_sign_in_name(session_hash text) returns jsonb
language sql stable set search_path = '' as $$
	select to_jsonb(app.sign_in_name_of_session(server_sign_in_name.session_hash))
$$;
create function api.server_sign_in_again(session_hash text, address text, known_hash text, password_hash text) returns jsonb
language sql volatile set search_path = '' as $$
	select app.sign_in_again(server_sign_in_again.session_hash, server_sign_in_again.address,
		server_sign_in_again.known_hash, server_sign_in_again.password_hash)
$$;
create function api.server_join_begin(address text) returns jsonb
language sql volatile set search_path = '' as $$
	select to_jsonb(app.begin_join(server_join_begin.address))
$$;
create function api.server_join_end(address text) returns jsonb
language sql volatile set search_path = '' as $$
	select to_jsonb(app.end_join(server_join_end.address) is null)
$$;
create function api.server_tries_purge() returns jsonb
language sql volatile set search_path = '' as $$
	select to_jsonb(app.purge_tries())
$$;

revoke execute on all functions in schema app, api from public;
grant execute on function
	app.sign_in_begin(text, text, text), app.sign_in_end(text, text, text, uuid, text, text, uuid, text, text),
	app.sign_in_name_of_session(text), app.sign_in_again(text, text, text, text),
	app.begin_join(text), app.end_join(text), app.purge_tries(),
	api.server_sign_in_begin(text, text, text), api.server_sign_in_end(text, text, text, uuid, text, text, uuid, text, text),
	api.server_sign_in_name(text), api.server_sign_in_again(text, text, text, text),
	api.server_join_begin(text), api.server_join_end(text), api.server_tries_purge()
	to app_server;
