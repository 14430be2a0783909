-- Many new records at once. Most of what a phone sends is new and as it should be. Such a run is
-- written in a few statements; when a rule objects to any of it, nothing of the run stays and it is
-- parted, down to the one change, which goes through judge_change. So the rules and the verdicts
-- are the same, and only the way there is shorter.

-- A list of changes in runs: neighbours that are all fresh (a new record, nothing known of the
-- change), or all not.
create function app.runs_of(p_city_id text, p_changes jsonb) returns table (fresh boolean, changes jsonb)
language plpgsql stable set search_path = '' as $$
begin
	return query
	with sent as (
		select e.n, e.c, e.c ->> 'base' is null and not e.c ? 'moved_from' and known.it is null as fresh
		from jsonb_array_elements(p_changes) with ordinality e(c, n)
		-- Looked up one by one: as a plain "not exists" the whole log was read for every push.
		left join lateral (
			select true as it from app.changes h where h.city_id = p_city_id and h.change_id = (e.c ->> 'change_id')::uuid limit 1
		) known on true
	), parted as (
		select s.*, s.n - row_number() over (partition by s.fresh order by s.n) as run from sent s
	)
	select p.fresh, jsonb_agg(p.c order by p.n) from parted p group by p.fresh, p.run order by min(p.n);
end $$;

-- What new records of a kind begin with.
create function app.blank_record(p_kind text, p_city_id text, p_group_id uuid, p_author_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.initial_fields(p_kind) || jsonb_build_object('city_id', p_city_id, 'group_id', p_group_id, 'author_id', p_author_id);
end $$;

-- The new records of one kind in a run: all that the server knows of each, then what the phone said.
-- A field that we do not know, or a day that cannot be, leaves a record out: the counts then differ.
create function app.new_records(p_kind text, p_changes jsonb, p_last_seq bigint)
returns table (given jsonb, said jsonb)
language plpgsql stable set search_path = '' as $$
declare
	-- Asked once: a call per change would cost more than the change.
	-- What is not everybody's to set is judged one by one.
	names constant text[] := array(select f.field from app.record_fields f where f.kind = p_kind and f.verb is null);
	dated constant text[] := array(select f.field from app.record_fields f where f.kind = p_kind and f.dated);
	newest constant text := app.today();
	oldest constant text := app.today() - 400;
begin
	return query
	select
		jsonb_build_object('id', e.c -> 'record_id', 'seq', p_last_seq + e.n,
			'recorded_at', greatest(least((e.c ->> 'at')::timestamptz, now()), now() - interval '400 days'),
			'said_on', case when e.c -> 'fields' ?| dated
				then app.said_on('{}', p_kind, e.c -> 'fields', app.day_of(least((e.c ->> 'at')::timestamptz, now()))) else '{}' end),
		e.c -> 'fields'
	from jsonb_array_elements(p_changes) with ordinality e(c, n)
	where e.c ->> 'kind' = p_kind and (e.c -> 'fields') - names = '{}'
		and coalesce(e.c -> 'fields' ->> 'day', newest) between oldest and newest
		-- "2026-11-14 BC" lies between them too.
		and coalesce(e.c -> 'fields' ->> 'day', newest) !~ '[^0-9-]'
		and coalesce(e.c -> 'fields' ->> 'follow_up_on', newest) !~ '[^0-9-]';
end $$;

-- Each writes the new records of one kind and answers how many. What comes back out of the typed row
-- must hold what was sent: a number sent as a text, or 1.5 people, is not for this way. (`offset 0`
-- has each row made once and not once per column.)
create function app.add_households(p_blank app.households, p_changes jsonb, p_last_seq bigint, out written bigint)
language plpgsql volatile set search_path = '' as $$
begin
	insert into app.households
	select (m.r).*
	from (
		select jsonb_populate_record(p_blank, n.said || n.given) as r, n.said from app.new_records('household', p_changes, p_last_seq) n offset 0
	) m
	where to_jsonb(m.r) @> m.said;
	get diagnostics written = row_count;
end $$;

create function app.add_visits(p_blank app.visits, p_changes jsonb, p_last_seq bigint, out written bigint)
language plpgsql volatile set search_path = '' as $$
begin
	insert into app.visits
	select (m.r).*
	from (
		select jsonb_populate_record(p_blank, n.said || n.given) as r, n.said from app.new_records('visit', p_changes, p_last_seq) n offset 0
	) m
	where to_jsonb(m.r) @> m.said;
	get diagnostics written = row_count;
end $$;

create function app.add_signups(p_blank app.signups, p_changes jsonb, p_last_seq bigint, out written bigint)
language plpgsql volatile set search_path = '' as $$
begin
	insert into app.signups
	select (m.r).*
	from (
		select jsonb_populate_record(p_blank, n.said || n.given) as r, n.said from app.new_records('signup', p_changes, p_last_seq) n offset 0
	) m
	where to_jsonb(m.r) @> m.said;
	get diagnostics written = row_count;
end $$;

create function app.add_trainings(p_blank app.trainings, p_changes jsonb, p_last_seq bigint, out written bigint)
language plpgsql volatile set search_path = '' as $$
begin
	insert into app.trainings
	select (m.r).*
	from (
		select jsonb_populate_record(p_blank, n.said || n.given) as r, n.said from app.new_records('training', p_changes, p_last_seq) n offset 0
	) m
	where to_jsonb(m.r) @> m.said
		-- A household that is named twice or is not of the group is taken out one by one.
		and cardinality((m.r).household_ids) = (
			select count(distinct i.id) from unnest((m.r).household_ids) i(id)
			join app.households h on h.city_id = p_blank.city_id and h.id = i.id and h.group_id = p_blank.group_id);
	get diagnostics written = row_count;
end $$;

-- Whether something in a run stands before the household it was done in: judged alone it would be
-- refused, so a run must not take it.
create function app.ahead_of_its_household(p_changes jsonb) returns boolean
language plpgsql stable set search_path = '' as $$
begin
	return exists (
		select from jsonb_array_elements(p_changes) with ordinality home(c, n)
		join jsonb_array_elements(p_changes) with ordinality done(c, n)
			on done.n < home.n and (done.c -> 'fields' ->> 'household_id' = home.c ->> 'record_id'
				or done.c -> 'fields' -> 'household_ids' ? (home.c ->> 'record_id'))
		where home.c ->> 'kind' = 'household');
end $$;

-- Writes a fresh run under the numbers after p_last_seq; null, and nothing written, when any rule
-- objects. The caller holds the lock of the group's log.
create function app.apply_run(
	p_city_id text, p_author_id uuid, p_device_id uuid, p_group_id uuid, p_changes jsonb, p_last_seq bigint
) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	kind text;
	blank jsonb;
	written bigint := 0;
begin
	-- What is of a closed month is asked for one by one.
	if app.is_closed(p_city_id, p_group_id, array(select e -> 'fields' ->> 'day' from jsonb_array_elements(p_changes) e)) then
		return null;
	end if;
	-- Households first: what was done at a door may stand in the same run as its household. Requests for
	-- help, goals and thank-yous are few, and have no such way: a run that holds one is parted down to it.
	for kind in
		select k.kind from unnest(array['household', 'visit', 'signup', 'training']) with ordinality k(kind, n)
		where k.kind in (select e ->> 'kind' from jsonb_array_elements(p_changes) e) order by k.n
	loop
		blank := app.blank_record(kind, p_city_id, p_group_id, p_author_id);
		written := written + case kind
			when 'household' then app.add_households(jsonb_populate_record(null::app.households, blank), p_changes, p_last_seq)
			when 'visit' then app.add_visits(jsonb_populate_record(null::app.visits, blank), p_changes, p_last_seq)
			when 'signup' then app.add_signups(jsonb_populate_record(null::app.signups, blank), p_changes, p_last_seq)
			else app.add_trainings(jsonb_populate_record(null::app.trainings, blank), p_changes, p_last_seq)
		end;
	end loop;
	if written <> jsonb_array_length(p_changes) or app.ahead_of_its_household(p_changes) then
		raise data_exception;
	end if;
	insert into app.changes
		(city_id, change_id, group_id, seq, kind, record_id, author_id, device_id, fields, at, verdict)
	select p_city_id, (e.c ->> 'change_id')::uuid, p_group_id, p_last_seq + e.n, e.c ->> 'kind', (e.c ->> 'record_id')::uuid,
		p_author_id, p_device_id, e.c -> 'fields', least((e.c ->> 'at')::timestamptz, now()), 'applied'
	from jsonb_array_elements(p_changes) with ordinality e(c, n);
	-- An id names one record, of whatever kind.
	if exists (
		select from jsonb_array_elements(p_changes) e
		cross join lateral (
			select from app.changes h
			where h.city_id = p_city_id and h.record_id = (e ->> 'record_id')::uuid and h.seq is not null
				and (h.kind, h.group_id) <> (e ->> 'kind', p_group_id)
			limit 1
		) other) then
		raise data_exception;
	end if;
	return (
		select jsonb_agg(jsonb_build_object('change_id', e.c -> 'change_id', 'verdict', 'applied', 'seq', p_last_seq + e.n) order by e.n)
		from jsonb_array_elements(p_changes) with ordinality e(c, n));
exception when integrity_constraint_violation or data_exception or program_limit_exceeded then
	return null;
end $$;

revoke execute on all functions in schema app from public;
