-- The units of a day as a tree, and everything that is known of one: its codes in each edition, what
-- it came from, what became of it, and where its code or its name means another place.

create function app.level_words(p_city_id text) returns json
language sql stable set search_path = '' as $$
	select json_agg(json_build_object('level', l.level, 'vi', l.vi, 'en', l.en) order by l.position)
	from app.unit_levels l where l.city_id = p_city_id
$$;

create function app.kind_words(p_city_id text) returns json
language sql stable set search_path = '' as $$
	select json_agg(json_build_object('kind', k.kind, 'level', k.level, 'vi', k.vi, 'en', k.en) order by k.position)
	from app.unit_kinds k where k.city_id = p_city_id
$$;

-- The newest figure of every unit and measure that is not later than the day, in one walk of the key.
create function app.figures_on(p_city_id text, p_day date)
returns table (unit_id uuid, households integer, adults integer)
language sql stable set search_path = '' as $$
	select d.unit_id, max(d.value) filter (where d.measure = 'households'), max(d.value) filter (where d.measure = 'adults')
	from (
		select distinct on (d.unit_id, d.measure) d.unit_id, d.measure, d.value
		from app.denominators d
		where d.city_id = p_city_id and d.as_of <= p_day
		order by d.unit_id desc, d.measure desc, d.as_of desc
	) d
	group by d.unit_id
$$;

-- A list for each column: thousands of rows as objects, or as arrays of mixed things, take twice as long.
create function api.unit_tree(day date) returns json
language plpgsql stable set search_path = '' as $$
declare
	city constant text := app.require_session();
begin
	if day is null or day not between '1945-01-01' and '2100-12-31' then
		raise sqlstate 'PT400' using message = 'day must be between 1945 and 2100', detail = 'day';
	end if;
	return (
		select json_build_object(
			'day', unit_tree.day, 'levels', app.level_words(city), 'kinds', app.kind_words(city),
			'unit_id', coalesce(array_agg(u.unit_id), '{}'), 'parent_id', coalesce(array_agg(p.parent_id), '{}'),
			'level', coalesce(array_agg(u.level), '{}'), 'kind', coalesce(array_agg(u.kind), '{}'),
			'name', coalesce(array_agg(u.name), '{}'), 'code', coalesce(array_agg(c.code), '{}'),
			'counted', coalesce(array_agg(u.counted), '{}'), 'households', coalesce(array_agg(f.households), '{}'),
			'adults', coalesce(array_agg(f.adults), '{}'))
		from app.units u
		left join app.unit_parents p on p.city_id = city and p.unit_id = u.unit_id
			and p.from_day <= unit_tree.day and p.to_day > unit_tree.day
		left join (
			select c.unit_id, min(c.code) as code
			from app.editions e
			join app.unit_codes c on c.city_id = city and c.edition = e.edition
			where e.in_force_from <= unit_tree.day and (e.in_force_to is null or e.in_force_to > unit_tree.day)
			group by c.unit_id
		) c on c.unit_id = u.unit_id
		left join app.figures_on(city, unit_tree.day) f on f.unit_id = u.unit_id
		where u.city_id = city
			and (u.from_day is null or u.from_day <= unit_tree.day)
			and (u.to_day is null or u.to_day > unit_tree.day));
end $$;

-- One unit as another one's page names it.
create function app.unit_named(p_city_id text, p_unit_id uuid) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object('unit_id', u.unit_id, 'name', u.name, 'level', u.level, 'from_day', u.from_day, 'to_day', u.to_day)
	from app.units u where u.city_id = p_city_id and u.unit_id = p_unit_id
$$;

-- The codes that other places have had, where this unit has the same code or the same name: reading
-- an old paper by either would mean the wrong place. Names are compared as people type them.
create function app.unit_namesakes(p_city_id text, p_unit_id uuid)
returns table (same text, edition text, edition_name text, in_force_from date, code text, official_name text, unit_id uuid)
language sql stable set search_path = '' as $$
	select s.same, e.edition, e.name, e.in_force_from, s.code, s.official_name, s.unit_id
	from (
		select distinct 'code' as same, other.edition, other.code, other.official_name, other.unit_id
		from app.unit_codes mine
		join app.unit_codes other on other.city_id = mine.city_id and other.code = mine.code and other.unit_id <> mine.unit_id
		where mine.city_id = p_city_id and mine.unit_id = p_unit_id
		union
		select distinct 'name', other.edition, other.code, other.official_name, other.unit_id
		from app.unit_codes mine
		join app.unit_codes other on other.city_id = mine.city_id and other.unit_id <> mine.unit_id
			and app.fold(other.official_name) = app.fold(mine.official_name)
		where mine.city_id = p_city_id and mine.unit_id = p_unit_id
	) s
	join app.editions e on e.edition = s.edition
$$;

create function api.unit(unit_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	city constant text := app.require_session();
	its app.units;
begin
	select * into its from app.units u where u.city_id = city and u.unit_id = unit.unit_id;
	if its.unit_id is null then
		raise sqlstate 'PT404' using message = 'no such unit', detail = 'unit_id';
	end if;
	return jsonb_build_object(
		'unit_id', its.unit_id, 'level', its.level, 'kind', its.kind, 'name', its.name, 'name_en', its.name_en,
		'counted', its.counted, 'invented', its.invented, 'from_day', its.from_day, 'to_day', its.to_day,
		'parents', (
			select coalesce(jsonb_agg(app.unit_named(city, p.parent_id) || jsonb_build_object(
				'from_day', nullif(p.from_day, '-infinity'), 'to_day', nullif(p.to_day, 'infinity')) order by p.from_day desc), '[]')
			from app.unit_parents p where p.city_id = city and p.unit_id = its.unit_id),
		'codes', (
			select coalesce(jsonb_agg(jsonb_build_object('edition', e.edition, 'edition_name', e.name,
				'in_force_from', e.in_force_from, 'in_force_to', e.in_force_to, 'source', e.source,
				'code', c.code, 'official_name', c.official_name) order by e.in_force_from desc), '[]')
			from app.unit_codes c join app.editions e on e.edition = c.edition
			where c.city_id = city and c.unit_id = its.unit_id),
		'predecessors', (
			select coalesce(jsonb_agg(app.unit_named(city, s.unit_id) || jsonb_build_object(
				'on_day', s.on_day, 'relation', s.relation, 'basis', s.basis) order by s.on_day desc, s.unit_id), '[]')
			from app.unit_successions s where s.city_id = city and s.successor_id = its.unit_id),
		'successors', (
			select coalesce(jsonb_agg(app.unit_named(city, s.successor_id) || jsonb_build_object(
				'on_day', s.on_day, 'relation', s.relation, 'basis', s.basis) order by s.on_day, s.successor_id), '[]')
			from app.unit_successions s where s.city_id = city and s.unit_id = its.unit_id),
		'denominators', (
			select coalesce(jsonb_agg(jsonb_build_object('measure', d.measure, 'value', d.value, 'source', d.source, 'as_of', d.as_of)
				order by d.as_of desc, d.measure), '[]')
			from app.denominators d where d.city_id = city and d.unit_id = its.unit_id),
		'namesakes', (
			select coalesce(jsonb_agg(to_jsonb(n) order by n.in_force_from desc, n.same, n.code), '[]')
			from app.unit_namesakes(city, its.unit_id) n)
	);
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.figures_on(text, date), app.level_words(text), app.kind_words(text), app.unit_named(text, uuid), app.unit_namesakes(text, uuid), api.unit_tree(date), api.unit(uuid)
	to authenticated;
