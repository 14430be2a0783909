-- Work that no session can send any more: a way in that only takes. A phone makes a key of its own
-- while somebody is signed in on it; what it signs can be handed in later by that phone, by another
-- one or by an officer, and is credited to the person of the key (docs/decisions/009-hand-in.md).

create table app.hand_in_keys (
	city_id text not null,
	key_id uuid not null,
	person_id uuid not null,
	sid uuid,
	device_id uuid,
	public_key text not null,
	made_at timestamptz not null default now(),
	seen_at timestamptz not null default now(),
	replaced_at timestamptz,
	blocked_at timestamptz,
	constraint hand_in_keys_pkey primary key (key_id),
	constraint hand_in_keys_person foreign key (city_id, person_id) references app.people (city_id, person_id),
	constraint hand_in_keys_public_key_is_p256 check (public_key ~ '^B[A-Za-z0-9_-]{86}$')
);
create index hand_in_keys_by_person on app.hand_in_keys (city_id, person_id);
create index hand_in_keys_by_session on app.hand_in_keys (sid);

comment on table app.hand_in_keys is 'Public halves alone; the other half never leaves its phone.';
comment on column app.hand_in_keys.sid is 'The session in which the phone was last in use: who ends it from elsewhere takes the phone out of use.';
comment on column app.hand_in_keys.replaced_at is 'The phone is out of use: it hands in what it holds, and is then emptied.';
comment on column app.hand_in_keys.blocked_at is 'The phone is lost or stolen: nothing that it signs is taken any more.';

-- Who brought what, in numbers: the records themselves are in the log, under their author.
create table app.hand_ins (
	city_id text not null,
	bundle_id uuid not null,
	key_id uuid not null,
	carrier_id uuid,
	first_at timestamptz not null default now(),
	last_at timestamptz not null default now(),
	taken integer not null default 0,
	constraint hand_ins_pkey primary key (key_id, bundle_id),
	constraint hand_ins_key foreign key (key_id) references app.hand_in_keys (key_id)
);
create index hand_ins_by_time on app.hand_ins (key_id, first_at);

alter table app.hand_in_keys enable row level security;
alter table app.hand_ins enable row level security;
-- Neither has a policy or a grant: they are reached through the functions below alone.

-- Notes the key of the phone in hand; once more to say that it is still in use. A key stays with the
-- person who was signed in when it was made.
create function app.add_hand_in_key(p_key_id uuid, p_device_id uuid, p_public_key text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
	me record;
begin
	perform app.require_session();
	select * into me from app.live_person();
	if p_key_id is null or coalesce(p_public_key, '') !~ '^B[A-Za-z0-9_-]{86}$' then
		raise sqlstate 'PT400' using message = 'not a P-256 key', detail = 'public_key';
	elsif (select count(*) from app.hand_in_keys k
		where k.person_id = me.person_id and k.key_id <> p_key_id and k.made_at > now() - interval '30 days') >= 50 then
		raise sqlstate 'PT429' using message = 'too many keys in a month', detail = 'key_id';
	end if;
	insert into app.hand_in_keys as k (city_id, key_id, person_id, sid, device_id, public_key)
	values (me.city_id, p_key_id, me.person_id, app.uuid_or_null(app.claims() ->> 'sid'), p_device_id, p_public_key)
	on conflict (key_id) do update set seen_at = now(), sid = excluded.sid, replaced_at = null
	where k.person_id = excluded.person_id and k.public_key = excluded.public_key;
	if not found then
		raise sqlstate 'PT409' using message = 'this key is another one', detail = 'key_id';
	end if;
end $$;

create function api.add_hand_in_key(key_id uuid, device_id uuid, public_key text) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
	perform app.add_hand_in_key(key_id, device_id, public_key);
	return jsonb_build_object('key_id', key_id);
end $$;

-- Ends sessions from elsewhere and takes their phones out of use. Who signs out on the phone itself takes
-- nothing out of use: the work waits there for the next sign-in.
create function app.end_sessions(p_sids uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
	-- By their ids, as everybody who ends several at once.
	perform from app.sessions s where s.sid = any (p_sids) order by s.sid for no key update;
	update app.sessions s set ended_at = now() where s.sid = any (p_sids) and s.ended_at is null;
	perform from app.hand_in_keys k where k.sid = any (p_sids) order by k.key_id for no key update;
	update app.hand_in_keys k set replaced_at = now() where k.sid = any (p_sids) and k.replaced_at is null;
end $$;

-- A key that may hand in: known, not blocked, and renewed within the days whose work is still taken.
create function app.usable_key(p_key_id uuid) returns app.hand_in_keys
language sql stable set search_path = '' as $$
	select k.* from app.hand_in_keys k
	where k.key_id = p_key_id and k.blocked_at is null and k.seen_at > now() - interval '400 days'
$$;

-- The public half to verify with; null when nothing of this key is taken. security definer, as the one
-- below: the web server holds no grant on either table.
create function app.hand_in_key(p_key_id uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
	select jsonb_build_object('public_key', k.public_key, 'person_id', k.person_id)
	from app.usable_key(p_key_id) k where k.key_id is not null
$$;

-- Applies changes in the name of the person of the key, as a push would: with the rights of today, and
-- where they have gone, with those of the days of the work. Says nothing but verdicts.
create function app.hand_in(p_key_id uuid, p_bundle_id uuid, p_carrier_id uuid, p_changes json) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	key constant app.hand_in_keys := app.usable_key(p_key_id);
	disabled boolean;
	batch record;
	readable record;
	verdicts jsonb;
begin
	if key.key_id is null then
		raise sqlstate 'PT403' using message = 'nothing of this key is taken', detail = 'key_id';
	elsif p_bundle_id is null or json_typeof(p_changes) is distinct from 'array' then
		raise sqlstate 'PT400' using message = 'changes must be an array', detail = 'changes';
	elsif json_array_length(p_changes) > 500 then
		raise sqlstate 'PT413' using message = 'at most 500 changes at once', detail = 'changes';
	end if;
	select p.disabled_at is not null into disabled
	from app.people p where p.city_id = key.city_id and p.person_id = key.person_id;

	select * into readable from app.readable_changes(p_changes);
	verdicts := readable.verdicts;
	-- Groups in sorted order, as in a push: the two never wait for each other in a ring.
	for batch in
		select (e.c ->> 'group_id')::uuid as group_id, jsonb_agg(e.c order by e.n) as changes
		from jsonb_array_elements(readable.changes) with ordinality e(c, n)
		group by 1 order by 1
	loop
		verdicts := verdicts || app.push_group(
			key.city_id, key.person_id, key.device_id, batch.group_id,
			not disabled and app.days_held(key.city_id, key.person_id, 'record', batch.group_id) @> app.today(),
			batch.changes);
	end loop;
	if json_array_length(p_changes) > 0 then
		perform app.note_hand_in(key, p_bundle_id, p_carrier_id, verdicts);
	end if;
	return jsonb_build_object('verdicts', verdicts, 'ended', disabled or key.replaced_at is not null, 'server_time', now());
end $$;

-- At most 60 new bundles of a key in an hour: no phone makes so many, and each costs work.
create function app.note_hand_in(p_key app.hand_in_keys, p_bundle_id uuid, p_carrier_id uuid, p_verdicts jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
	insert into app.hand_ins as h (city_id, bundle_id, key_id, carrier_id, taken)
	select p_key.city_id, p_bundle_id, p_key.key_id, p.person_id,
		(select count(*) from jsonb_array_elements(p_verdicts) v where v ->> 'verdict' in ('applied', 'merged'))
	from (select) one left join app.people p on p.city_id = p_key.city_id and p.person_id = p_carrier_id
	on conflict (key_id, bundle_id) do update set last_at = now(), taken = h.taken + excluded.taken;
	if (select count(*) from app.hand_ins h where h.key_id = p_key.key_id and h.first_at > now() - interval '1 hour') > 60 then
		raise sqlstate 'PT429' using message = 'too many bundles in an hour', detail = 'bundle_id';
	end if;
end $$;

create function api.server_hand_in_key(key_id uuid) returns jsonb
language sql stable set search_path = '' as $$
	select app.hand_in_key(key_id)
$$;

create function api.server_hand_in(key_id uuid, bundle_id uuid, carrier_id uuid, changes json) returns jsonb
language sql volatile set search_path = '' as $$
	select app.hand_in(key_id, bundle_id, carrier_id, changes)
$$;

revoke execute on all functions in schema app, api from public;
grant execute on function
	app.add_hand_in_key(uuid, uuid, text), api.add_hand_in_key(uuid, uuid, text)
	to authenticated;
-- To the web server alone: it is who verifies the signature, which no function here could.
grant execute on function
	app.hand_in_key(uuid), app.hand_in(uuid, uuid, uuid, json),
	api.server_hand_in_key(uuid), api.server_hand_in(uuid, uuid, uuid, json)
	to app_server;
