-- Totals by group and day, and the state of each household: exact in the transaction that changes
-- a record. The group's row is locked by then, so this adds no contention. The triggers count whole
-- statements, not rows: a hundred visits of one day are one row of totals, written once.

create table app.group_days (
	city_id text not null,
	group_id uuid not null,
	day date not null,
	visits integer not null default 0,
	people_helped integer not null default 0,
	households_added integer not null default 0,
	households_reached integer not null default 0,
	reached_in_week integer not null default 0,
	reached_in_month integer not null default 0,
	reached_in_quarter integer not null default 0,
	reached_in_half integer not null default 0,
	reached_in_year integer not null default 0,
	trainings integer not null default 0,
	trained integer not null default 0,
	constraint group_days_pkey primary key (city_id, group_id, day),
	constraint group_days_group foreign key (city_id, group_id) references app.units (city_id, unit_id)
);

comment on column app.group_days.households_reached is 'Households reached for the first time on this day; their sum up to a day is the number reached.';
comment on column app.group_days.reached_in_month is 'Households reached for the first time in that month on this day: their sum over the days of a month counts each household once, however often it was visited. The columns of the other periods likewise.';

create table app.group_day_services (
	city_id text not null,
	group_id uuid not null,
	day date not null,
	service text not null,
	result text not null,
	people integer not null default 0,
	constraint group_day_services_pkey primary key (city_id, group_id, day, service, result),
	constraint group_day_services_group foreign key (city_id, group_id) references app.units (city_id, unit_id)
);

create table app.household_progress (
	city_id text not null,
	household_id uuid not null,
	group_id uuid not null,
	reached_on date[] not null default '{}',
	first_reached_on date generated always as (reached_on[1]) stored,
	last_visited_on date,
	rung smallint not null default 0,
	proven_on date[] not null default '{}',
	constraint household_progress_pkey primary key (city_id, household_id),
	constraint household_progress_household foreign key (city_id, group_id, household_id)
		references app.households (city_id, group_id, id) on update cascade
);
comment on column app.household_progress.rung is 'The rung of the ladder of digital readiness (…_ladder.sql); proven_on: the day for each rung, of those that are proven.';
comment on column app.household_progress.reached_on is 'The days on which it was reached, each once, in their order.';

alter table app.group_days enable row level security;
alter table app.group_day_services enable row level security;
alter table app.household_progress enable row level security;
create policy "people read the totals of their groups" on app.group_days for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_totals')));
create policy "people read the sign-up totals of their groups" on app.group_day_services for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_totals')));
create policy "teams and officers read the progress of their households" on app.household_progress for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_records')));
grant select on app.group_days, app.group_day_services, app.household_progress to authenticated;

-- What counts as reaching a household: somebody was met and helped, or an account was dealt with.
-- Lists and not predicates, so that a query over many rows reads them once.
create function app.reaching_outcomes() returns text[]
language sql immutable set search_path = '' as $$
	select array['helped', 'come_back', 'escalated']
$$;

create function app.unreaching_results() returns text[]
language sql immutable set search_path = '' as $$
	select array['refused']
$$;

-- The days on which households were reached, carried into the days of their groups: what a household's
-- state was is taken back, what it is is added. A day counts for each period in which no day before it does.
create function app.move_reached(p_city_id text, p_was jsonb, p_is jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
	insert into app.group_days as d (city_id, group_id, day, households_reached,
		reached_in_week, reached_in_month, reached_in_quarter, reached_in_half, reached_in_year)
	select p_city_id, f.group_id, f.day, sum(f.ever), sum(f.week), sum(f.month), sum(f.quarter), sum(f.half), sum(f.year)
	from (
		select r.group_id, r.day,
			case when r.before is null then r.sign else 0 end as ever,
			case when date_trunc('week', r.before) is distinct from date_trunc('week', r.day) then r.sign else 0 end as week,
			case when date_trunc('month', r.before) is distinct from date_trunc('month', r.day) then r.sign else 0 end as month,
			case when date_trunc('quarter', r.before) is distinct from date_trunc('quarter', r.day) then r.sign else 0 end as quarter,
			case when date_trunc('year', r.before) is distinct from date_trunc('year', r.day)
				or (extract(month from r.before) > 6) <> (extract(month from r.day) > 6) then r.sign else 0 end as half,
			case when date_trunc('year', r.before) is distinct from date_trunc('year', r.day) then r.sign else 0 end as year
		from (
			-- Without a zone, as days are.
			select s.sign, s.group_id, t.day::timestamp as day,
				lag(t.day::timestamp) over (partition by s.sign, s.n order by t.day) as before
			from (
				select -1 as sign, row_number() over () as n, w.group_id, w.days from jsonb_to_recordset(p_was) w(group_id uuid, days date[])
				union all
				select 1, row_number() over (), i.group_id, i.days from jsonb_to_recordset(p_is) i(group_id uuid, days date[])
			) s
			cross join lateral unnest(s.days) t(day)
		) r
	) f
	group by f.group_id, f.day
	having (sum(f.ever), sum(f.week), sum(f.month), sum(f.quarter), sum(f.half), sum(f.year)) <> (0, 0, 0, 0, 0, 0)
	on conflict (city_id, group_id, day) do update set
		households_reached = d.households_reached + excluded.households_reached,
		reached_in_week = d.reached_in_week + excluded.reached_in_week,
		reached_in_month = d.reached_in_month + excluded.reached_in_month,
		reached_in_quarter = d.reached_in_quarter + excluded.reached_in_quarter,
		reached_in_half = d.reached_in_half + excluded.reached_in_half,
		reached_in_year = d.reached_in_year + excluded.reached_in_year;
end $$;

-- The state of a household as some of its records say: when it was reached, when it was last visited.
create type app.sighting as (household_id uuid, reached_on date[], visited_on date);

-- States that moved, stored and carried into the days of their groups. `outright`: the sightings are
-- all that there is to know; else they are added to what was known, and the latest visit stands.
create function app.keep_progress(p_city_id text, p_sightings app.sighting[], p_outright boolean) returns void
language plpgsql volatile set search_path = '' as $$
declare
	reached_before jsonb;
	reached_now jsonb;
begin
	with says as (
		select h.id, h.group_id, was.group_id as was_in,
			coalesce(was.reached_on, '{}') as was_reached_on, was.last_visited_on as was_visited_on,
			case
				when p_outright then coalesce(s.reached_on, '{}')
				when coalesce(s.reached_on, '{}') <@ coalesce(was.reached_on, '{}') then coalesce(was.reached_on, '{}')
				else array(select distinct d from unnest(was.reached_on || s.reached_on) d order by d)
			end as reached_on,
			case when p_outright then s.visited_on else greatest(was.last_visited_on, s.visited_on) end as visited_on
		from (
			-- What is seen at a household that was merged into another is seen at that one.
			select case when p_outright then home.id else coalesce(home.merged_into, home.id) end as household_id,
				array_agg(distinct d.day order by d.day) filter (where d.day is not null) as reached_on, max(one.visited_on) as visited_on
			from unnest(p_sightings) one
			join app.households home on home.city_id = p_city_id and home.id = one.household_id and (p_outright or not home.discarded)
			left join lateral unnest(one.reached_on) d(day) on true
			group by 1
		) s
		join app.households h on h.city_id = p_city_id and h.id = s.household_id and (p_outright or not h.discarded)
		left join app.household_progress was on was.city_id = p_city_id and was.household_id = h.id
	), changed as materialized (
		select * from says s where (s.was_reached_on, s.was_visited_on) is distinct from (s.reached_on, s.visited_on)
	), kept as (
		insert into app.household_progress (city_id, household_id, group_id, reached_on, last_visited_on)
		select p_city_id, c.id, c.group_id, c.reached_on, c.visited_on from changed c
		on conflict (city_id, household_id) do update set
			group_id = excluded.group_id, reached_on = excluded.reached_on, last_visited_on = excluded.last_visited_on
	)
	select
		jsonb_agg(jsonb_build_object('group_id', c.was_in, 'days', c.was_reached_on)) filter (where c.was_reached_on <> '{}'),
		jsonb_agg(jsonb_build_object('group_id', c.group_id, 'days', c.reached_on)) filter (where c.reached_on <> '{}')
	into reached_before, reached_now
	from changed c
	where c.was_reached_on <> c.reached_on;
	if reached_before is not null or reached_now is not null then
		perform app.move_reached(p_city_id, coalesce(reached_before, '[]'), coalesce(reached_now, '[]'));
	end if;
end $$;

-- A household with those that were merged into it; none of one that is gone or was merged itself.
create function app.merged(p_city_id text, p_household_id uuid) returns table (id uuid)
language sql stable set search_path = '' as $$
	select m.id
	from app.households h
	join app.households m on m.city_id = h.city_id and (m.id = h.id or m.merged_into = h.id) and not m.discarded
	where h.city_id = p_city_id and h.id = p_household_id and h.merged_into is null and not h.discarded
$$;

-- The state of households as all their records say it. One that was merged into another has none of its
-- own: its records count there.
create function app.sightings_of(p_city_id text, p_household_ids uuid[]) returns setof app.sighting
language sql stable set search_path = '' as $$
	select h.id, array_agg(distinct r.day order by r.day) filter (where r.reaching), max(r.day) filter (where r.visit)
	from app.households h
	left join lateral (
		select v.day, v.outcome = any (app.reaching_outcomes()) as reaching, true as visit
		from app.merged(p_city_id, h.id) one
		join app.visits v on v.city_id = p_city_id and v.household_id = one.id and not v.discarded
		union all
		select s.day, s.result <> all (app.unreaching_results()), false
		from app.merged(p_city_id, h.id) one
		join app.signups s on s.city_id = p_city_id and s.household_id = one.id and not s.discarded
		union all
		select t.day, true, false
		from app.merged(p_city_id, h.id) one
		join app.trainings t on t.city_id = p_city_id and t.household_ids @> array[one.id] and t.household_ids <> '{}'
			and t.group_id = h.group_id and not t.discarded
	) r on true
	where h.city_id = p_city_id and h.id = any (p_household_ids)
	group by h.id
$$;

-- These households, and those that they were merged into.
create function app.with_homes(p_city_id text, p_household_ids uuid[]) returns uuid[]
language sql stable set search_path = '' as $$
	select array(
		select unnest(p_household_ids)
		union select m.merged_into from app.households m
		where m.city_id = p_city_id and m.id = any (p_household_ids) and m.merged_into is not null)
$$;

-- The state of households read anew from all their records: after a change that may take back.
create function app.refresh_progress(p_city_id text, p_household_ids uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
	perform app.keep_progress(p_city_id, array_agg(s), true)
	from app.sightings_of(p_city_id, app.with_homes(p_city_id, p_household_ids)) s
	having count(*) > 0;
	perform app.keep_rungs(p_city_id, p_household_ids);
end $$;

-- Every trigger below has the rows as they are in `added` and, of an update, as they were in
-- `taken`: what was counted is taken back, what is there is added. A discarded row counts nothing.

create function app.count_households() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
	if tg_op = 'UPDATE' then
		insert into app.group_days as d (city_id, group_id, day, households_added)
		select t.city_id, t.group_id, app.day_of(t.recorded_at), -count(*) from taken t
		where not t.discarded and t.merged_into is null group by 1, 2, 3
		on conflict (city_id, group_id, day) do update set households_added = d.households_added + excluded.households_added;
	end if;
	insert into app.group_days as d (city_id, group_id, day, households_added)
	select a.city_id, a.group_id, app.day_of(a.recorded_at), count(*) from added a
	where not a.discarded and a.merged_into is null group by 1, 2, 3
	on conflict (city_id, group_id, day) do update set households_added = d.households_added + excluded.households_added;
	if tg_op = 'UPDATE' then
		-- A household that moved takes the days on which it was reached along; its state has followed it.
		perform app.move_reached(p.city_id,
			jsonb_agg(jsonb_build_object('group_id', t.group_id, 'days', p.reached_on)),
			jsonb_agg(jsonb_build_object('group_id', a.group_id, 'days', p.reached_on)))
		from taken t
		join added a on a.city_id = t.city_id and a.id = t.id and a.group_id <> t.group_id
		join app.household_progress p on p.city_id = a.city_id and p.household_id = a.id and p.reached_on <> '{}'
		group by p.city_id;
		perform app.refresh_progress(h.city_id, array_agg(h.id))
		from (select a.city_id, a.id from added a union select t.city_id, t.merged_into from taken t where t.merged_into is not null) h
		group by h.city_id;
		return null;
	end if;
	-- A training may have named them before they came.
	perform app.refresh_progress(a.city_id, array_agg(a.id)) from added a
	where exists (
		select from app.trainings t
		where t.city_id = a.city_id and t.household_ids @> array[a.id] and t.household_ids <> '{}' and not t.discarded)
	group by a.city_id;
	perform app.keep_rungs(a.city_id, array_agg(a.id)) from added a where a.said_on <> '{}' group by a.city_id;
	return null;
end $$;

create function app.count_visits() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
	if tg_op = 'UPDATE' then
		insert into app.group_days as d (city_id, group_id, day, visits, people_helped)
		select t.city_id, t.group_id, t.day, -count(*), -sum(t.people_helped) from taken t where not t.discarded group by 1, 2, 3
		on conflict (city_id, group_id, day) do update set
			visits = d.visits + excluded.visits, people_helped = d.people_helped + excluded.people_helped;
		perform app.refresh_progress(t.city_id, array_agg(t.household_id)) from taken t
		where t.household_id is not null group by t.city_id;
	end if;
	insert into app.group_days as d (city_id, group_id, day, visits, people_helped)
	select a.city_id, a.group_id, a.day, count(*), sum(a.people_helped) from added a where not a.discarded group by 1, 2, 3
	on conflict (city_id, group_id, day) do update set
		visits = d.visits + excluded.visits, people_helped = d.people_helped + excluded.people_helped;
	if tg_op = 'UPDATE' then
		perform app.refresh_progress(a.city_id, array_agg(a.household_id)) from added a
		where a.household_id is not null group by a.city_id;
		return null;
	end if;
	-- New visits only add: what was known need not be read again.
	perform app.keep_progress(s.city_id, array_agg((s.household_id, s.reached_on, s.visited_on)::app.sighting), false)
	from (
		select a.city_id, a.household_id, max(a.day) as visited_on,
			array_agg(distinct a.day order by a.day) filter (where a.outcome = any (app.reaching_outcomes())) as reached_on
		from added a where a.household_id is not null and not a.discarded group by 1, 2
	) s
	group by s.city_id;
	return null;
end $$;

create function app.count_signups() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
	if tg_op = 'UPDATE' then
		insert into app.group_day_services as d (city_id, group_id, day, service, result, people)
		select t.city_id, t.group_id, t.day, t.service, t.result, -sum(t.people) from taken t where not t.discarded group by 1, 2, 3, 4, 5
		on conflict (city_id, group_id, day, service, result) do update set people = d.people + excluded.people;
		perform app.refresh_progress(t.city_id, array_agg(t.household_id)) from taken t
		where t.household_id is not null group by t.city_id;
	end if;
	insert into app.group_day_services as d (city_id, group_id, day, service, result, people)
	select a.city_id, a.group_id, a.day, a.service, a.result, sum(a.people) from added a where not a.discarded group by 1, 2, 3, 4, 5
	on conflict (city_id, group_id, day, service, result) do update set people = d.people + excluded.people;
	if tg_op = 'UPDATE' then
		perform app.refresh_progress(a.city_id, array_agg(a.household_id)) from added a
		where a.household_id is not null group by a.city_id;
		return null;
	end if;
	perform app.keep_progress(s.city_id, array_agg((s.household_id, s.reached_on, null)::app.sighting), false)
	from (
		select a.city_id, a.household_id, array_agg(distinct a.day order by a.day) as reached_on
		from added a where a.household_id is not null and not a.discarded and a.result <> all (app.unreaching_results()) group by 1, 2
	) s
	group by s.city_id;
	perform app.keep_rungs(a.city_id, array_agg(a.household_id)) from added a where a.household_id is not null group by a.city_id;
	return null;
end $$;

-- Households attached to another team's session are no second session.
create function app.count_trainings() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
	if tg_op = 'UPDATE' then
		insert into app.group_days as d (city_id, group_id, day, trainings, trained)
		select t.city_id, t.group_id, t.day, -count(*) filter (where t.session_id is null), -sum(t.headcount) from taken t where not t.discarded group by 1, 2, 3
		on conflict (city_id, group_id, day) do update set
			trainings = d.trainings + excluded.trainings, trained = d.trained + excluded.trained;
	end if;
	insert into app.group_days as d (city_id, group_id, day, trainings, trained)
	select a.city_id, a.group_id, a.day, count(*) filter (where a.session_id is null), sum(a.headcount) from added a where not a.discarded group by 1, 2, 3
	on conflict (city_id, group_id, day) do update set
		trainings = d.trainings + excluded.trainings, trained = d.trained + excluded.trained;
	if tg_op = 'UPDATE' then
		perform app.refresh_progress(b.city_id, array_agg(distinct i.id))
		from (select t.city_id, t.household_ids from taken t union all select a.city_id, a.household_ids from added a) b
		cross join unnest(b.household_ids) i(id)
		group by b.city_id;
		return null;
	end if;
	perform app.keep_progress(s.city_id, array_agg((s.household_id, s.reached_on, null)::app.sighting), false)
	from (
		select a.city_id, i.id as household_id, array_agg(distinct a.day order by a.day) as reached_on
		from added a cross join unnest(a.household_ids) i(id)
		where not a.discarded
		group by 1, 2
	) s
	group by s.city_id;
	return null;
end $$;

-- Records are never deleted (a discard is a mark), so there is no trigger on delete.
create trigger households_are_counted after insert on app.households
	referencing new table as added for each statement execute function app.count_households();
create trigger households_are_counted_again after update on app.households
	referencing old table as taken new table as added for each statement execute function app.count_households();
create trigger visits_are_counted after insert on app.visits
	referencing new table as added for each statement execute function app.count_visits();
create trigger visits_are_counted_again after update on app.visits
	referencing old table as taken new table as added for each statement execute function app.count_visits();
create trigger signups_are_counted after insert on app.signups
	referencing new table as added for each statement execute function app.count_signups();
create trigger signups_are_counted_again after update on app.signups
	referencing old table as taken new table as added for each statement execute function app.count_signups();
create trigger trainings_are_counted after insert on app.trainings
	referencing new table as added for each statement execute function app.count_trainings();
create trigger trainings_are_counted_again after update on app.trainings
	referencing old table as taken new table as added for each statement execute function app.count_trainings();

revoke execute on all functions in schema app from public;
