-- Totals are kept exact by the change itself. A recount proves it: it adds a group up from its records
-- while the group's log is locked, says each difference, writes the true figures, and leaves an alarm,
-- because a difference is a mistake of ours that has to be found.

-- What the people who run a city should look at. Codes, ids and numbers, never words of records.
create table app.alarms (
	city_id text not null,
	alarm_id uuid not null default gen_random_uuid(),
	at timestamptz not null default now(),
	code text not null,
	details jsonb not null default '{}',
	constraint alarms_pkey primary key (city_id, alarm_id),
	constraint alarms_of_city foreign key (city_id) references app.cities (city_id),
	constraint alarms_code_is_code check (app.is_code(code)),
	constraint alarms_details_short check (length(details::text) <= 20000)
);
create index alarms_by_time on app.alarms (city_id, at);

insert into app.verbs (verb) values ('recount');
insert into app.role_verbs (role, verb) values ('administrator', 'recount');

alter table app.alarms enable row level security;
create policy "administrators read the alarms of their city" on app.alarms for select to authenticated
	using (city_id = (select app.my_city_id()) and (select app.i_may('recount')));
grant select on app.alarms to authenticated;

-- Each of these is what a table of totals must hold for a group, from records alone. A table with
-- another column stops here until somebody says how it is counted.

create function app.true_progress(p_city_id text, p_group_id uuid)
returns table (household_id uuid, reached_on date[], last_visited_on date, learned_on date[], rung smallint, proven_on date[])
language sql stable set search_path = '' as $$
	with homes as (
		select array(select h.id from app.households h where h.city_id = p_city_id and h.group_id = p_group_id) as ids
	)
	select s.household_id, coalesce(s.reached_on, '{}'), s.visited_on, coalesce(s.learned_on, '{}'), l.rung, l.proven_on
	from homes
	cross join lateral app.sightings_of(p_city_id, homes.ids) s
	join lateral app.ladder(p_city_id, homes.ids) l on l.household_id = s.household_id
$$;

create function app.true_days(p_city_id text, p_group_id uuid)
returns table (
	day date, visits bigint, people_helped bigint, households_added bigint, households_reached bigint,
	reached_in_week bigint, reached_in_month bigint, reached_in_quarter bigint, reached_in_half bigint, reached_in_year bigint,
	trainings bigint, attendance bigint, households_learned bigint,
	learned_in_week bigint, learned_in_month bigint, learned_in_quarter bigint, learned_in_half bigint, learned_in_year bigint,
	requests_opened bigint, requests_taken bigint, requests_done bigint, requests_closed bigint
)
language sql stable set search_path = '' as $$
	with progress as materialized (
		select * from app.true_progress(p_city_id, p_group_id)
	), came as materialized (
		select 'reached' as how, p.household_id, d.day from progress p cross join lateral unnest(p.reached_on) d(day)
		union
		select 'learned', p.household_id, d.day from progress p cross join lateral unnest(p.learned_on) d(day)
	), said as (
		select v.day, 'visits' as figure, 1 as n from app.visits v
		where v.city_id = p_city_id and v.group_id = p_group_id and not v.discarded
		union all
		select v.day, 'people_helped', v.people_helped from app.visits v
		where v.city_id = p_city_id and v.group_id = p_group_id and not v.discarded
		union all
		select app.day_of(h.recorded_at), 'households_added', 1 from app.households h
		where h.city_id = p_city_id and h.group_id = p_group_id and not h.discarded and h.merged_into is null
		union all
		select min(c.day), 'households_' || c.how, 1 from came c group by c.how, c.household_id
		union all
		-- For each household and period the first day: said in another way than app.first_days says it.
		select min(c.day), c.how || '_in_week', 1 from came c group by c.how, c.household_id, to_char(c.day, 'IYYY-IW')
		union all
		select min(c.day), c.how || '_in_month', 1 from came c group by c.how, c.household_id, to_char(c.day, 'YYYY-MM')
		union all
		select min(c.day), c.how || '_in_quarter', 1 from came c group by c.how, c.household_id, to_char(c.day, 'YYYY-Q')
		union all
		select min(c.day), c.how || '_in_half', 1 from came c
		group by c.how, c.household_id, to_char(c.day, 'YYYY'), to_char(c.day, 'Q') in ('3', '4')
		union all
		select min(c.day), c.how || '_in_year', 1 from came c group by c.how, c.household_id, to_char(c.day, 'YYYY')
		union all
		select t.day, 'trainings', 1 from app.trainings t
		where t.city_id = p_city_id and t.group_id = p_group_id and not t.discarded and t.session_id is null
		union all
		select t.day, 'attendance', t.headcount from app.trainings t
		where t.city_id = p_city_id and t.group_id = p_group_id and not t.discarded
		union all
		select r.day, r.figure, 1 from app.requests q
		cross join lateral (values
			(q.asked_on, 'requests_opened'), (q.taken_on, 'requests_taken'),
			(q.ended_on, case q.ended_as when '' then null when 'done' then 'requests_done' else 'requests_closed' end)
		) r(day, figure)
		where q.city_id = p_city_id and q.group_id = p_group_id and not q.discarded and r.day is not null and r.figure is not null
	)
	select s.day, coalesce(sum(s.n) filter (where s.figure = 'visits'), 0), coalesce(sum(s.n) filter (where s.figure = 'people_helped'), 0),
		coalesce(sum(s.n) filter (where s.figure = 'households_added'), 0), coalesce(sum(s.n) filter (where s.figure = 'households_reached'), 0),
		coalesce(sum(s.n) filter (where s.figure = 'reached_in_week'), 0), coalesce(sum(s.n) filter (where s.figure = 'reached_in_month'), 0),
		coalesce(sum(s.n) filter (where s.figure = 'reached_in_quarter'), 0), coalesce(sum(s.n) filter (where s.figure = 'reached_in_half'), 0),
		coalesce(sum(s.n) filter (where s.figure = 'reached_in_year'), 0),
		coalesce(sum(s.n) filter (where s.figure = 'trainings'), 0), coalesce(sum(s.n) filter (where s.figure = 'attendance'), 0),
		coalesce(sum(s.n) filter (where s.figure = 'households_learned'), 0),
		coalesce(sum(s.n) filter (where s.figure = 'learned_in_week'), 0), coalesce(sum(s.n) filter (where s.figure = 'learned_in_month'), 0),
		coalesce(sum(s.n) filter (where s.figure = 'learned_in_quarter'), 0), coalesce(sum(s.n) filter (where s.figure = 'learned_in_half'), 0),
		coalesce(sum(s.n) filter (where s.figure = 'learned_in_year'), 0),
		coalesce(sum(s.n) filter (where s.figure = 'requests_opened'), 0), coalesce(sum(s.n) filter (where s.figure = 'requests_taken'), 0),
		coalesce(sum(s.n) filter (where s.figure = 'requests_done'), 0), coalesce(sum(s.n) filter (where s.figure = 'requests_closed'), 0)
	from said s
	group by s.day
$$;

create function app.true_services(p_city_id text, p_group_id uuid) returns table (day date, service text, result text, people bigint)
language sql stable set search_path = '' as $$
	select s.day, s.service, s.result, sum(s.people) from app.signups s
	where s.city_id = p_city_id and s.group_id = p_group_id and not s.discarded group by 1, 2, 3
$$;

create function app.true_people(p_city_id text, p_group_id uuid) returns table (day date, kind text, counted_group text, people bigint)
language sql stable set search_path = '' as $$
	select r.day, r.kind, g.key, sum(g.value::integer)
	from (
		select v.day, 'visit' as kind, v.people_by_group from app.visits v
		where v.city_id = p_city_id and v.group_id = p_group_id and not v.discarded
		union all
		select t.day, 'training', t.people_by_group from app.trainings t
		where t.city_id = p_city_id and t.group_id = p_group_id and not t.discarded
	) r
	cross join lateral jsonb_each_text(r.people_by_group) g
	group by 1, 2, 3
$$;

-- A row of totals as single figures; what is nothing is left out, as is a row that was never written.
create function app.figures_in(p_total text, p_key jsonb, p_row jsonb)
returns table (total text, key jsonb, figure text, value jsonb)
language sql immutable set search_path = '' as $$
	select p_total, p_key, f.key, f.value from jsonb_each(p_row) f
	where not p_key ? f.key and f.value not in ('0', 'null', '[]') and f.key not in ('city_id', 'group_id', 'first_reached_on')
$$;

create function app.kept_figures(p_city_id text, p_group_id uuid) returns table (total text, key jsonb, figure text, value jsonb)
language sql stable set search_path = '' as $$
	select f.* from app.group_days d
	cross join lateral app.figures_in('group_days', jsonb_build_object('day', d.day), to_jsonb(d)) f
	where d.city_id = p_city_id and d.group_id = p_group_id
	union all
	select f.* from app.group_day_services d
	cross join lateral app.figures_in('group_day_services', jsonb_build_object('day', d.day, 'service', d.service, 'result', d.result), to_jsonb(d)) f
	where d.city_id = p_city_id and d.group_id = p_group_id
	union all
	select f.* from app.group_day_people d
	cross join lateral app.figures_in('group_day_people', jsonb_build_object('day', d.day, 'kind', d.kind, 'counted_group', d.counted_group), to_jsonb(d)) f
	where d.city_id = p_city_id and d.group_id = p_group_id
	union all
	select f.* from app.household_progress p
	cross join lateral app.figures_in('household_progress', jsonb_build_object('household_id', p.household_id), to_jsonb(p)) f
	where p.city_id = p_city_id and p.group_id = p_group_id
$$;

create function app.true_figures(p_city_id text, p_group_id uuid) returns table (total text, key jsonb, figure text, value jsonb)
language sql stable set search_path = '' as $$
	select f.* from app.true_days(p_city_id, p_group_id) d
	cross join lateral app.figures_in('group_days', jsonb_build_object('day', d.day), to_jsonb(d)) f
	union all
	select f.* from app.true_services(p_city_id, p_group_id) d
	cross join lateral app.figures_in('group_day_services', jsonb_build_object('day', d.day, 'service', d.service, 'result', d.result), to_jsonb(d)) f
	union all
	select f.* from app.true_people(p_city_id, p_group_id) d
	cross join lateral app.figures_in('group_day_people', jsonb_build_object('day', d.day, 'kind', d.kind, 'counted_group', d.counted_group), to_jsonb(d)) f
	union all
	select f.* from app.true_progress(p_city_id, p_group_id) p
	cross join lateral app.figures_in('household_progress', jsonb_build_object('household_id', p.household_id), to_jsonb(p)) f
$$;

-- Every figure of a group that is kept otherwise than its records say; null: there is none.
create function app.differences(p_city_id text, p_group_id uuid)
returns table (total text, key jsonb, figure text, kept jsonb, counted jsonb)
language sql stable set search_path = '' as $$
	select total, key, figure, k.value, t.value
	from app.kept_figures(p_city_id, p_group_id) k
	full join app.true_figures(p_city_id, p_group_id) t using (total, key, figure)
	where k.value is distinct from t.value
$$;

-- Writes the totals of a group anew. The caller holds the lock of its log.
create function app.rewrite_totals(p_city_id text, p_group_id uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
	delete from app.group_days d where d.city_id = p_city_id and d.group_id = p_group_id;
	insert into app.group_days (city_id, group_id, day, visits, people_helped, households_added, households_reached,
		reached_in_week, reached_in_month, reached_in_quarter, reached_in_half, reached_in_year, trainings, attendance,
		households_learned, learned_in_week, learned_in_month, learned_in_quarter, learned_in_half, learned_in_year,
		requests_opened, requests_taken, requests_done, requests_closed)
	select p_city_id, p_group_id, d.* from app.true_days(p_city_id, p_group_id) d;
	delete from app.group_day_services d where d.city_id = p_city_id and d.group_id = p_group_id;
	insert into app.group_day_services (city_id, group_id, day, service, result, people)
	select p_city_id, p_group_id, d.* from app.true_services(p_city_id, p_group_id) d;
	delete from app.group_day_people d where d.city_id = p_city_id and d.group_id = p_group_id;
	insert into app.group_day_people (city_id, group_id, day, kind, counted_group, people)
	select p_city_id, p_group_id, d.* from app.true_people(p_city_id, p_group_id) d;
	delete from app.household_progress p where p.city_id = p_city_id and p.group_id = p_group_id;
	insert into app.household_progress (city_id, group_id, household_id, reached_on, last_visited_on, learned_on, rung, proven_on)
	select p_city_id, p_group_id, p.* from app.true_progress(p_city_id, p_group_id) p
	where p.reached_on <> '{}' or p.last_visited_on is not null or p.proven_on <> '{}';
end $$;

-- security definer: nobody holds a write grant on totals. Groups in sorted order, like a push.
create function app.recount(p_after uuid, p_most integer) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	one record;
	found jsonb;
	groups integer := 0;
	last_group uuid;
	differences jsonb := '[]';
begin
	if not app.i_may('recount') then
		raise insufficient_privilege using message = 'this role may not do this', detail = 'recount';
	elsif p_most is null or p_most not between 1 and 500 then
		raise sqlstate 'PT400' using message = 'at_most must be between 1 and 500', detail = 'at_most';
	end if;
	for one in
		select u.unit_id from app.units u
		where u.city_id = city and u.level = 'group' and (p_after is null or u.unit_id > p_after)
		order by u.unit_id limit p_most
	loop
		insert into app.group_logs (city_id, group_id) values (city, one.unit_id) on conflict do nothing;
		perform from app.group_logs l where l.city_id = city and l.group_id = one.unit_id for update;
		select jsonb_agg(to_jsonb(d) || jsonb_build_object('group_id', one.unit_id) order by d.total, d.key, d.figure) into found
		from app.differences(city, one.unit_id) d;
		if found is not null then
			perform app.rewrite_totals(city, one.unit_id);
			differences := differences || found;
		end if;
		groups := groups + 1;
		last_group := one.unit_id;
	end loop;
	if differences <> '[]' then
		insert into app.alarms (city_id, code, details) values (city, 'totals_differed', jsonb_build_object(
			'figures', jsonb_array_length(differences),
			'groups', (select jsonb_agg(distinct d -> 'group_id') from jsonb_array_elements(differences) d),
			'first', jsonb_path_query_array(differences, '$[0 to 19]')));
	end if;
	return jsonb_build_object('recounted', groups, 'differences', differences,
		'next', case when groups = p_most then last_group end);
end $$;

-- Adds up the groups after one (null: from the first) from their records, mends what differed and says it.
-- `next` is what to give as `after` to go on; null when all groups are through.
create function api.recount(after uuid, at_most integer) returns jsonb
language sql volatile set search_path = '' as $$
	select app.recount(after, at_most)
$$;

-- The newest alarms of the city, for its administrators.
create function api.alarms() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	perform app.require_session();
	if not app.i_may('recount') then
		raise insufficient_privilege using message = 'this role may not do this', detail = 'recount';
	end if;
	return (
		select coalesce(jsonb_agg(jsonb_build_object('at', a.at, 'code', a.code, 'details', a.details) order by a.at desc), '[]')
		from (select * from app.alarms order by at desc limit 100) a);
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.recount(uuid, integer), api.recount(uuid, integer), api.alarms() to authenticated;
