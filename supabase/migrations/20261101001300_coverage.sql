-- Coverage of the groups below a unit, and the wards of the city side by side: from totals, never
-- from records. A missing denominator stays missing.

-- Of each group in the caller's reach: what it did in a month, and whom it had reached by its end.
create function app.group_month(p_city_id text, p_month date)
returns table (
	group_id uuid, registered bigint, reached bigint, visits bigint, people_helped bigint,
	trainings bigint, attendance bigint, households_learned bigint,
	requests_opened bigint, requests_done bigint, last_day date
)
language sql stable set search_path = '' as $$
	select d.group_id,
		sum(d.households_added), sum(d.households_reached),
		coalesce(sum(d.visits) filter (where d.day >= m.first), 0),
		coalesce(sum(d.people_helped) filter (where d.day >= m.first), 0),
		coalesce(sum(d.trainings) filter (where d.day >= m.first), 0),
		coalesce(sum(d.attendance) filter (where d.day >= m.first), 0),
		coalesce(sum(d.learned_in_month) filter (where d.day >= m.first), 0),
		coalesce(sum(d.requests_opened) filter (where d.day >= m.first), 0),
		coalesce(sum(d.requests_done) filter (where d.day >= m.first), 0),
		max(d.day) filter (where d.visits > 0 or d.trainings > 0)
	from (select date_trunc('month', p_month)::date as first) m
	join app.group_days d on d.city_id = p_city_id and d.day < (m.first + interval '1 month')::date
	group by d.group_id
$$;

-- People signed up in a month by group and service; a refusal is no sign-up.
create function app.group_month_services(p_city_id text, p_month date)
returns table (group_id uuid, service text, people bigint)
language sql stable set search_path = '' as $$
	select d.group_id, d.service, sum(d.people)
	from (select date_trunc('month', p_month)::date as first) m
	join app.group_day_services d on d.city_id = p_city_id
		and d.day >= m.first and d.day < (m.first + interval '1 month')::date
		and d.result in ('created', 'activated')
	group by d.group_id, d.service
	having sum(d.people) > 0
$$;

create function app.last_day_of(p_month date) returns date
language sql immutable set search_path = '' as $$
	select (date_trunc('month', p_month) + interval '1 month - 1 day')::date
$$;

-- The caller's city, for somebody who may do this; refuses others with 403, and a month that no
-- office means with 400.
create function app.require(verb text, month date) returns text
language plpgsql stable set search_path = '' as $$
declare
	city text := app.require_session();
begin
	if not app.i_may(verb) then
		raise insufficient_privilege using message = 'this role may not do this', detail = verb;
	elsif month is null or month not between '2000-01-01' and '2100-12-31' then
		raise sqlstate 'PT400' using message = 'month must be a day between 2000 and 2100', detail = 'month';
	end if;
	return city;
end $$;

create function api.coverage(unit_id uuid, month date) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	city text := app.require('read_totals', coverage.month);
	its_name text;
begin
	select u.name into its_name from app.units u where u.city_id = city and u.unit_id = coverage.unit_id;
	if its_name is null then
		raise sqlstate 'PT404' using message = 'no such unit', detail = 'unit_id';
	end if;
	return jsonb_build_object(
		'as_of', now(), 'month', date_trunc('month', coverage.month)::date,
		'unit', jsonb_build_object('id', coverage.unit_id, 'name', its_name),
		'rows', (
			select coalesce(jsonb_agg(jsonb_build_object(
				'group_id', g.unit_id, 'name', g.name, 'ward_id', w.unit_id, 'ward_name', w.name,
				'households', d.value, 'households_source', d.source, 'households_as_of', d.as_of,
				'registered', coalesce(t.registered, 0), 'reached', coalesce(t.reached, 0),
				'coverage', round(coalesce(t.reached, 0)::numeric / d.value, 4),
				'visits', coalesce(t.visits, 0), 'people_helped', coalesce(t.people_helped, 0),
				'trainings', coalesce(t.trainings, 0), 'attendance', coalesce(t.attendance, 0),
				'households_learned', coalesce(t.households_learned, 0),
				'requests_opened', coalesce(t.requests_opened, 0), 'requests_done', coalesce(t.requests_done, 0), 'last_day', t.last_day,
				'signups', coalesce(s.by_service, '{}'::jsonb)
			) order by w.name, g.name), '[]')
			from app.units_below(city, array[coverage.unit_id], app.today()) below
			join app.units g on g.city_id = city and g.unit_id = below and g.level = 'group'
			join app.group_places(city, app.today()) p on p.group_id = g.unit_id
			join app.units w on w.city_id = city and w.unit_id = p.ward_id
			left join app.denominators_on(city, 'households', app.last_day_of(coverage.month)) d on d.unit_id = g.unit_id
			left join app.group_month(city, coverage.month) t on t.group_id = g.unit_id
			left join (
				select m.group_id, jsonb_object_agg(m.service, m.people) as by_service
				from app.group_month_services(city, coverage.month) m group by m.group_id
			) s on s.group_id = g.unit_id
			where g.unit_id in (select app.my_group_ids('read_totals')))
	);
end $$;

create function api.compare_wards(month date) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	city text := app.require('compare_wards', compare_wards.month);
begin
	return jsonb_build_object(
		'as_of', now(), 'month', date_trunc('month', compare_wards.month)::date,
		'services', (
			select coalesce(jsonb_agg(distinct m.service), '[]') from app.group_month_services(city, compare_wards.month) m),
		'rows', (
			with places as materialized (
				select * from app.group_places(city, app.today())
			), month_of_ward as (
				select p.ward_id, sum(t.registered) as registered, sum(t.reached) as reached, sum(t.visits) as visits,
					sum(t.people_helped) as people_helped, sum(t.trainings) as trainings, sum(t.attendance) as attendance,
					sum(t.households_learned) as households_learned, sum(t.requests_opened) as requests_opened, sum(t.requests_done) as requests_done
				from app.group_month(city, compare_wards.month) t join places p using (group_id) group by p.ward_id
			), services_of_ward as (
				select s.ward_id, jsonb_object_agg(s.service, s.people) as by_service
				from (
					select p.ward_id, m.service, sum(m.people) as people
					from app.group_month_services(city, compare_wards.month) m join places p using (group_id) group by 1, 2
				) s group by s.ward_id
			)
			select coalesce(jsonb_agg(jsonb_build_object(
				'ward_id', w.unit_id, 'code', code.code, 'edition', code.edition, 'name', code.official_name,
				'area_name', a.name, 'counted', w.counted,
				'households', d.value, 'households_source', d.source, 'households_as_of', d.as_of,
				'registered', coalesce(t.registered, 0), 'reached', coalesce(t.reached, 0),
				'coverage', case when w.counted then round(coalesce(t.reached, 0)::numeric / d.value, 4) end,
				'visits', coalesce(t.visits, 0), 'people_helped', coalesce(t.people_helped, 0),
				'trainings', coalesce(t.trainings, 0), 'attendance', coalesce(t.attendance, 0),
				'households_learned', coalesce(t.households_learned, 0),
				'requests_opened', coalesce(t.requests_opened, 0), 'requests_done', coalesce(t.requests_done, 0),
				'signups', coalesce(s.by_service, '{}'::jsonb)
			) order by code.code), '[]')
			from app.units w
			join app.unit_codes code on code.city_id = w.city_id and code.unit_id = w.unit_id
			join app.editions e on e.edition = code.edition and e.in_force_to is null
			left join app.unit_parents wp on wp.city_id = w.city_id and wp.unit_id = w.unit_id
				and wp.from_day <= app.today() and wp.to_day > app.today()
			left join app.units a on a.city_id = w.city_id and a.unit_id = wp.parent_id and a.level = 'area'
			left join app.denominators_on(city, 'households', app.last_day_of(compare_wards.month)) d on d.unit_id = w.unit_id
			left join month_of_ward t on t.ward_id = w.unit_id
			left join services_of_ward s on s.ward_id = w.unit_id
			where w.city_id = city and w.level = 'ward' and w.to_day is null)
	);
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function
	app.group_month(text, date), app.group_month_services(text, date), app.last_day_of(date), app.require(text, date),
	api.coverage(uuid, date), api.compare_wards(date)
	to authenticated;
