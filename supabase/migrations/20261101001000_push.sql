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

-- What was said of this change before, for a resend: the same refusal, or "duplicate" with its number.
create function app.verdict_again(c app.changes) returns jsonb
language sql immutable set search_path = '' as $$
	select case
		when c.seq is null then app.verdict(c.change_id::text, c.verdict, c.code, c.field)
		else app.verdict(c.change_id::text, 'duplicate', p_seq => c.seq, p_fields => c.overlap, p_was => c.verdict)
	end
$$;

-- The first field whose value does not even have the right type.
create function app.bad_field(p_kind text, p_fields jsonb) returns text
language plpgsql stable set search_path = '' as $$
declare
	one jsonb;
	name text;
begin
	for name in select k from jsonb_object_keys(p_fields) k order by k loop
		one := jsonb_build_object(name, p_fields -> name);
		begin
			case p_kind
				when 'household' then perform jsonb_populate_record(null::app.households, one);
				when 'visit' then perform jsonb_populate_record(null::app.visits, one);
				when 'signup' then perform jsonb_populate_record(null::app.signups, one);
				when 'training' then perform jsonb_populate_record(null::app.trainings, one);
			end case;
		exception when data_exception then
			return name;
		end;
	end loop;
	return null;
end $$;

-- A change whose shape cannot be read at all, as the name of what is wrong; null when it can.
create function app.misshapen(c jsonb) returns text
language sql immutable set search_path = '' as $$
	select case
		when jsonb_typeof(c) <> 'object' then 'change'
		when app.uuid_or_null(c ->> 'change_id') is null then 'change_id'
		when app.uuid_or_null(c ->> 'record_id') is null then 'record_id'
		when app.uuid_or_null(c ->> 'group_id') is null then 'group_id'
		when jsonb_typeof(c -> 'fields') is distinct from 'object' then 'fields'
		when length((c -> 'fields')::text) > 20000 then 'fields'
		when coalesce(c ->> 'base', '0') !~ '^[0-9]{1,18}$' then 'base'
		when coalesce(c ->> 'at', '') !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,15}Z$' then 'at'
	end
$$;

-- A day that cannot be: ahead of today, or older than the 400 days a phone could have been away.
create function app.check_day(p_day date) returns void
language plpgsql stable set search_path = '' as $$
begin
	if p_day > app.today() then
		perform app.invalid('date_in_future', 'day');
	elsif p_day < app.today() - 400 then
		perform app.invalid('date_too_old', 'day');
	end if;
end $$;

create function app.check_household(p_city_id text, p_group_id uuid, p_household_id uuid) returns void
language plpgsql stable set search_path = '' as $$
declare
	its_group uuid;
begin
	select h.group_id into its_group from app.households h where h.city_id = p_city_id and h.id = p_household_id;
	if its_group is null then
		perform app.invalid('unknown_household', 'household_id');
	elsif its_group <> p_group_id then
		perform app.invalid('household_of_another_group', 'household_id');
	end if;
end $$;

-- Apply one change to its record under the next number. Raises when a rule refuses it: the caller
-- holds the group's lock and a savepoint.
create function app.apply_change(p_city_id text, p_author_id uuid, c jsonb, p_seq bigint) returns app.changes
language plpgsql volatile set search_path = '' as $$
declare
	done app.changes;
	sent jsonb := (c -> 'fields') - 'reason';
	known jsonb;
	was jsonb;
	becomes jsonb;
begin
	done.city_id := p_city_id;
	done.change_id := c ->> 'change_id';
	done.group_id := c ->> 'group_id';
	done.kind := c ->> 'kind';
	done.record_id := c ->> 'record_id';
	done.author_id := p_author_id;
	done.base := c ->> 'base';
	done.fields := c -> 'fields';
	done.at := least((c ->> 'at')::timestamptz, now());
	done.received_at := now();

	was := app.record(done.kind, p_city_id, done.record_id);
	if was is not null and was ->> 'group_id' <> done.group_id::text then
		perform app.invalid('record_of_another_group', 'group_id');
	end if;
	if (was ->> 'discarded')::boolean and not sent ? 'discarded' then
		done.verdict := 'discarded';
		return done;
	end if;

	select coalesce(jsonb_object_agg(s.key, s.value), '{}') into known
	from jsonb_each(sent) s
	where s.key = 'discarded' or exists (select from app.record_fields f where f.kind = done.kind and f.field = s.key);

	becomes := coalesce(was, app.initial_fields(done.kind) || jsonb_build_object(
		'city_id', p_city_id, 'id', done.record_id, 'group_id', done.group_id,
		'author_id', p_author_id, 'recorded_at', done.at));
	done.earlier := (select jsonb_object_agg(k.key, was -> k.key) from jsonb_object_keys(known) k(key) where was is not null);
	becomes := becomes || known || jsonb_build_object(
		'seq', p_seq,
		'extra', (becomes -> 'extra') || (sent - array(select jsonb_object_keys(known))));

	if known ? 'day' then
		perform app.check_day((known ->> 'day')::date);
	end if;
	if known ->> 'household_id' is not null then
		perform app.check_household(p_city_id, done.group_id, (known ->> 'household_id')::uuid);
	end if;

	case done.kind
		when 'household' then perform app.write_household(jsonb_populate_record(null::app.households, becomes));
		when 'visit' then perform app.write_visit(jsonb_populate_record(null::app.visits, becomes));
		when 'signup' then perform app.write_signup(jsonb_populate_record(null::app.signups, becomes));
		when 'training' then perform app.write_training(jsonb_populate_record(null::app.trainings, becomes));
		else perform app.invalid('unknown_kind', 'kind');
	end case;

	done.seq := p_seq;
	if was is not null then
		done.overlap := array(
			select distinct k.key
			from app.changes h cross join lateral jsonb_object_keys(h.fields) k(key)
			where h.city_id = p_city_id and h.record_id = done.record_id
				and h.seq > coalesce(done.base, 0) and h.author_id <> p_author_id and known ? k.key
			order by 1);
	end if;
	done.verdict := case when cardinality(done.overlap) > 0 then 'merged' else 'applied' end;
	return done;
end $$;

-- A rule's name says field and code: <table>_<field>_<code>. A rule named otherwise is a bug of ours
-- and passes as bad_value without a field.
create function app.problem_of(rule text, out code text, out field text)
language sql immutable set search_path = '' as $$
	select
		case m[3] when 'id_number' then 'id_number_in_note' else coalesce(m[3], 'bad_value') end,
		m[2]
	from (select regexp_match(rule, '^([a-z]+)_([a-z_]+?)_(missing|too_long|out_of_range|id_number)$') as m) named
$$;

-- One change inside its own savepoint: whatever a rule says becomes a verdict, and nothing of a
-- refused change remains. Trouble that is not the change's fault (a deadlock, a timeout) passes
-- through, and the whole push is sent again.
create function app.judge_change(p_city_id text, p_author_id uuid, c jsonb, p_seq bigint) returns app.changes
language plpgsql volatile set search_path = '' as $$
declare
	done app.changes;
	rule text;
begin
	begin
		return app.apply_change(p_city_id, p_author_id, c, p_seq);
	exception
		when sqlstate 'TN001' then
			get stacked diagnostics done.code = message_text, done.field = column_name;
		when check_violation then
			get stacked diagnostics rule = constraint_name;
			select p.code, p.field into done.code, done.field from app.problem_of(rule) p;
		when not_null_violation then
			get stacked diagnostics done.field = column_name;
			done.code := 'missing';
		when numeric_value_out_of_range then
			done.code := 'out_of_range';
			done.field := app.bad_field(c ->> 'kind', c -> 'fields');
		when data_exception then
			done.code := 'bad_value';
			done.field := coalesce(app.bad_field(c ->> 'kind', c -> 'fields'), 'fields');
	end;
	done.verdict := 'invalid';
	done.change_id := c ->> 'change_id';
	done.group_id := c ->> 'group_id';
	done.record_id := c ->> 'record_id';
	done.kind := left(c ->> 'kind', 40);
	done.fields := c -> 'fields';
	return done;
end $$;

-- Keep a change with its verdict. Under a racing resend of the same change_id in another group the
-- first one stands.
create function app.keep_change(p_city_id text, p_author_id uuid, done app.changes) returns void
language plpgsql volatile set search_path = '' as $$
begin
	done.city_id := p_city_id;
	done.author_id := p_author_id;
	done.at := coalesce(done.at, now());
	done.received_at := now();
	done.fields := coalesce(done.fields, '{}');
	insert into app.changes select done.*;
end $$;

-- Every change of one group, in the order they were made, under the lock of the group's log.
create function app.push_group(p_city_id text, p_author_id uuid, p_group_id uuid, p_may boolean, p_changes jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	log app.group_logs;
	c jsonb;
	before app.changes;
	done app.changes;
	verdicts jsonb := '[]';
begin
	select * into log from app.group_logs l where l.city_id = p_city_id and l.group_id = p_group_id for update;
	for c in select e.c from jsonb_array_elements(p_changes) with ordinality e(c, n) order by e.n loop
		select * into before from app.changes h where h.city_id = p_city_id and h.change_id = (c ->> 'change_id')::uuid;
		if before.change_id is not null then
			verdicts := verdicts || case
				when before.author_id = p_author_id then app.verdict_again(before)
				else app.verdict(c ->> 'change_id', 'refused', 'not_your_change', 'change_id')
			end;
			continue;
		end if;
		done := null;
		if log.group_id is null or not p_may then
			done.change_id := c ->> 'change_id';
			done.group_id := p_group_id;
			done.verdict := 'refused';
			done.code := case when log.group_id is null then 'unknown_group' else 'not_your_group' end;
			done.field := 'group_id';
		else
			done := app.judge_change(p_city_id, p_author_id, c, log.last_seq + 1);
		end if;
		perform app.keep_change(p_city_id, p_author_id, done);
		if done.seq is not null then
			log.last_seq := done.seq;
			log.last_change_id := done.change_id;
		end if;
		verdicts := verdicts || app.verdict(done.change_id::text, done.verdict, done.code, done.field, nullif(done.overlap, '{}'), done.seq);
	end loop;
	if log.group_id is not null then
		update app.group_logs l set last_seq = log.last_seq, last_change_id = log.last_change_id
		where l.city_id = p_city_id and l.group_id = p_group_id and l.last_seq < log.last_seq;
	end if;
	return verdicts;
end $$;

-- The changes of a push that can be read as objects; the others answered at once. json and not
-- jsonb at the door: a \u0000 in one change must not stop its neighbours.
create function app.readable_changes(p_changes json, out changes jsonb, out verdicts jsonb)
language plpgsql immutable set search_path = '' as $$
declare
	one json;
	c jsonb;
	wrong text;
begin
	changes := '[]';
	verdicts := '[]';
	for one in select e from json_array_elements(p_changes) e loop
		begin
			c := one::jsonb;
			wrong := app.misshapen(c);
		exception when data_exception then
			c := jsonb_build_object('change_id', substring(one::text from '"change_id"\s*:\s*"([0-9a-fA-F-]{36})"'));
			wrong := 'fields';
		end;
		if wrong is null then
			changes := changes || c;
		else
			verdicts := verdicts || app.verdict(c ->> 'change_id', 'invalid', 'bad_change', wrong);
		end if;
	end loop;
end $$;

create function app.note_device(p_city_id text, p_person_id uuid, p_device jsonb) returns void
language sql volatile set search_path = '' as $$
	insert into app.devices (city_id, device_id, person_id, app_version, waiting, oldest_at, storage_persisted)
	select p_city_id, app.uuid_or_null(p_device ->> 'device_id'), p_person_id, left(p_device ->> 'app_version', 40),
		case when p_device ->> 'waiting' ~ '^[0-9]{1,6}$' then (p_device ->> 'waiting')::integer end,
		case when p_device ->> 'oldest_at' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T' then now() end,
		(p_device ->> 'storage_persisted') = 'true'
	where app.uuid_or_null(p_device ->> 'device_id') is not null
	on conflict (city_id, device_id, person_id) do update set
		last_contact = now(), app_version = excluded.app_version, waiting = excluded.waiting,
		oldest_at = excluded.oldest_at, storage_persisted = excluded.storage_persisted
$$;

-- security definer: nobody holds a write grant on the tables of records; this is the one way in.
create function app.push(p_device jsonb, p_changes json) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	me record;
	mine uuid[];
	batch record;
	readable record;
	verdicts jsonb;
begin
	select * into me from app.live_person();
	if me.person_id is null then
		raise insufficient_privilege using message = 'the session has ended';
	end if;
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
		select (e.c ->> 'group_id')::uuid as group_id, jsonb_agg(e.c order by e.n) as changes
		from jsonb_array_elements(readable.changes) with ordinality e(c, n)
		group by 1 order by 1
	loop
		verdicts := verdicts || app.push_group(me.city_id, me.person_id, batch.group_id, batch.group_id = any (mine), batch.changes);
	end loop;
	perform app.note_device(me.city_id, me.person_id, p_device);
	return verdicts;
end $$;

create function app.check_protocol(protocol integer) returns void
language plpgsql immutable set search_path = '' as $$
begin
	if protocol is distinct from 1 then
		raise sqlstate 'PT426' using message = 'this app is too old or too new for the server', detail = 'protocol', hint = 'update the app; nothing on the phone is lost';
	end if;
end $$;

create function api.push(protocol integer, device jsonb, changes json) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
	perform app.check_protocol(protocol);
	return jsonb_build_object('verdicts', app.push(device, changes), 'server_time', now());
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.push(jsonb, json), app.check_protocol(integer), api.push(integer, jsonb, json) to authenticated;
