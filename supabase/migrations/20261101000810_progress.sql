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

-- What days on which something happened to households bring to the days of their groups: what was is taken
-- back, what is is added. A day counts for each period in which no day before it does.
create function app.first_days(p_was jsonb, p_is jsonb)
returns table (group_id uuid, day date, ever bigint, in_week bigint, in_month bigint, in_quarter bigint, in_half bigint, in_year bigint)
language plpgsql immutable set search_path = '' as $$
begin
	return query
	select f.group_id, f.day::date, sum(f.ever), sum(f.week), sum(f.month), sum(f.quarter), sum(f.half), sum(f.year)
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
	having (sum(f.ever), sum(f.week), sum(f.month), sum(f.quarter), sum(f.half), sum(f.year)) <> (0, 0, 0, 0, 0, 0);
end $$;

-- The days on which households were reached, carried into the days of their groups.
create function app.move_reached(p_city_id text, p_was jsonb, p_is jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
	insert into app.group_days as d (city_id, group_id, day, households_reached,
		reached_in_week, reached_in_month, reached_in_quarter, reached_in_half, reached_in_year)
	select p_city_id, f.* from app.first_days(p_was, p_is) f
	on conflict (city_id, group_id, day) do update set
		households_reached = d.households_reached + excluded.households_reached,
		reached_in_week = d.reached_in_week + excluded.reached_in_week,
		reached_in_month = d.reached_in_month + excluded.reached_in_month,
		reached_in_quarter = d.reached_in_quarter + excluded.reached_in_quarter,
		reached_in_half = d.reached_in_half + excluded.reached_in_half,
		reached_in_year = d.reached_in_year + excluded.reached_in_year;
end $$;

-- The same of the days on which somebody of a household came to a training.
create function app.move_learned(p_city_id text, p_was jsonb, p_is jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
	insert into app.group_days as d (city_id, group_id, day, households_learned,
		learned_in_week, learned_in_month, learned_in_quarter, learned_in_half, learned_in_year)
	select p_city_id, f.* from app.first_days(p_was, p_is) f
	on conflict (city_id, group_id, day) do update set
		households_learned = d.households_learned + excluded.households_learned,
		learned_in_week = d.learned_in_week + excluded.learned_in_week,
		learned_in_month = d.learned_in_month + excluded.learned_in_month,
		learned_in_quarter = d.learned_in_quarter + excluded.learned_in_quarter,
		learned_in_half = d.learned_in_half + excluded.learned_in_half,
		learned_in_year = d.learned_in_year + excluded.learned_in_year;
end $$;

-- The state of a household as some of its records say: when it was reached, when it was last visited,
-- when somebody of it learned.
create type app.sighting as (household_id uuid, reached_on date[], visited_on date, learned_on date[]);

-- Days with others added, each once, in their order.
create function app.with_days(p_days date[], p_more date[]) returns date[]
language sql immutable set search_path = '' as $$
	select array(select distinct d from unnest(p_days || p_more) d order by d)
$$;

-- States that moved, stored and carried into the days of their groups. `outright`: the sightings are
-- all that there is to know; else they are added to what was known, and the latest visit stands.
create function app.keep_progress(p_city_id text, p_sightings app.sighting[], p_outright boolean) returns void
language plpgsql volatile set search_path = '' as $$
declare
	reached_before jsonb;
	reached_now jsonb;
	learned_before jsonb;
	learned_now jsonb;
begin
	with says as (
		select h.id, h.group_id, was.group_id as was_in,
			coalesce(was.reached_on, '{}') as was_reached_on, coalesce(was.learned_on, '{}') as was_learned_on,
			was.last_visited_on as was_visited_on,
			case when p_outright then s.reached_on when s.reached_on <@ coalesce(was.reached_on, '{}') then coalesce(was.reached_on, '{}')
				else app.with_days(coalesce(was.reached_on, '{}'), s.reached_on) end as reached_on,
			case when p_outright then s.learned_on when s.learned_on <@ coalesce(was.learned_on, '{}') then coalesce(was.learned_on, '{}')
				else app.with_days(coalesce(was.learned_on, '{}'), s.learned_on) end as learned_on,
			case when p_outright then s.visited_on else greatest(was.last_visited_on, s.visited_on) end as visited_on
		from (
			-- What is seen at a household that was merged into another is seen at that one.
			select case when p_outright then home.id else coalesce(home.merged_into, home.id) end as household_id,
				coalesce(array_agg(distinct d.reached order by d.reached) filter (where d.reached is not null), '{}') as reached_on,
				coalesce(array_agg(distinct d.learned order by d.learned) filter (where d.learned is not null), '{}') as learned_on,
				max(one.visited_on) as visited_on
			from unnest(p_sightings) one
			join app.households home on home.city_id = p_city_id and home.id = one.household_id and (p_outright or not home.discarded)
			left join lateral unnest(one.reached_on, one.learned_on) d(reached, learned) on true
			group by 1
		) s
		join app.households h on h.city_id = p_city_id and h.id = s.household_id and (p_outright or not h.discarded)
		left join app.household_progress was on was.city_id = p_city_id and was.household_id = h.id
	), changed as materialized (
		select * from says s
		where (s.was_reached_on, s.was_learned_on, s.was_visited_on) is distinct from (s.reached_on, s.learned_on, s.visited_on)
	), kept as (
		insert into app.household_progress (city_id, household_id, group_id, reached_on, last_visited_on, learned_on)
		select p_city_id, c.id, c.group_id, c.reached_on, c.visited_on, c.learned_on from changed c
		on conflict (city_id, household_id) do update set group_id = excluded.group_id,
			reached_on = excluded.reached_on, last_visited_on = excluded.last_visited_on, learned_on = excluded.learned_on
	)
	select
		jsonb_agg(jsonb_build_object('group_id', c.was_in, 'days', c.was_reached_on))
			filter (where c.was_reached_on <> c.reached_on and c.was_reached_on <> '{}'),
		jsonb_agg(jsonb_build_object('group_id', c.group_id, 'days', c.reached_on))
			filter (where c.was_reached_on <> c.reached_on and c.reached_on <> '{}'),
		jsonb_agg(jsonb_build_object('group_id', c.was_in, 'days', c.was_learned_on))
			filter (where c.was_learned_on <> c.learned_on and c.was_learned_on <> '{}'),
		jsonb_agg(jsonb_build_object('group_id', c.group_id, 'days', c.learned_on))
			filter (where c.was_learned_on <> c.learned_on and c.learned_on <> '{}')
	into reached_before, reached_now, learned_before, learned_now
	from changed c;
	if reached_before is not null or reached_now is not null then
		perform app.move_reached(p_city_id, coalesce(reached_before, '[]'), coalesce(reached_now, '[]'));
	end if;
	if learned_before is not null or learned_now is not null then
		perform app.move_learned(p_city_id, coalesce(learned_before, '[]'), coalesce(learned_now, '[]'));
	end if;
end $$;

-- A household with those that were merged into it; none of one that is gone or was merged itself.
-- Hardly ever more than one, which is said: for a thousand, the planner read all households of the city.
create function app.merged(p_city_id text, p_household_id uuid) returns table (id uuid)
language sql stable rows 1 set search_path = '' as $$
	select m.id
	from app.households h
	join app.households m on m.city_id = h.city_id and (m.id = h.id or m.merged_into = h.id) and not m.discarded
	where h.city_id = p_city_id and h.id = p_household_id and h.merged_into is null and not h.discarded
$$;

-- The state of households as all their records say it. One that was merged into another has none of its
-- own: its records count there.
create function app.sightings_of(p_city_id text, p_household_ids uuid[]) returns setof app.sighting
language sql stable set search_path = '' as $$
	select h.id, array_agg(distinct r.day order by r.day) filter (where r.reaching), max(r.day) filter (where r.kind = 'visit'),
		array_agg(distinct r.day order by r.day) filter (where r.kind = 'training')
	from app.households h
	left join lateral (
		select v.day, v.outcome = any (app.reaching_outcomes()) as reaching, 'visit' as kind
		from app.merged(p_city_id, h.id) one
		join app.visits v on v.city_id = p_city_id and v.household_id = one.id and not v.discarded
		union all
		select s.day, s.result <> all (app.unreaching_results()), 'signup'
		from app.merged(p_city_id, h.id) one
		join app.signups s on s.city_id = p_city_id and s.household_id = one.id and not s.discarded
		union all
		select t.day, true, 'training'
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
