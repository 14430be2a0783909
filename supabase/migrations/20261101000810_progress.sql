-- The state of each household (reached on which days, last visited), and how a day on which it was reached
-- is carried into the days of its group.

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

revoke execute on all functions in schema app from public;
