-- City, areas, wards and neighbourhood groups, with dates: units are merged, split and renamed,
-- and their official codes and names are reused for other places.

create table app.editions (
	edition text not null,
	name text not null,
	in_force_from date not null,
	in_force_to date,
	source text not null,
	constraint editions_pkey primary key (edition)
);

-- Codes and names of two editions at once would count every ward twice.
create unique index editions_one_in_force on app.editions ((true)) where in_force_to is null;

create table app.units (
	city_id text not null,
	unit_id uuid not null,
	level text not null,
	kind text not null,
	name text not null,
	name_en text,
	counted boolean not null default true,
	invented boolean not null default false,
	from_day date,
	to_day date,
	constraint units_pkey primary key (city_id, unit_id),
	constraint units_of_city foreign key (city_id) references app.cities (city_id),
	constraint units_level_known check (level in ('city', 'area', 'ward', 'group')),
	constraint units_name_present check (name <> '' and length(name) <= 200),
	constraint units_days_in_order check (to_day > from_day)
);
create index units_by_level on app.units (city_id, level);

comment on column app.units.counted is 'False: listed, but no teams and left out of coverage (đặc khu Hoàng Sa).';
comment on column app.units.invented is 'A unit of the demo city that does not exist.';
comment on column app.units.to_day is 'First day on which the unit no longer is; null while it is in force.';

create table app.unit_parents (
	city_id text not null,
	unit_id uuid not null,
	parent_id uuid not null,
	from_day date not null default '-infinity',
	to_day date not null default 'infinity',
	constraint unit_parents_pkey primary key (city_id, unit_id, from_day),
	constraint unit_parents_unit foreign key (city_id, unit_id) references app.units (city_id, unit_id),
	constraint unit_parents_parent foreign key (city_id, parent_id) references app.units (city_id, unit_id),
	constraint unit_parents_days_in_order check (to_day > from_day),
	constraint unit_parents_not_itself check (unit_id <> parent_id)
);
create index unit_parents_by_parent on app.unit_parents (city_id, parent_id);

create table app.unit_codes (
	city_id text not null,
	edition text not null,
	code text not null,
	unit_id uuid not null,
	official_name text not null,
	constraint unit_codes_pkey primary key (city_id, edition, code),
	constraint unit_codes_one_in_an_edition unique (city_id, edition, unit_id),
	constraint unit_codes_unit foreign key (city_id, unit_id) references app.units (city_id, unit_id),
	constraint unit_codes_edition foreign key (edition) references app.editions (edition),
	constraint unit_codes_code_is_digits check (code ~ '^[0-9]{2,5}$')
);
create index unit_codes_by_unit on app.unit_codes (city_id, unit_id);
create index unit_codes_by_code on app.unit_codes (city_id, code);
create index unit_codes_by_name on app.unit_codes (city_id, app.fold(official_name));

create table app.unit_successions (
	city_id text not null,
	unit_id uuid not null,
	successor_id uuid not null,
	on_day date not null,
	relation text not null,
	basis text not null,
	constraint unit_successions_pkey primary key (city_id, unit_id, successor_id),
	constraint unit_successions_unit foreign key (city_id, unit_id) references app.units (city_id, unit_id),
	constraint unit_successions_successor foreign key (city_id, successor_id) references app.units (city_id, unit_id),
	constraint unit_successions_relation_known check (relation in ('kept', 'merged', 'split', 'renamed', 'moved')),
	constraint unit_successions_not_itself check (unit_id <> successor_id)
);
create index unit_successions_by_successor on app.unit_successions (city_id, successor_id);

create table app.denominators (
	city_id text not null,
	unit_id uuid not null,
	measure text not null,
	as_of date not null,
	value integer not null,
	source text not null,
	constraint denominators_pkey primary key (city_id, unit_id, measure, as_of),
	constraint denominators_unit foreign key (city_id, unit_id) references app.units (city_id, unit_id),
	constraint denominators_measure_known check (measure in ('households', 'adults')),
	constraint denominators_value_positive check (value > 0)
);

comment on table app.denominators is 'Typed by an office with source and date. Nobody publishes households per ward.';

-- What a city calls its levels and its kinds of units. Cần Thơ's khu vực are what Đà Nẵng calls tổ dân phố.
create table app.unit_levels (
	city_id text not null,
	level text not null,
	position smallint not null,
	vi text not null,
	en text not null,
	constraint unit_levels_pkey primary key (city_id, level),
	constraint unit_levels_of_city foreign key (city_id) references app.cities (city_id),
	constraint unit_levels_level_known check (level in ('city', 'area', 'ward', 'group')),
	constraint unit_levels_words_present check (vi <> '' and en <> '' and length(vi || en) <= 120)
);

create table app.unit_kinds (
	city_id text not null,
	kind text not null,
	level text not null,
	position smallint not null,
	vi text not null,
	en text not null,
	constraint unit_kinds_pkey primary key (city_id, kind),
	constraint unit_kinds_level foreign key (city_id, level) references app.unit_levels (city_id, level),
	constraint unit_kinds_kind_is_code check (kind ~ '^[a-z][a-z0-9_]{0,39}$'),
	constraint unit_kinds_words_present check (vi <> '' and en <> '' and length(vi || en) <= 120)
);

-- Every city begins with the country's usual words and then changes them as it likes.
create function app.begin_unit_words() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
	insert into app.unit_levels (city_id, level, position, vi, en) values
		(new.city_id, 'city', 1, 'Thành phố, tỉnh', 'City or province'),
		(new.city_id, 'area', 2, 'Địa bàn', 'Area'),
		(new.city_id, 'ward', 3, 'Phường, xã', 'Ward'),
		(new.city_id, 'group', 4, 'Tổ, thôn', 'Group');
	insert into app.unit_kinds (city_id, kind, level, position, vi, en) values
		(new.city_id, 'thanh_pho', 'city', 1, 'Thành phố', 'City'),
		(new.city_id, 'tinh', 'city', 2, 'Tỉnh', 'Province'),
		(new.city_id, 'dia_ban', 'area', 3, 'Địa bàn', 'Area'),
		(new.city_id, 'cum', 'area', 4, 'Cụm', 'Cluster'),
		(new.city_id, 'quan', 'area', 5, 'Quận', 'Urban district'),
		(new.city_id, 'huyen', 'area', 6, 'Huyện', 'Rural district'),
		(new.city_id, 'thi_xa', 'area', 7, 'Thị xã', 'Town'),
		(new.city_id, 'phuong', 'ward', 8, 'Phường', 'Ward'),
		(new.city_id, 'xa', 'ward', 9, 'Xã', 'Commune'),
		(new.city_id, 'thi_tran', 'ward', 10, 'Thị trấn', 'Township'),
		(new.city_id, 'dac_khu', 'ward', 11, 'Đặc khu', 'Special zone'),
		(new.city_id, 'tdp', 'group', 12, 'Tổ dân phố', 'Residential group'),
		(new.city_id, 'thon', 'group', 13, 'Thôn', 'Village'),
		(new.city_id, 'ap', 'group', 14, 'Ấp', 'Hamlet'),
		(new.city_id, 'khu_vuc', 'group', 15, 'Khu vực', 'Urban hamlet'),
		(new.city_id, 'khom', 'group', 16, 'Khóm', 'Urban hamlet (khóm)'),
		(new.city_id, 'ban', 'group', 17, 'Bản', 'Highland village'),
		(new.city_id, 'lang', 'group', 18, 'Làng', 'Village (làng)'),
		(new.city_id, 'buon', 'group', 19, 'Buôn', 'Highland village (buôn)'),
		(new.city_id, 'khu_pho', 'group', 20, 'Khu phố', 'Street quarter'),
		(new.city_id, 'khoi_pho', 'group', 21, 'Khối phố', 'Street block'),
		(new.city_id, 'kdc', 'group', 22, 'Khu dân cư', 'Residential area');
	return new;
end $$;

create trigger cities_begin_with_words after insert on app.cities
	for each row execute function app.begin_unit_words();

alter table app.unit_levels enable row level security;
alter table app.unit_kinds enable row level security;
alter table app.editions enable row level security;
alter table app.units enable row level security;
alter table app.unit_parents enable row level security;
alter table app.unit_codes enable row level security;
alter table app.unit_successions enable row level security;
alter table app.denominators enable row level security;

grant select on app.editions, app.units, app.unit_parents, app.unit_codes, app.unit_successions, app.denominators,
	app.unit_levels, app.unit_kinds
	to authenticated;

-- Every unit below one of the given units on a day, the unit itself included. Level by level and not as
-- one recursive query: for that the planner foresees far too many rows, and reads all parents of a city.
create function app.units_below(p_city_id text, p_unit_ids uuid[], p_day date) returns setof uuid
language plpgsql stable rows 100 set search_path = '' as $$
declare
	found uuid[] := p_unit_ids;
	below uuid[] := p_unit_ids;
begin
	-- From the city to its groups there are three steps.
	for step in 1 .. 3 loop
		below := array(
			select p.unit_id from app.unit_parents p
			where p.city_id = p_city_id and p.parent_id = any (below) and p.from_day <= p_day and p.to_day > p_day);
		exit when below = '{}';
		found := found || below;
	end loop;
	return query select distinct unnest(found);
end $$;

-- Each group of a city with its ward and its area on a day; area is null where there is none.
create function app.group_places(p_city_id text, p_day date)
returns table (group_id uuid, ward_id uuid, area_id uuid)
language sql stable set search_path = '' as $$
	select g.unit_id, w.unit_id, a.unit_id
	from app.units g
	join app.unit_parents gp on gp.city_id = g.city_id and gp.unit_id = g.unit_id
		and gp.from_day <= p_day and gp.to_day > p_day
	join app.units w on w.city_id = g.city_id and w.unit_id = gp.parent_id and w.level = 'ward'
	left join app.unit_parents wp on wp.city_id = g.city_id and wp.unit_id = w.unit_id
		and wp.from_day <= p_day and wp.to_day > p_day
	left join app.units a on a.city_id = g.city_id and a.unit_id = wp.parent_id and a.level = 'area'
	where g.city_id = p_city_id and g.level = 'group'
$$;

-- The newest typed denominator of each unit that is not later than the day.
create function app.denominators_on(p_city_id text, p_measure text, p_day date)
returns table (unit_id uuid, value integer, source text, as_of date)
language sql stable set search_path = '' as $$
	select distinct on (d.unit_id) d.unit_id, d.value, d.source, d.as_of
	from app.denominators d
	where d.city_id = p_city_id and d.measure = p_measure and d.as_of <= p_day
	order by d.unit_id, d.as_of desc
$$;

revoke execute on all functions in schema app from public;
grant execute on function app.units_below(text, uuid[], date), app.group_places(text, date), app.denominators_on(text, text, date)
	to authenticated;
