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
	trainings integer not null default 0,
	trained integer not null default 0,
	constraint group_days_pkey primary key (city_id, group_id, day),
	constraint group_days_group foreign key (city_id, group_id) references app.units (city_id, unit_id)
);

comment on column app.group_days.households_reached is 'Households reached for the first time on this day; their sum up to a day is the number reached.';

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
	first_reached_on date,
	last_visited_on date,
	constraint household_progress_pkey primary key (city_id, household_id),
	constraint household_progress_household foreign key (city_id, group_id, household_id)
		references app.households (city_id, group_id, id) on update cascade
);

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

-- Households first reached, by day: what a household's state was, taken back, and what it is, added.
create function app.move_reached(p_city_id text, p_was jsonb, p_is jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
	insert into app.group_days as d (city_id, group_id, day, households_reached)
	select p_city_id, s.group_id, s.day, sum(s.sign)
	from (
		select w.group_id, w.day, -1 as sign from jsonb_to_recordset(p_was) w(group_id uuid, day date)
		union all
		select i.group_id, i.day, 1 from jsonb_to_recordset(p_is) i(group_id uuid, day date)
	) s
	group by s.group_id, s.day
	having sum(s.sign) <> 0
	on conflict (city_id, group_id, day) do update set households_reached = d.households_reached + excluded.households_reached;
end $$;

-- The state of a household as some of its records say.
create type app.sighting as (household_id uuid, reached_on date, visited_on date);

-- States that moved, stored and carried into the days of their groups. `outright`: the sightings are
-- all that there is to know; else they are added to what was known, and the earliest reaching and
-- the latest visit stand.
create function app.keep_progress(p_city_id text, p_sightings app.sighting[], p_outright boolean) returns void
language plpgsql volatile set search_path = '' as $$
declare
	reached_before jsonb;
	reached_now jsonb;
begin
	with says as (
		select h.id, h.group_id, was.group_id as was_in, was.first_reached_on as was_reached_on, was.last_visited_on as was_visited_on,
			case when p_outright then s.reached_on else least(was.first_reached_on, s.reached_on) end as reached_on,
			case when p_outright then s.visited_on else greatest(was.last_visited_on, s.visited_on) end as visited_on
		from unnest(p_sightings) s
		join app.households h on h.city_id = p_city_id and h.id = s.household_id and (p_outright or not h.discarded)
		left join app.household_progress was on was.city_id = p_city_id and was.household_id = h.id
	), changed as materialized (
		select * from says s where (s.was_reached_on, s.was_visited_on) is distinct from (s.reached_on, s.visited_on)
	), kept as (
		insert into app.household_progress (city_id, household_id, group_id, first_reached_on, last_visited_on)
		select p_city_id, c.id, c.group_id, c.reached_on, c.visited_on from changed c
		on conflict (city_id, household_id) do update set
			group_id = excluded.group_id, first_reached_on = excluded.first_reached_on, last_visited_on = excluded.last_visited_on
	)
	select
		jsonb_agg(jsonb_build_object('group_id', c.was_in, 'day', c.was_reached_on)) filter (where c.was_reached_on is not null),
		jsonb_agg(jsonb_build_object('group_id', c.group_id, 'day', c.reached_on)) filter (where c.reached_on is not null)
	into reached_before, reached_now
	from changed c
	where c.was_reached_on is distinct from c.reached_on;
	if reached_before is not null or reached_now is not null then
		perform app.move_reached(p_city_id, coalesce(reached_before, '[]'), coalesce(reached_now, '[]'));
	end if;
end $$;

-- The state of households read anew from all their records: after a change that may take back.
create function app.refresh_progress(p_city_id text, p_household_ids uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
	perform app.keep_progress(p_city_id, array_agg((h.id, least(v.reached_on, s.reached_on), v.visited_on)::app.sighting), true)
	from app.households h
	left join lateral (
		select min(v.day) filter (where v.outcome = any (app.reaching_outcomes())) as reached_on, max(v.day) as visited_on
		from app.visits v
		where v.city_id = p_city_id and v.household_id = h.id and not v.discarded and not h.discarded
	) v on true
	left join lateral (
		select min(s.day) as reached_on
		from app.signups s
		where s.city_id = p_city_id and s.household_id = h.id and not s.discarded and not h.discarded
			and s.result <> all (app.unreaching_results())
	) s on true
	where h.city_id = p_city_id and h.id = any (p_household_ids)
	having count(*) > 0;
end $$;

-- Every trigger below has the rows as they are in `added` and, of an update, as they were in
-- `taken`: what was counted is taken back, what is there is added. A discarded row counts nothing.

create function app.count_households() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
	if tg_op = 'UPDATE' then
		insert into app.group_days as d (city_id, group_id, day, households_added)
		select t.city_id, t.group_id, app.day_of(t.recorded_at), -count(*) from taken t where not t.discarded group by 1, 2, 3
		on conflict (city_id, group_id, day) do update set households_added = d.households_added + excluded.households_added;
	end if;
	insert into app.group_days as d (city_id, group_id, day, households_added)
	select a.city_id, a.group_id, app.day_of(a.recorded_at), count(*) from added a where not a.discarded group by 1, 2, 3
	on conflict (city_id, group_id, day) do update set households_added = d.households_added + excluded.households_added;
	if tg_op = 'UPDATE' then
		-- A household that moved takes the day on which it was reached along; its state has followed it.
		perform app.move_reached(p.city_id,
			jsonb_agg(jsonb_build_object('group_id', t.group_id, 'day', p.first_reached_on)),
			jsonb_agg(jsonb_build_object('group_id', a.group_id, 'day', p.first_reached_on)))
		from taken t
		join added a on a.city_id = t.city_id and a.id = t.id and a.group_id <> t.group_id
		join app.household_progress p on p.city_id = a.city_id and p.household_id = a.id and p.first_reached_on is not null
		group by p.city_id;
		perform app.refresh_progress(a.city_id, array_agg(a.id)) from added a group by a.city_id;
	end if;
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
		select a.city_id, a.household_id, min(a.day) filter (where a.outcome = any (app.reaching_outcomes())) as reached_on, max(a.day) as visited_on
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
		select a.city_id, a.household_id, min(a.day) as reached_on
		from added a where a.household_id is not null and not a.discarded and a.result <> all (app.unreaching_results()) group by 1, 2
	) s
	group by s.city_id;
	return null;
end $$;

create function app.count_trainings() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
	if tg_op = 'UPDATE' then
		insert into app.group_days as d (city_id, group_id, day, trainings, trained)
		select t.city_id, t.group_id, t.day, -count(*), -sum(t.headcount) from taken t where not t.discarded group by 1, 2, 3
		on conflict (city_id, group_id, day) do update set
			trainings = d.trainings + excluded.trainings, trained = d.trained + excluded.trained;
	end if;
	insert into app.group_days as d (city_id, group_id, day, trainings, trained)
	select a.city_id, a.group_id, a.day, count(*), sum(a.headcount) from added a where not a.discarded group by 1, 2, 3
	on conflict (city_id, group_id, day) do update set
		trainings = d.trainings + excluded.trainings, trained = d.trained + excluded.trained;
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
