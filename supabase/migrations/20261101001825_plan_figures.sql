-- Plans as somebody reads them: their lines with targets, published figures and what the teams' records
-- count, and the pace that a forecast is worked out from.

-- What the teams' records count from one day to another, by ward of the groups that the caller may read
-- the totals of. Facts of households and members are as they are now.
-- security definer: who reads totals may not read records or memberships, and gets only sums here.
create function app.counted_by_ward(p_city_id text, p_what text, p_since date, p_until date)
returns table (ward_id uuid, value bigint)
language plpgsql stable security definer set search_path = '' as $$
declare
	mine constant uuid[] := array(select app.my_group_ids('read_totals'));
	wanted constant text := substr(p_what, strpos(p_what, '_') + 1);
begin
	return query
	with places as materialized (
		select g.group_id, g.ward_id from app.group_places(p_city_id, app.today()) g where g.group_id = any (mine)
	), counted as (
		select d.group_id, sum(case p_what
			when 'households_reached' then d.households_reached when 'visits' then d.visits when 'people_helped' then d.people_helped
			when 'attendance' then d.attendance when 'households_learned' then d.households_learned
			when 'requests_opened' then d.requests_opened when 'requests_done' then d.requests_done else d.trainings end) as n
		from app.group_days d
		where p_what in ('households_reached', 'visits', 'people_helped', 'trainings', 'attendance', 'households_learned',
				'requests_opened', 'requests_done')
			and d.city_id = p_city_id and d.group_id = any (mine) and d.day between p_since and p_until
		group by 1
		union all
		select s.group_id, sum(s.people) from app.group_day_services s
		where p_what like 'signups\_%' and s.city_id = p_city_id and s.group_id = any (mine)
			and s.day between p_since and p_until and s.service = wanted and s.result in ('created', 'activated')
		group by 1
		union all
		select h.group_id, count(*) from app.households h
		where p_what like 'fact\_%' and h.city_id = p_city_id and h.group_id = any (mine) and not h.discarded and h.merged_into is null
			and case wanted
				when 'smartphone' then h.smartphone when 'internet' then h.internet when 'digital_address' then h.digital_address
				when 'address_and_internet' then h.digital_address and h.internet
				when 'services_and_payment' then h.online_services and h.digital_payment end
		group by 1
		union all
		select tg.group_id, case p_what when 'members' then count(distinct m.person_id) else 1 end
		from app.team_groups tg
		join app.memberships m on m.city_id = tg.city_id and m.team_id = tg.team_id and m.from_day <= app.today() and m.to_day > app.today()
		where p_what in ('members', 'wards_with_team') and tg.city_id = p_city_id and tg.group_id = any (mine)
			and tg.from_day <= app.today() and tg.to_day > app.today()
		group by 1
	)
	select p.ward_id, case p_what when 'wards_with_team' then 1 else sum(c.n)::bigint end
	from counted c join places p on p.group_id = c.group_id
	group by p.ward_id;
end $$;

-- The denominators of an indicator, newest first: its own, or the typed figures of the unit.
create function app.denominators_of(i app.indicators, p_unit_id uuid) returns table (value numeric, as_of date, source text)
language sql stable set search_path = '' as $$
	select d.value, d.as_of, d.source from app.indicator_denominators d
	where d.city_id = i.city_id and d.indicator_id = i.indicator_id and d.unit_id = p_unit_id
	union all
	select d.value, d.as_of, d.source from app.denominators d
	where d.city_id = i.city_id and d.measure = i.denominator_measure and d.unit_id = p_unit_id
	order by 2 desc, 3
$$;

create function app.plan_json(p app.plans) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object('plan_id', p.plan_id, 'kind', p.kind, 'number', p.number, 'name', p.name, 'authority', p.authority,
		'issued_on', p.issued_on, 'from_year', p.from_year, 'to_year', p.to_year,
		'counts', (
			select coalesce(jsonb_agg(jsonb_build_object('line_kind', c.line_kind, 'status', c.status, 'lines', c.lines,
				'as_of', c.as_of, 'source', c.source) order by c.line_kind, c.as_of, c.status), '[]')
			from app.plan_counts c where c.city_id = p.city_id and c.plan_id = p.plan_id),
		'indicators', (
			select count(*) from app.plan_lines l where l.city_id = p.city_id and l.plan_id = p.plan_id and l.kind = 'indicator'),
		'tasks', (
			select count(*) from app.plan_lines l where l.city_id = p.city_id and l.plan_id = p.plan_id and l.kind = 'task'))
$$;

create function app.require_plans(p_verb text) returns text
language plpgsql stable set search_path = '' as $$
declare
	city constant text := app.require_session();
begin
	if not app.i_may(p_verb) then
		raise insufficient_privilege using message = 'this role may not do this', detail = p_verb;
	end if;
	return city;
end $$;

create function api.plans() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	perform app.require_plans('read_plans');
	return (
		select jsonb_build_object('as_of', now(), 'plans', coalesce(jsonb_agg(app.plan_json(p)
			order by p.kind desc, coalesce(p.from_year, extract(year from p.issued_on)) desc nulls last, p.name), '[]'))
		from app.plans p);
end $$;

-- The counted value of an indicator at a unit: of the city the sum over its wards. Null where nothing is
-- counted for it; 0 where it is counted and there is none.
create function app.counted_at(p_city_id text, p_what text, p_unit_id uuid, p_since date) returns bigint
language sql stable set search_path = '' as $$
	select case when p_what is not null then coalesce(sum(c.value), 0)::bigint end
	from app.units u
	left join app.counted_by_ward(p_city_id, p_what, p_since, app.today()) c on u.level = 'city' or c.ward_id = u.unit_id
	where u.city_id = p_city_id and u.unit_id = p_unit_id
$$;

create function app.line_json(l app.plan_lines, i app.indicators, p_unit_id uuid, p_since date) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object('line_id', l.line_id, 'kind', l.kind, 'position', l.position,
		'vi', coalesce(i.vi, l.vi), 'en', coalesce(i.en, l.en),
		'status', l.status, 'as_of', l.as_of, 'source', l.source)
	|| case when i.indicator_id is null then '{}' else jsonb_build_object(
		'indicator', jsonb_build_object('indicator_id', i.indicator_id, 'unit', i.unit, 'direction', i.direction,
			'denominator_vi', i.denominator_vi, 'denominator_en', i.denominator_en, 'measure', i.measure, 'numerator', i.numerator),
		'targets', (
			select coalesce(jsonb_agg(jsonb_build_object('target_id', t.target_id, 'level', t.level, 'unit_id', t.unit_id, 'place', t.place,
				'year', t.year, 'value', t.value, 'source', t.source) order by t.year, t.level, t.source), '[]')
			from app.targets t
			where t.city_id = i.city_id and t.indicator_id = i.indicator_id
				and (t.level <> 'ward' or t.unit_id = p_unit_id)),
		'observations', (
			select coalesce(jsonb_agg(jsonb_build_object('observation_id', o.observation_id, 'unit_id', o.unit_id, 'place', o.place,
				'as_of', o.as_of, 'said_of', o.said_of, 'sign', o.sign, 'value', o.value, 'out_of', o.out_of, 'source', o.source)
				order by o.as_of desc, o.source), '[]')
			from app.observations o
			where o.city_id = i.city_id and o.indicator_id = i.indicator_id
				and (o.unit_id is null or o.unit_id = p_unit_id
					or exists (select from app.units u where u.city_id = o.city_id and u.unit_id = o.unit_id and u.level = 'city'))),
		'denominators', (select coalesce(jsonb_agg(to_jsonb(d)), '[]') from app.denominators_of(i, p_unit_id) d),
		'counted', app.counted_at(i.city_id, i.measure, p_unit_id, p_since))
	end
$$;

-- One plan with its lines, as it stands at a unit: the city (null) or a ward in reach.
create function api.plan(plan_id uuid, unit_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	city constant text := app.require_plans('read_plans');
	its app.plans;
	place app.units;
	first_day date;
begin
	select * into its from app.plans p where p.plan_id = plan.plan_id;
	select * into place from app.units u
	where u.city_id = city and u.unit_id in (select app.my_plan_units())
		-- A city that was merged into this one is a unit, too, and has ended.
		and (u.unit_id = plan.unit_id or (plan.unit_id is null and u.level = 'city' and u.to_day is null));
	if its.plan_id is null then
		raise sqlstate 'PT404' using message = 'no such plan', detail = 'plan_id';
	elsif place.unit_id is null then
		raise sqlstate 'PT404' using message = 'no such unit', detail = 'unit_id';
	end if;
	first_day := make_date(coalesce(its.from_year, 1990), 1, 1);
	return jsonb_build_object(
		'as_of', now(), 'plan', app.plan_json(its), 'counted_from', first_day,
		'unit', jsonb_build_object('unit_id', place.unit_id, 'name', place.name, 'level', place.level),
		'units', (
			select jsonb_agg(jsonb_build_object('unit_id', u.unit_id, 'name', u.name, 'level', u.level) order by u.level, u.name)
			from app.units u where u.city_id = city and u.to_day is null and u.unit_id in (select app.my_plan_units())),
		'lines', (
			select coalesce(jsonb_agg(app.line_json(l, i, place.unit_id, first_day) order by l.kind, l.position), '[]')
			from app.plan_lines l
			left join app.indicators i on i.city_id = l.city_id and i.indicator_id = l.indicator_id
			where l.plan_id = its.plan_id));
end $$;

-- What a forecast is worked out from (src/lib/domain/forecast.ts): of each ward in reach the counted
-- value, the denominator, and the last eight whole weeks of it and of visits. Null weeks: before records.
create function api.pace(indicator_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	city constant text := app.require_plans('read_plans');
	i app.indicators;
	monday constant date := date_trunc('week', app.today()::timestamp)::date;
begin
	select * into i from app.indicators x where x.indicator_id = pace.indicator_id;
	if i.indicator_id is null or i.measure is null or i.measure ~ '^(fact_|members|wards_)' then
		raise sqlstate 'PT404' using message = 'no such indicator is counted', detail = 'indicator_id';
	end if;
	return jsonb_build_object('as_of', now(), 'weeks_from', monday - 56, 'unit', i.unit, 'vi', i.vi, 'en', i.en, 'measure', i.measure,
		'targets', (
			select coalesce(jsonb_agg(jsonb_build_object('level', t.level, 'unit_id', t.unit_id, 'place', t.place, 'year', t.year,
				'value', t.value, 'source', t.source) order by t.year, t.level), '[]')
			from app.targets t where t.indicator_id = i.indicator_id),
		'rows', (
			with weeks as (
				select w.n, c.ward_id, c.value, v.value as visits
				from generate_series(0, 7) w(n)
				cross join lateral app.counted_by_ward(city, i.measure, monday - 56 + w.n * 7, monday - 50 + w.n * 7) c
				left join lateral (
					select x.value from app.counted_by_ward(city, 'visits', monday - 56 + w.n * 7, monday - 50 + w.n * 7) x
					where x.ward_id = c.ward_id
				) v on true
			)
			select coalesce(jsonb_agg(jsonb_build_object(
				'ward_id', u.unit_id, 'name', u.name, 'counted', coalesce(now_.value, 0),
				'denominator', d.value, 'denominator_source', d.source, 'denominator_as_of', d.as_of,
				'weeks', (
					select jsonb_agg(coalesce(w.value, 0) order by k.n) from generate_series(0, 7) k(n)
					left join weeks w on w.n = k.n and w.ward_id = u.unit_id),
				'visits', (
					select jsonb_agg(coalesce(w.visits, 0) order by k.n) from generate_series(0, 7) k(n)
					left join weeks w on w.n = k.n and w.ward_id = u.unit_id)
			) order by u.name), '[]')
			from app.units u
			join app.counted_by_ward(city, i.measure, '1990-01-01', app.today()) now_ on now_.ward_id = u.unit_id
			left join lateral (select * from app.denominators_of(i, u.unit_id) limit 1) d on true
			where u.city_id = city and u.unit_id in (select app.my_plan_units())));
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function
	app.counted_by_ward(text, text, date, date), app.denominators_of(app.indicators, uuid),
	app.plan_json(app.plans), app.require_plans(text), app.counted_at(text, text, uuid, date),
	app.line_json(app.plan_lines, app.indicators, uuid, date), api.plans(), api.plan(uuid, uuid), api.pace(uuid)
	to authenticated;
