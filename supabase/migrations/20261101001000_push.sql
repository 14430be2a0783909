-- Receive changes, judge each by itself, number what was applied, answer a verdict for every one.
-- Separate statements on purpose: after the lock, a new statement sees what a racing resend did.

create function app.verdict(
	p_change_id text, p_verdict text, p_code text default null, p_field text default null,
	p_fields text[] default null, p_seq bigint default null, p_was text default null
) returns jsonb
language sql immutable set search_path = '' as $$
	select jsonb_strip_nulls(jsonb_build_object(
		'change_id', p_change_id, 'verdict', p_verdict, 'code', p_code, 'field', p_field,
		'fields', to_jsonb(p_fields), 'seq', p_seq, 'was', p_was
	))
$$;

-- A verdict on a record that has left the group of its change names the group where it is: the phone
-- must not look for it among those of the old one.
create function app.with_place(p_verdict jsonb, c jsonb) returns jsonb
language sql immutable set search_path = '' as $$
	select case when c ? 'moved_from' and p_verdict ? 'seq' then p_verdict || jsonb_build_object('group_id', c -> 'group_id') else p_verdict end
$$;

-- What was said of this change before, for a resend by its author: "duplicate" with its number, or
-- the same refusal. To anybody else it says nothing.
create function app.verdict_again(p_change_id text, before app.changes, p_author_id uuid) returns jsonb
language sql immutable set search_path = '' as $$
	select case
		when before.author_id <> p_author_id then app.verdict(p_change_id, 'refused', 'not_your_change', 'change_id')
		when before.seq is null then app.verdict(p_change_id, before.verdict, before.code, before.field)
		else app.verdict(p_change_id, 'duplicate', p_seq => before.seq, p_fields => nullif(before.overlap, '{}'), p_was => before.verdict)
	end
$$;

create function app.stored_change(p_city_id text, p_change_id text) returns app.changes
language sql volatile set search_path = '' as $$
	select * from app.changes h where h.city_id = p_city_id and h.change_id = p_change_id::uuid
$$;

-- A change as it will be kept, before it is judged.
create function app.change_of(p_city_id text, p_author_id uuid, p_device_id uuid, c jsonb) returns app.changes
language plpgsql stable set search_path = '' as $$
declare
	done app.changes;
begin
	done.city_id := p_city_id;
	done.change_id := c ->> 'change_id';
	done.group_id := c ->> 'group_id';
	done.kind := c ->> 'kind';
	done.record_id := c ->> 'record_id';
	done.author_id := p_author_id;
	done.device_id := p_device_id;
	done.base := c ->> 'base';
	done.fields := c -> 'fields';
	done.at := least((c ->> 'at')::timestamptz, now());
	done.received_at := now();
	return done;
end $$;

create function app.refusal(done app.changes, p_code text) returns app.changes
language plpgsql volatile set search_path = '' as $$
begin
	done.verdict := 'refused';
	done.code := p_code;
	done.field := 'group_id';
	done.kind := (select max(f.kind) from app.record_fields f where f.kind = done.kind);
	done.fields := '{}';
	return coalesce(app.keep_change(done), done);
end $$;

-- Whether a change is work of a day on which the right was held: by its own clock, by the day that it
-- tells of, and on a record that was there by then: here, or on the same person's phone.
create function app.done_while_held(d app.changes, p_held datemultirange) returns boolean
language sql stable set search_path = '' as $$
	select p_held @> app.day_of(d.at)
		and (not app.is_day(coalesce(d.fields ->> 'day', '')) or p_held @> (d.fields ->> 'day')::date)
		and not exists (
			select from (
				select h.* from app.changes h
				where h.city_id = d.city_id and h.record_id = d.record_id and h.seq is not null
				order by h.received_at, h.seq limit 1
			) made
			where app.day_of(made.received_at) >= upper(p_held)
				and not (made.author_id = d.author_id and p_held @> app.day_of(made.at)))
$$;

-- Whether a change for something that has moved on is work of a day on which the right was held, done
-- before it moved: whoever wrote it could not know.
create function app.done_before_the_move(d app.changes, c jsonb) returns boolean
language sql stable set search_path = '' as $$
	select d.at <= (c ->> 'moved_at')::timestamptz
		and app.done_while_held(d, app.days_held(d.city_id, d.author_id, 'record', (c ->> 'moved_from')::uuid))
$$;

-- One change of one group, after those before it. `log` moves on when it gets a number. Where the
-- right has gone, work of a day on which it was held is still taken.
create function app.push_one(
	p_city_id text, p_author_id uuid, p_device_id uuid, p_may boolean, p_held datemultirange, c jsonb,
	inout log app.group_logs, out verdict jsonb
)
language plpgsql volatile set search_path = '' as $$
declare
	change_id constant text := c ->> 'change_id';
	before app.changes := app.stored_change(p_city_id, change_id);
	done app.changes;
begin
	-- A refusal was about a right, and rights come back.
	if before.change_id is not null and not (before.verdict = 'refused' and before.author_id = p_author_id) then
		verdict := app.with_place(app.verdict_again(change_id, before, p_author_id), c);
		return;
	end if;
	done := app.change_of(p_city_id, p_author_id, p_device_id, c);
	if p_may or app.done_while_held(done, p_held) or app.done_before_the_move(done, c) then
		done := app.judge_change(done, (c -> 'fields') - 'reason', log.last_seq + 1);
	elsif c ? 'moved_from' then
		done := app.refusal(done, 'household_moved');
	elsif exists (select from app.units u where u.city_id = p_city_id and u.unit_id = done.group_id and u.level = 'group') then
		done := app.refusal(done, 'not_your_group');
	else
		done := app.refusal(done, 'unknown_group');
	end if;
	if done.change_id is null then
		verdict := app.with_place(app.verdict_again(change_id, app.stored_change(p_city_id, change_id), p_author_id), c);
		return;
	end if;
	if done.seq is not null then
		log.last_seq := done.seq;
		log.last_change_id := done.change_id;
		if c ? 'moved_from' then
			perform app.note_departure(done, c);
		end if;
	end if;
	verdict := app.with_place(app.verdict(change_id, done.verdict, done.code, done.field, nullif(done.overlap, '{}'), done.seq), c);
end $$;

-- A run of fresh changes at once; when a rule objects, half of it and the other half, so that one
-- bad change costs its neighbours little and never their place.
create function app.push_run(
	p_city_id text, p_author_id uuid, p_device_id uuid, p_changes jsonb, inout log app.group_logs, out verdicts jsonb
)
language plpgsql volatile set search_path = '' as $$
declare
	half constant integer := jsonb_array_length(p_changes) / 2;
	part jsonb;
	one record;
begin
	verdicts := app.apply_run(p_city_id, p_author_id, p_device_id, log.group_id, p_changes, log.last_seq);
	if verdicts is not null then
		log.last_seq := log.last_seq + jsonb_array_length(verdicts);
		log.last_change_id := verdicts -> -1 ->> 'change_id';
		return;
	elsif half = 0 then
		one := app.push_one(p_city_id, p_author_id, p_device_id, true, '{}', p_changes -> 0, log);
		log := one.log;
		verdicts := jsonb_build_array(one.verdict);
		return;
	end if;
	verdicts := '[]';
	for part in
		select jsonb_agg(e.c order by e.n) from jsonb_array_elements(p_changes) with ordinality e(c, n)
		group by e.n > half order by e.n > half
	loop
		one := app.push_run(p_city_id, p_author_id, p_device_id, part, log);
		log := one.log;
		verdicts := verdicts || one.verdicts;
	end loop;
end $$;

-- Every change of one group, in the order they were made, under the lock of the group's log.
create function app.push_group(
	p_city_id text, p_author_id uuid, p_device_id uuid, p_group_id uuid, p_may boolean, p_changes jsonb
) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	log app.group_logs;
	run record;
	c jsonb;
	one record;
	held datemultirange := '{}';
	verdicts jsonb := '[]';
begin
	if not p_may then
		held := app.days_held(p_city_id, p_author_id, 'record', p_group_id);
	end if;
	if p_may or not isempty(held) or p_changes @? '$[*].moved_from' then
		insert into app.group_logs (city_id, group_id) values (p_city_id, p_group_id) on conflict do nothing;
		select * into log from app.group_logs l where l.city_id = p_city_id and l.group_id = p_group_id for update;
		-- What has moved on meanwhile gets no verdict: the phone keeps it and sends it again.
		p_changes := app.still_here(p_city_id, p_changes);
	end if;
	for run in select r.fresh, r.changes from app.runs_of(p_city_id, p_changes) r loop
		if p_may and run.fresh then
			one := app.push_run(p_city_id, p_author_id, p_device_id, run.changes, log);
			log := one.log;
			verdicts := verdicts || one.verdicts;
			continue;
		end if;
		for c in select e.c from jsonb_array_elements(run.changes) with ordinality e(c, n) order by e.n loop
			one := app.push_one(p_city_id, p_author_id, p_device_id, p_may, held, c, log);
			log := one.log;
			verdicts := verdicts || one.verdict;
		end loop;
	end loop;
	update app.group_logs l set last_seq = log.last_seq, last_change_id = log.last_change_id
	where l.city_id = p_city_id and l.group_id = p_group_id and l.last_seq < log.last_seq;
	return verdicts;
end $$;

-- What a phone says of itself; what cannot be read of it is left out.
create function app.note_device(p_city_id text, p_person_id uuid, p_device jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
	insert into app.devices (city_id, device_id, person_id, app_version, waiting, oldest_at, storage_persisted, clock_ahead_s)
	select p_city_id, app.uuid_or_null(p_device ->> 'device_id'), p_person_id, left(p_device ->> 'app_version', 40),
		case when p_device ->> 'waiting' ~ '^[0-9]{1,9}$' then (p_device ->> 'waiting')::integer end,
		case when app.is_moment(p_device ->> 'oldest_at') then least((p_device ->> 'oldest_at')::timestamptz, now()) end,
		case jsonb_typeof(p_device -> 'storage_persisted') when 'boolean' then (p_device ->> 'storage_persisted')::boolean end,
		case when app.is_moment(p_device ->> 'now') then extract(epoch from (p_device ->> 'now')::timestamptz - now())::bigint end
	where app.uuid_or_null(p_device ->> 'device_id') is not null
	on conflict (city_id, device_id, person_id) do update set
		last_contact = now(), app_version = excluded.app_version, waiting = excluded.waiting,
		oldest_at = excluded.oldest_at, storage_persisted = excluded.storage_persisted,
		clock_ahead_s = excluded.clock_ahead_s;
end $$;

-- security definer: nobody holds a write grant on the tables of records; this is the one way in.
create function app.push(p_device json, p_changes json) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	me record;
	device jsonb := app.readable_device(p_device);
	mine uuid[];
	batch record;
	readable record;
	verdicts jsonb;
begin
	perform app.require_session();
	select * into me from app.live_person();
	if json_typeof(p_changes) is distinct from 'array' then
		raise sqlstate 'PT400' using message = 'changes must be an array', detail = 'changes';
	elsif json_array_length(p_changes) > 500 then
		raise sqlstate 'PT413' using message = 'at most 500 changes in one push', detail = 'changes';
	end if;
	mine := array(select app.my_group_ids('record'));
	select * into readable from app.readable_changes(p_changes);
	verdicts := readable.verdicts;
	-- Groups in sorted order, so that two pushes never wait for each other in a ring.
	for batch in
		select p.group_id, jsonb_agg(p.change order by p.n) as changes
		from app.placed(me.city_id, readable.changes) p
		group by 1 order by 1
	loop
		verdicts := verdicts || app.push_group(
			me.city_id, me.person_id, app.uuid_or_null(device ->> 'device_id'),
			batch.group_id, batch.group_id = any (mine), batch.changes);
	end loop;
	perform app.note_device(me.city_id, me.person_id, device);
	return verdicts;
end $$;

-- The server speaks the current protocol and the two before it, so that a phone that was away for long
-- can hand in what it holds.
create function app.check_protocol(protocol integer) returns void
language plpgsql immutable set search_path = '' as $$
declare
	newest constant integer := 1;
begin
	if protocol is null or protocol not between greatest(1, newest - 2) and newest then
		raise sqlstate 'PT426' using message = 'this app is too old or too new for the server', detail = 'protocol',
			hint = 'update the app; nothing on the phone is lost';
	end if;
end $$;

create function api.push(protocol integer, device json, changes json) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
	perform app.check_protocol(protocol);
	return jsonb_build_object('verdicts', app.push(device, changes), 'server_time', now());
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.push(json, json), app.check_protocol(integer), api.push(integer, json, json) to authenticated;
