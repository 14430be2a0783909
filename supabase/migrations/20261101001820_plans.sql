-- Plans as offices write them: a header, indicators (chỉ tiêu) and tasks (nhiệm vụ), targets by level
-- and year, and what offices have published of them. A figure that nobody knows is not there, and never
-- 0. Official figures and what the teams' records count stand side by side and are never mixed
-- (docs/decisions/014-plans.md).

create table app.plans (
	city_id text not null,
	plan_id uuid not null,
	kind text not null,
	number text not null default '',
	name text not null,
	authority text not null,
	issued_on date,
	from_year smallint,
	to_year smallint,
	constraint plans_pkey primary key (city_id, plan_id),
	constraint plans_of_city foreign key (city_id) references app.cities (city_id),
	constraint plans_kind_bad_value check (kind in ('plan', 'legal_basis', 'collection')),
	constraint plans_number_too_long check (char_length(number) <= 60),
	constraint plans_name_missing check (btrim(name) <> ''),
	constraint plans_name_too_long check (char_length(name) <= 300),
	constraint plans_authority_missing check (btrim(authority) <> ''),
	constraint plans_authority_too_long check (char_length(authority) <= 120),
	constraint plans_from_year_out_of_range check (from_year between 1990 and 2100),
	constraint plans_to_year_out_of_range check (to_year between coalesce(from_year, 1990) and 2100)
);
comment on column app.plans.kind is 'A plan has lines; a legal basis is what plans refer to; a collection holds published figures that stand in no plan.';

-- How many lines stood where, as an office has reported it: kept beside what the lines themselves say.
create table app.plan_counts (
	city_id text not null,
	plan_id uuid not null,
	line_kind text not null,
	status text not null,
	lines smallint not null,
	as_of date not null,
	source text not null,
	constraint plan_counts_pkey primary key (city_id, plan_id, line_kind, status, as_of),
	constraint plan_counts_plan foreign key (city_id, plan_id) references app.plans (city_id, plan_id),
	constraint plan_counts_kind_known check (line_kind in ('indicator', 'task')),
	constraint plan_counts_status_known check (status in (
		'all', 'exceeded', 'met', 'met_or_exceeded', 'not_met', 'undetermined', 'done', 'in_progress', 'not_done')),
	constraint plan_counts_lines_counted check (lines >= 0)
);

create table app.indicators (
	city_id text not null,
	indicator_id uuid not null,
	vi text not null,
	en text not null,
	unit text not null,
	direction text not null default 'more',
	denominator_vi text not null default '',
	denominator_en text not null default '',
	denominator_measure text,
	measure text,
	numerator text not null default 'typed',
	constraint indicators_pkey primary key (city_id, indicator_id),
	constraint indicators_of_city foreign key (city_id) references app.cities (city_id),
	constraint indicators_vi_missing check (btrim(vi) <> ''),
	constraint indicators_vi_too_long check (char_length(vi) <= 300),
	constraint indicators_en_missing check (btrim(en) <> ''),
	constraint indicators_en_too_long check (char_length(en) <= 300),
	constraint indicators_unit_bad_value check (unit in (
		'percent', 'people', 'households', 'wards', 'groups', 'markets', 'services', 'accounts', 'downloads', 'addresses', 'firms', 'products', 'years', 'number')),
	constraint indicators_direction_bad_value check (direction in ('more', 'less')),
	constraint indicators_denominator_too_long check (char_length(denominator_vi || denominator_en) <= 300),
	-- A share of nobody knows what is no figure.
	constraint indicators_denominator_missing check (unit <> 'percent' or denominator_vi <> ''),
	constraint indicators_denominator_measure_bad_value check (denominator_measure in ('households', 'adults')),
	constraint indicators_measure_bad_value check (measure ~ '^(households_reached|visits|people_helped|trained|trainings|members|wards_with_team|(signups|fact)_[a-z][a-z0-9_]{0,39})$'),
	constraint indicators_numerator_bad_value check (numerator = 'typed' or (numerator = 'counted' and measure is not null))
);
comment on column app.indicators.measure is 'What the teams'' records count that stands beside the official figure; with numerator "counted" it is the figure itself.';
comment on column app.indicators.denominator_measure is 'The typed figures of units that are the denominator; else those of indicator_denominators.';

create table app.indicator_denominators (
	city_id text not null,
	indicator_id uuid not null,
	unit_id uuid not null,
	as_of date not null,
	source text not null,
	value numeric not null,
	constraint indicator_denominators_pkey primary key (city_id, indicator_id, unit_id, as_of, source),
	constraint indicator_denominators_indicator foreign key (city_id, indicator_id) references app.indicators (city_id, indicator_id),
	constraint indicator_denominators_unit foreign key (city_id, unit_id) references app.units (city_id, unit_id),
	constraint indicator_denominators_value_out_of_range check (value > 0 and value < 1e12),
	constraint indicator_denominators_source_missing check (btrim(source) <> '')
);

create table app.plan_lines (
	city_id text not null,
	line_id uuid not null,
	plan_id uuid not null,
	kind text not null,
	position smallint not null,
	indicator_id uuid,
	vi text not null default '',
	en text not null default '',
	status text,
	as_of date,
	source text not null default '',
	constraint plan_lines_pkey primary key (city_id, line_id),
	constraint plan_lines_plan foreign key (city_id, plan_id) references app.plans (city_id, plan_id),
	constraint plan_lines_indicator foreign key (city_id, indicator_id) references app.indicators (city_id, indicator_id),
	constraint plan_lines_kind_bad_value check (kind in ('indicator', 'task')),
	constraint plan_lines_vi_missing check (kind = 'indicator' or btrim(vi) <> ''),
	constraint plan_lines_vi_too_long check (char_length(vi) <= 500 and char_length(en) <= 500),
	constraint plan_lines_indicator_missing check ((kind = 'indicator') = (indicator_id is not null)),
	-- The status of an indicator is worked out from its figures; that of a task is typed.
	constraint plan_lines_status_bad_value check (kind = 'task' and status in ('done', 'in_progress', 'not_done') or status is null),
	constraint plan_lines_source_missing check (status is null or (btrim(source) <> '' and as_of is not null))
);
create unique index plan_lines_by_plan on app.plan_lines (city_id, plan_id, line_id);
create unique index plan_lines_of_indicator on app.plan_lines (city_id, plan_id, indicator_id) where indicator_id is not null;

-- `place` names another city of which a source speaks; of our own places the unit is known.
create table app.targets (
	city_id text not null,
	target_id uuid not null,
	indicator_id uuid not null,
	plan_id uuid,
	level text not null,
	unit_id uuid,
	place text,
	year smallint not null,
	value numeric not null,
	source text not null,
	constraint targets_pkey primary key (city_id, target_id),
	constraint targets_indicator foreign key (city_id, indicator_id) references app.indicators (city_id, indicator_id),
	constraint targets_plan foreign key (city_id, plan_id) references app.plans (city_id, plan_id),
	constraint targets_unit foreign key (city_id, unit_id) references app.units (city_id, unit_id),
	constraint targets_level_bad_value check (level in ('nation', 'city', 'ward')),
	constraint targets_unit_missing check (case level when 'nation' then num_nonnulls(unit_id, place) = 0 else num_nonnulls(unit_id, place) = 1 end),
	constraint targets_year_out_of_range check (year between 1990 and 2100),
	constraint targets_value_out_of_range check (value between 0 and 1e12),
	constraint targets_source_missing check (btrim(source) <> ''),
	constraint targets_source_too_long check (char_length(source) <= 300)
);
create index targets_by_indicator on app.targets (city_id, indicator_id);

-- What somebody has published, each with source and day; two that contradict each other are both kept.
create table app.observations (
	city_id text not null,
	observation_id uuid not null,
	indicator_id uuid not null,
	unit_id uuid,
	place text,
	as_of date not null,
	said_of text not null default '',
	sign text not null default '',
	value numeric not null,
	out_of numeric,
	source text not null,
	constraint observations_pkey primary key (city_id, observation_id),
	constraint observations_indicator foreign key (city_id, indicator_id) references app.indicators (city_id, indicator_id),
	constraint observations_unit foreign key (city_id, unit_id) references app.units (city_id, unit_id),
	constraint observations_unit_missing check (num_nonnulls(unit_id, place) = 1),
	constraint observations_as_of_out_of_range check (as_of between '1990-01-01' and '2100-12-31'),
	constraint observations_said_of_too_long check (char_length(said_of) <= 60),
	constraint observations_sign_bad_value check (sign in ('', '>', '~')),
	constraint observations_value_out_of_range check (value between 0 and 1e12),
	constraint observations_out_of_out_of_range check (out_of > 0 and out_of <= 1e12),
	constraint observations_source_missing check (btrim(source) <> ''),
	constraint observations_source_too_long check (char_length(source) <= 300)
);
comment on column app.observations.sign is 'As published: ">" more than, "~" about.';
comment on column app.observations.said_of is 'The time as the source says it, where that is no day; as_of is its last day.';
comment on column app.observations.out_of is 'Where the source says both numbers: 18 of 109 markets.';
create index observations_by_indicator on app.observations (city_id, indicator_id, as_of);

insert into app.verbs (verb) values ('read_plans'), ('edit_plans');
insert into app.role_verbs (role, verb) values
	('ward_officer', 'read_plans'), ('area_coordinator', 'read_plans'),
	('city_office', 'read_plans'), ('city_office', 'edit_plans'),
	('administrator', 'read_plans'), ('administrator', 'edit_plans');

-- The units of which somebody may see the figures of plans: the city for everybody who reads plans, and
-- what lies below the places where they hold the verb.
create function app.my_plan_units() returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select u.unit_id
	from (
		select m.city_id, array_agg(m.unit_id) as unit_ids
		from app.my_memberships() m
		join app.role_verbs v on v.role = m.role and v.verb = 'read_plans'
		where m.unit_id is not null
		group by m.city_id
	) mine
	join app.units u on u.city_id = mine.city_id
	where u.level = 'city' or (u.level = 'ward' and u.unit_id in (
		select b from app.units_below(mine.city_id, mine.unit_ids, app.today()) b));
end $$;

alter table app.plans enable row level security;
alter table app.plan_counts enable row level security;
alter table app.indicators enable row level security;
alter table app.indicator_denominators enable row level security;
alter table app.plan_lines enable row level security;
alter table app.targets enable row level security;
alter table app.observations enable row level security;
create policy "staff read the plans of their city" on app.plans for select to authenticated
	using (city_id = (select app.my_city_id()) and (select app.i_may('read_plans')));
create policy "staff read the reported counts of plans" on app.plan_counts for select to authenticated
	using (city_id = (select app.my_city_id()) and (select app.i_may('read_plans')));
create policy "staff read the indicators of their city" on app.indicators for select to authenticated
	using (city_id = (select app.my_city_id()) and (select app.i_may('read_plans')));
create policy "staff read the lines of plans" on app.plan_lines for select to authenticated
	using (city_id = (select app.my_city_id()) and (select app.i_may('read_plans')));
create policy "staff read the denominators of their places" on app.indicator_denominators for select to authenticated
	using (city_id = (select app.my_city_id()) and unit_id in (select app.my_plan_units()));
create policy "staff read the targets of their places" on app.targets for select to authenticated
	using (city_id = (select app.my_city_id()) and (select app.i_may('read_plans'))
		and (unit_id is null or unit_id in (select app.my_plan_units())));
create policy "staff read the observations of their places" on app.observations for select to authenticated
	using (city_id = (select app.my_city_id()) and (select app.i_may('read_plans'))
		and (unit_id is null or unit_id in (select app.my_plan_units())));
grant select on app.plans, app.plan_counts, app.indicators, app.indicator_denominators, app.plan_lines, app.targets, app.observations
	to authenticated;
-- No insert, update or delete for anybody: plans change only through the functions below.

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
			when 'trained' then d.trained else d.trainings end) as n
		from app.group_days d
		where p_what in ('households_reached', 'visits', 'people_helped', 'trained', 'trainings')
			and d.city_id = p_city_id and d.group_id = any (mine) and d.day between p_since and p_until
		group by 1
		union all
		select s.group_id, sum(s.people) from app.group_day_services s
		where p_what like 'signups\_%' and s.city_id = p_city_id and s.group_id = any (mine)
			and s.day between p_since and p_until and s.service = wanted and s.result in ('created', 'activated')
		group by 1
		union all
		select h.group_id, count(*) from app.households h
		where p_what like 'fact\_%' and h.city_id = p_city_id and h.group_id = any (mine) and not h.discarded
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
	app.my_plan_units(), app.counted_by_ward(text, text, date, date), app.denominators_of(app.indicators, uuid),
	app.plan_json(app.plans), app.require_plans(text), app.counted_at(text, text, uuid, date),
	app.line_json(app.plan_lines, app.indicators, uuid, date), api.plans(), api.plan(uuid, uuid), api.pace(uuid)
	to authenticated;
