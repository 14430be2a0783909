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
	constraint indicators_measure_bad_value check (measure ~ '^(households_reached|visits|people_helped|trainings|attendance|households_learned|requests_opened|requests_done|members|wards_with_team|(signups|fact)_[a-z][a-z0-9_]{0,39})$'),
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
language plpgsql stable security definer rows 100 set search_path = '' as $$
declare
	mine record;
	below uuid[];
begin
	select m.city_id, array_agg(m.unit_id) as unit_ids into mine
	from app.my_memberships() m
	join app.role_verbs v on v.role = m.role and v.verb = 'read_plans'
	where m.unit_id is not null
	group by m.city_id;
	-- Once, and not for every ward.
	below := array(select app.units_below(mine.city_id, mine.unit_ids, app.today()));
	return query
	select u.unit_id from app.units u
	where u.city_id = mine.city_id and (u.level = 'city' or (u.level = 'ward' and u.unit_id in (select unnest(below))));
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
-- No insert, update or delete for anybody: plans change only through api.save_… and api.import_plan.

revoke execute on all functions in schema app from public;
grant execute on function app.my_plan_units() to authenticated;
