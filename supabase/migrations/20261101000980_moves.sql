-- A household that moves to another group, with all that was done at its door. In its old group a
-- departure stays for each record (docs/decisions/008-a-household-moves.md): phones that hold only
-- that group let go of it, and what they still send for it finds its way.

create table app.departures (
	city_id text not null,
	group_id uuid not null,
	id uuid not null,
	kind text not null,
	seq bigint not null,
	household_id uuid not null,
	last_seq bigint not null,
	to_group_id uuid not null,
	arrived_seq bigint not null,
	moved_at timestamptz not null default now(),
	constraint departures_pkey primary key (city_id, group_id, id),
	constraint departures_group foreign key (city_id, group_id) references app.units (city_id, unit_id),
	constraint departures_household foreign key (city_id, household_id) references app.households (city_id, id)
);
comment on table app.departures is 'Records that a group no longer has: under which number they left, and which number each got where it arrived.';
comment on column app.departures.last_seq is 'The number of the last change in the old group: what a phone based on it has seen.';
create index departures_by_seq on app.departures (city_id, group_id, seq);

alter table app.departures enable row level security;
create policy "teams and officers read what left their groups" on app.departures for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_records')));
grant select on app.departures to authenticated;
-- No insert, update or delete for anybody: households move only through api.move_household.

-- Carries a household, what was merged into it, and the records of all of them over, each under a
-- number of its own in the new group. Requests for help go along with the door that they turned out to be
-- of: whoever asked waits there, and left behind they would show the old team nothing but a label. The caller holds the locks of both logs.
create function app.carry_over(p_city_id text, p_household_id uuid, p_from_id uuid, p_to_id uuid, p_left_seq bigint, p_last_seq bigint)
returns void
language plpgsql volatile set search_path = '' as $$
declare
	homes constant uuid[] := array(
		select h.id from app.households h where h.city_id = p_city_id and (h.id = p_household_id or h.merged_into = p_household_id));
begin
	-- What comes back to a group has not left it.
	delete from app.departures d where d.city_id = p_city_id and d.group_id = p_to_id and d.household_id = any (homes);
	insert into app.departures (city_id, group_id, id, kind, seq, household_id, last_seq, to_group_id, arrived_seq)
	select p_city_id, p_from_id, r.id, r.kind, p_left_seq, r.household_id, r.seq, p_to_id,
		p_last_seq + row_number() over (order by r.id <> p_household_id, r.position, r.seq)
	from (
		select h.id, 'household' as kind, h.seq, 1 as position, h.id as household_id from app.households h where h.city_id = p_city_id and h.id = any (homes)
		union all
		select v.id, 'visit', v.seq, 2, v.household_id from app.visits v where v.city_id = p_city_id and v.household_id = any (homes)
		union all
		select s.id, 'signup', s.seq, 3, s.household_id from app.signups s where s.city_id = p_city_id and s.household_id = any (homes)
		union all
		select q.id, 'request', q.seq, 4, q.household_id from app.requests q where q.city_id = p_city_id and q.household_id = any (homes)
			and q.group_id = p_from_id
	) r;
	set constraints app.visits_household, app.signups_household, app.households_merged deferred;
	update app.households h set group_id = p_to_id, seq = d.arrived_seq
	from app.departures d where d.city_id = p_city_id and d.group_id = p_from_id and d.id = h.id
		and h.city_id = p_city_id and h.id = any (homes);
	update app.visits v set group_id = p_to_id, seq = d.arrived_seq
	from app.departures d where d.city_id = p_city_id and d.group_id = p_from_id and d.id = v.id
		and v.city_id = p_city_id and v.household_id = any (homes);
	update app.signups s set group_id = p_to_id, seq = d.arrived_seq
	from app.departures d where d.city_id = p_city_id and d.group_id = p_from_id and d.id = s.id
		and s.city_id = p_city_id and s.household_id = any (homes);
	-- Who of the old team meant to go there does not any more; who has been there has been there.
	update app.requests q set group_id = p_to_id, seq = d.arrived_seq,
		taken_by = case when q.ended_as <> '' then q.taken_by end, taken_on = case when q.ended_as <> '' then q.taken_on end
	from app.departures d where d.city_id = p_city_id and d.group_id = p_from_id and d.id = q.id
		and q.city_id = p_city_id and q.household_id = any (homes);
	set constraints app.visits_household, app.signups_household, app.households_merged immediate;
end $$;

-- The move in both logs. It is the change itself where the household arrives; every other number has a
-- change that says nothing, because a cursor names a change.
create function app.log_move(done app.changes, p_from_id uuid, p_left_seq bigint) returns void
language plpgsql volatile set search_path = '' as $$
begin
	insert into app.changes (city_id, change_id, group_id, seq, kind, record_id, author_id, fields, earlier, at, verdict)
	select done.city_id, case d.id when done.record_id then done.change_id else gen_random_uuid() end, d.to_group_id, d.arrived_seq, d.kind, d.id,
		done.author_id, case d.id when done.record_id then done.fields else '{}' end,
		case d.id when done.record_id then done.earlier end, done.at, 'applied'
	from app.departures d
	where d.city_id = done.city_id and d.group_id = p_from_id and d.seq = p_left_seq;
	insert into app.changes (city_id, change_id, group_id, seq, kind, record_id, author_id, at, verdict)
	values (done.city_id, gen_random_uuid(), p_from_id, p_left_seq, 'household', done.record_id, done.author_id, done.at, 'applied');
	update app.group_logs l set last_seq = last.seq, last_change_id = last.change_id
	from (
		select distinct on (c.group_id) c.group_id, c.seq, c.change_id from app.changes c
		where c.city_id = done.city_id and c.group_id in (p_from_id, done.group_id) and c.seq is not null
		order by c.group_id, c.seq desc
	) last
	where l.city_id = done.city_id and l.group_id = last.group_id;
end $$;

-- security definer: nobody holds a write grant on the tables of records.
create function app.move_household(p_change_id uuid, p_household_id uuid, p_group_id uuid, p_reason text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	me record;
	mine uuid[];
	before app.changes;
	done app.changes;
	its_group uuid;
	left_seq bigint;
	last_seq bigint;
begin
	perform app.require_session();
	select * into me from app.live_person();
	mine := array(select app.my_group_ids('record') union select app.my_group_ids('move_households'));
	select h.group_id into its_group from app.households h where h.city_id = me.city_id and h.id = p_household_id;
	insert into app.group_logs (city_id, group_id)
	select me.city_id, g.id from unnest(array[p_group_id, its_group]) g(id) where g.id = any (mine) order by g.id
	on conflict do nothing;
	-- In sorted order, like a push, so that nobody waits in a ring.
	perform from app.group_logs l where l.city_id = me.city_id and l.group_id in (p_group_id, its_group) order by l.group_id for update;

	before := app.stored_change(me.city_id, p_change_id::text);
	if before.change_id is not null then
		return app.verdict_again(p_change_id::text, before, me.person_id);
	elsif its_group is null or its_group <> all (mine) then
		return app.verdict(p_change_id::text, 'refused', 'unknown_household', 'household_id');
	elsif p_group_id <> all (mine) then
		return app.verdict(p_change_id::text, 'refused', 'not_your_group', 'group_id');
	elsif its_group = p_group_id then
		return app.verdict(p_change_id::text, 'invalid', 'bad_value', 'group_id');
	elsif btrim(coalesce(p_reason, '')) = '' then
		return app.verdict(p_change_id::text, 'invalid', 'missing', 'reason');
	elsif not exists (select from app.households h where h.city_id = me.city_id and h.id = p_household_id and h.group_id = its_group) then
		-- Somebody else moved it while we waited.
		raise serialization_failure using message = 'the household has just moved';
	elsif exists (select from app.households h where h.city_id = me.city_id and h.id = p_household_id and h.discarded) then
		return app.verdict(p_change_id::text, 'discarded');
	elsif exists (select from app.households h where h.city_id = me.city_id and h.id = p_household_id and h.merged_into is not null) then
		return app.verdict(p_change_id::text, 'invalid', 'household_merged', 'household_id');
	end if;
	perform app.check_reason(to_jsonb(p_reason), null);

	select l.last_seq + 1 into left_seq from app.group_logs l where l.city_id = me.city_id and l.group_id = its_group;
	select l.last_seq into last_seq from app.group_logs l where l.city_id = me.city_id and l.group_id = p_group_id;
	done.city_id := me.city_id;
	done.change_id := p_change_id;
	done.group_id := p_group_id;
	done.record_id := p_household_id;
	done.author_id := me.person_id;
	done.fields := jsonb_build_object('group_id', p_group_id, 'reason', p_reason);
	done.earlier := jsonb_build_object('group_id', its_group);
	done.at := now();
	perform app.carry_over(me.city_id, p_household_id, its_group, p_group_id, left_seq, last_seq);
	perform app.log_move(done, its_group, left_seq);
	return app.verdict(p_change_id::text, 'applied', p_seq => last_seq + 1);
exception when sqlstate 'TN001' then
	get stacked diagnostics done.code = message_text, done.field = column_name;
	return app.verdict(p_change_id::text, 'invalid', done.code, done.field);
end $$;

-- Moves a household to another group, both of them the caller's to record in or to look after. Only
-- online, unlike a push: two teams' phones are concerned. Answers a verdict; a resend gets the same.
create function api.move_household(protocol integer, change_id uuid, household_id uuid, group_id uuid, reason text) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
	perform app.check_protocol(protocol);
	return app.move_household(change_id, household_id, group_id, reason);
end $$;

-- The changes for something that has left their group: where it is now, since when, and which number
-- there the writer has seen: what had seen the record as it left has seen it as it came, and of anything
-- older everything is doubtful. In a city where nothing moved this costs one look.
create function app.moved_on(p_city_id text, p_changes jsonb)
returns table (n bigint, now_in uuid, moved_at timestamptz, base bigint)
language plpgsql stable set search_path = '' as $$
begin
	if not exists (
		select from app.departures d
		where d.city_id = p_city_id and d.group_id in (select (c ->> 'group_id')::uuid from jsonb_array_elements(p_changes) c)) then
		return;
	end if;
	return query
	with sent as (
		select e.n, e.c ->> 'kind' as kind, (e.c ->> 'group_id')::uuid as group_id, (e.c ->> 'record_id')::uuid as record_id,
			(e.c ->> 'base')::bigint as base,
			-- An edit does not say which household the creation before it named.
			app.uuid_or_null(max(e.c -> 'fields' ->> 'household_id') over (partition by e.c ->> 'record_id')) as household_id
		from jsonb_array_elements(p_changes) with ordinality e(c, n)
	)
	select s.n, h.group_id, gone.moved_at,
		case when s.base is null then null
			when gone.kind = s.kind and gone.to_group_id = h.group_id and s.base >= gone.last_seq then gone.arrived_seq
			else 0 end
	from sent s
	cross join lateral (
		select d.* from app.departures d
		where d.city_id = p_city_id and d.group_id = s.group_id and d.id in (s.record_id, s.household_id)
		order by d.id = s.record_id desc limit 1
	) gone
	join app.households h on h.city_id = p_city_id and h.id = gone.household_id;
end $$;

-- Where each change belongs now: one for something that has left its group goes to where it is, and
-- says where it came from. A phone's word for that is not taken.
create function app.placed(p_city_id text, p_changes jsonb) returns table (n bigint, group_id uuid, change jsonb)
language plpgsql stable set search_path = '' as $$
begin
	return query
	select e.n, coalesce(m.now_in, (e.c ->> 'group_id')::uuid), case when m.n is null then e.c - 'moved_from'
		else e.c || jsonb_build_object('group_id', m.now_in, 'moved_from', e.c ->> 'group_id', 'moved_at', m.moved_at, 'base', m.base) end
	from jsonb_array_elements(p_changes) with ordinality e(c, n)
	left join app.moved_on(p_city_id, p_changes) m on m.n = e.n;
end $$;

-- The changes that still belong to the group for which they were placed, once its log is locked.
create function app.still_here(p_city_id text, p_changes jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return (
		select coalesce(jsonb_agg(e.c order by e.n), '[]') from jsonb_array_elements(p_changes) with ordinality e(c, n)
		where e.n not in (select m.n from app.moved_on(p_city_id, p_changes) m));
end $$;

-- A record that was made for the old group and came to the new one at once: what is written to it for the
-- old group afterwards finds it there.
create function app.note_departure(done app.changes, c jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
	insert into app.departures (city_id, group_id, id, kind, seq, household_id, last_seq, to_group_id, arrived_seq, moved_at)
	select d.city_id, d.group_id, done.record_id, done.kind, d.seq, d.household_id, d.last_seq, d.to_group_id, done.seq, d.moved_at
	from app.departures d
	where d.city_id = done.city_id and d.group_id = (c ->> 'moved_from')::uuid
		and d.id = app.uuid_or_null(app.record(done.kind, done.city_id, done.record_id) ->> 'household_id')
	on conflict do nothing;
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.move_household(uuid, uuid, uuid, text), api.move_household(integer, uuid, uuid, uuid, text) to authenticated;
