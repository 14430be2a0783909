-- A city's units come from the files of its offices. What a file means is worked out and shown before
-- anything is written (src/lib/files/units); here the rows are written, all or none.

insert into app.verbs (verb) values ('manage_units');
insert into app.role_verbs (role, verb) values ('city_office', 'manage_units'), ('administrator', 'manage_units');

-- Who imported what, and when: counts and ids, never the rows of the file.
create table app.unit_imports (
	city_id text not null,
	import_id uuid not null default gen_random_uuid(),
	at timestamptz not null default now(),
	person_id uuid not null,
	edition text,
	counts jsonb not null,
	constraint unit_imports_pkey primary key (city_id, import_id),
	constraint unit_imports_person foreign key (city_id, person_id) references app.people (city_id, person_id),
	constraint unit_imports_edition foreign key (edition) references app.editions (edition)
);

alter table app.unit_imports enable row level security;
create policy "those who manage units read who imported" on app.unit_imports for select to authenticated
	using (city_id = (select app.my_city_id()) and (select app.i_may('manage_units')));
grant select on app.unit_imports to authenticated;

-- Everything that a new file is checked against. The version says of which list.
create function api.unit_lists() returns json
language plpgsql stable set search_path = '' as $$
declare
	city constant text := app.require_session();
begin
	if not app.i_may('manage_units') then
		raise insufficient_privilege using message = 'this role may not do this', detail = 'manage_units';
	end if;
	return json_build_object(
		'version', (select c.units_version from app.cities c where c.city_id = city),
		'editions', (
			select coalesce(json_agg(json_build_object('edition', e.edition, 'name', e.name, 'in_force_from', e.in_force_from,
				'in_force_to', e.in_force_to, 'source', e.source) order by e.in_force_from), '[]') from app.editions e),
		'levels', app.level_words(city), 'kinds', app.kind_words(city),
		'units', (
			select coalesce(json_agg(json_build_array(u.unit_id, u.level, u.kind, u.name, u.name_en, u.counted, u.from_day, u.to_day)), '[]')
			from app.units u where u.city_id = city),
		'parents', (
			select coalesce(json_agg(json_build_array(
				p.unit_id, p.parent_id, nullif(p.from_day, '-infinity'), nullif(p.to_day, 'infinity'))), '[]')
			from app.unit_parents p where p.city_id = city),
		'codes', (
			select coalesce(json_agg(json_build_array(c.edition, c.code, c.unit_id, c.official_name)), '[]')
			from app.unit_codes c where c.city_id = city),
		'columns', app.columns_of(city, 'units'),
		'succession_columns', app.columns_of(city, 'successions'));
end $$;

-- New rows, changed rows, rows that were there as they are.
create function app.tally(p_given bigint, p_new bigint, p_written bigint) returns jsonb
language sql immutable set search_path = '' as $$
	select jsonb_build_object('new', p_new, 'changed', p_written - p_new, 'same', p_given - p_written)
$$;

-- The edition that a plan brings, and the day on which it closes the one before. An edition that is
-- closed once stays closed: reading an old list again opens nothing.
create function app.import_editions(p_editions jsonb) returns jsonb
language sql volatile set search_path = '' as $$
	with given as (
		select e.* from jsonb_to_recordset(coalesce(p_editions, '[]'))
			e(edition text, name text, in_force_from date, in_force_to date, source text)
	), written as (
		insert into app.editions as old (edition, name, in_force_from, in_force_to, source)
		-- What closes comes first: two in force at once are refused row by row.
		select g.edition, g.name, g.in_force_from, g.in_force_to, g.source from given g order by g.in_force_to nulls last
		on conflict (edition) do update set name = excluded.name, in_force_from = excluded.in_force_from,
			in_force_to = excluded.in_force_to, source = excluded.source
		where (old.name, old.in_force_from, old.in_force_to, old.source)
			is distinct from (excluded.name, excluded.in_force_from, excluded.in_force_to, excluded.source)
		returning xmax = 0 as fresh
	)
	select app.tally((select count(*) from given), count(*) filter (where fresh), count(*)) from written
$$;

create function app.import_unit_rows(p_city_id text, p_units jsonb) returns jsonb
language sql volatile set search_path = '' as $$
	with given as (
		select (r ->> 0)::uuid as unit_id, r ->> 1 as level, r ->> 2 as kind, r ->> 3 as name, r ->> 4 as name_en,
			(r ->> 5)::boolean as counted, (r ->> 6)::date as from_day, (r ->> 7)::date as to_day
		from jsonb_array_elements(coalesce(p_units, '[]')) r
	), written as (
		insert into app.units as old (city_id, unit_id, level, kind, name, name_en, counted, from_day, to_day)
		select p_city_id, g.* from given g
		on conflict (city_id, unit_id) do update set kind = excluded.kind, name = excluded.name, name_en = excluded.name_en,
			counted = excluded.counted, from_day = excluded.from_day, to_day = excluded.to_day
		where (old.kind, old.name, old.name_en, old.counted, old.from_day, old.to_day) is distinct from
			(excluded.kind, excluded.name, excluded.name_en, excluded.counted, excluded.from_day, excluded.to_day)
		returning xmax = 0 as fresh
	)
	select app.tally((select count(*) from given), count(*) filter (where fresh), count(*)) from written
$$;

create function app.import_parents(p_city_id text, p_parents jsonb) returns jsonb
language sql volatile set search_path = '' as $$
	with given as (
		select (r ->> 0)::uuid as unit_id, (r ->> 1)::uuid as parent_id,
			coalesce((r ->> 2)::date, '-infinity') as from_day, coalesce((r ->> 3)::date, 'infinity') as to_day
		from jsonb_array_elements(coalesce(p_parents, '[]')) r
	), written as (
		insert into app.unit_parents as old (city_id, unit_id, parent_id, from_day, to_day)
		select p_city_id, g.* from given g
		on conflict (city_id, unit_id, from_day) do update set parent_id = excluded.parent_id, to_day = excluded.to_day
		where (old.parent_id, old.to_day) is distinct from (excluded.parent_id, excluded.to_day)
		returning xmax = 0 as fresh
	)
	select app.tally((select count(*) from given), count(*) filter (where fresh), count(*)) from written
$$;

-- A code that an edition has given to a place stays with that place: whoever finds it wrong mends the
-- edition, not the code.
create function app.import_codes(p_city_id text, p_codes jsonb) returns jsonb
language sql volatile set search_path = '' as $$
	with given as (
		select r ->> 0 as edition, r ->> 1 as code, (r ->> 2)::uuid as unit_id, r ->> 3 as official_name
		from jsonb_array_elements(coalesce(p_codes, '[]')) r
	), written as (
		insert into app.unit_codes as old (city_id, edition, code, unit_id, official_name)
		select p_city_id, g.* from given g
		on conflict (city_id, edition, code) do update set official_name = excluded.official_name, unit_id = excluded.unit_id
		where (old.unit_id, old.official_name) is distinct from (excluded.unit_id, excluded.official_name)
		returning xmax = 0 as fresh
	)
	select app.tally((select count(*) from given), count(*) filter (where fresh), count(*)) from written
$$;

create function app.import_successions(p_city_id text, p_successions jsonb) returns jsonb
language sql volatile set search_path = '' as $$
	with given as (
		select (r ->> 0)::uuid as unit_id, (r ->> 1)::uuid as successor_id, (r ->> 2)::date as on_day,
			r ->> 3 as relation, r ->> 4 as basis
		from jsonb_array_elements(coalesce(p_successions, '[]')) r
	), written as (
		insert into app.unit_successions as old (city_id, unit_id, successor_id, on_day, relation, basis)
		select p_city_id, g.* from given g
		on conflict (city_id, unit_id, successor_id) do update set on_day = excluded.on_day, relation = excluded.relation,
			basis = excluded.basis
		where (old.on_day, old.relation, old.basis) is distinct from (excluded.on_day, excluded.relation, excluded.basis)
		returning xmax = 0 as fresh
	)
	select app.tally((select count(*) from given), count(*) filter (where fresh), count(*)) from written
$$;

create function app.import_figures(p_city_id text, p_figures jsonb) returns jsonb
language sql volatile set search_path = '' as $$
	with given as (
		select (r ->> 0)::uuid as unit_id, m.measure, f.as_of, m.value, f.source
		from jsonb_to_recordset(coalesce(p_figures, '[]')) f(source text, as_of date, rows jsonb)
		cross join lateral jsonb_array_elements(f.rows) r
		cross join lateral (values ('households', (r ->> 1)::integer), ('adults', (r ->> 2)::integer)) m(measure, value)
		where m.value is not null
	), written as (
		insert into app.denominators as old (city_id, unit_id, measure, as_of, value, source)
		select p_city_id, g.* from given g
		on conflict (city_id, unit_id, measure, as_of) do update set value = excluded.value, source = excluded.source
		where (old.value, old.source) is distinct from (excluded.value, excluded.source)
		returning xmax = 0 as fresh
	)
	select app.tally((select count(*) from given), count(*) filter (where fresh), count(*)) from written
$$;

-- What no constraint of one row can say. Every parent stands on a level above, so there is no ring.
create function app.check_unit_tree(p_city_id text) returns void
language plpgsql stable set search_path = '' as $$
begin
	if exists (
		select from app.unit_parents p
		join app.units u on u.city_id = p.city_id and u.unit_id = p.unit_id
		join app.units above on above.city_id = p.city_id and above.unit_id = p.parent_id
		where p.city_id = p_city_id
			and array_position(array['city', 'area', 'ward', 'group'], above.level)
				>= array_position(array['city', 'area', 'ward', 'group'], u.level)
	) then
		raise sqlstate 'PT400' using message = 'a unit stands under one of its own level or below', detail = 'parents';
	elsif exists (
		select from (
			select p.from_day, lag(p.to_day) over (partition by p.unit_id order by p.from_day) as before
			from app.unit_parents p where p.city_id = p_city_id
		) p where p.before > p.from_day
	) then
		raise sqlstate 'PT400' using message = 'a unit has two parents on one day', detail = 'parents';
	elsif exists (
		select from app.unit_codes c
		join app.units u on u.city_id = c.city_id and u.unit_id = c.unit_id
		where c.city_id = p_city_id and u.level = 'group'
	) then
		raise sqlstate 'PT400' using message = 'a group has no official code', detail = 'codes';
	end if;
end $$;

-- security definer: nobody holds a write grant on units; this is the one way in. The version is read
-- under the lock of the city's row, so that of two offices at once the later one checks again.
create function app.import_units(p_plan jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	known integer;
	counts jsonb;
	touched boolean;
	act record;
begin
	if not app.i_may('manage_units') then
		raise insufficient_privilege using message = 'this role may not do this', detail = 'manage_units';
	elsif jsonb_typeof(p_plan) is distinct from 'object' then
		raise sqlstate 'PT400' using message = 'plan must be an object', detail = 'plan';
	end if;
	select c.units_version into known from app.cities c where c.city_id = city for no key update;
	if (p_plan ->> 'version')::integer is distinct from known then
		raise sqlstate 'PT409' using message = 'the units have changed since the file was checked', detail = 'version';
	end if;
	counts := jsonb_build_object('editions', app.import_editions(p_plan -> 'editions'));
	counts := counts || jsonb_build_object('units', app.import_unit_rows(city, p_plan -> 'units'));
	counts := counts || jsonb_build_object('parents', app.import_parents(city, p_plan -> 'parents'));
	counts := counts || jsonb_build_object('codes', app.import_codes(city, p_plan -> 'codes'));
	counts := counts || jsonb_build_object('successions', app.import_successions(city, p_plan -> 'successions'));
	counts := counts || jsonb_build_object('figures', app.import_figures(city, p_plan -> 'figures'));
	perform app.check_unit_tree(city);
	perform app.remember_columns(city, 'units', p_plan -> 'columns');
	perform app.remember_columns(city, 'successions', p_plan -> 'succession_columns');
	select bool_or((c.value ->> 'new')::integer + (c.value ->> 'changed')::integer > 0) into touched
	from jsonb_each(counts) c;
	if touched then
		update app.cities c set units_version = c.units_version + 1 where c.city_id = city returning c.units_version into known;
		with imported as (
			insert into app.unit_imports (city_id, person_id, edition, counts)
			select city, me.person_id, p_plan ->> 'edition', counts from app.live_person() me
			returning import_id, person_id
		)
		select i.import_id, i.person_id into act from imported i;
		perform app.note_act(city, act.person_id, 'import_units', 'import', act.import_id, null, array(
			select c.key from jsonb_each(counts) c
			where (c.value ->> 'new')::integer + (c.value ->> 'changed')::integer > 0 order by c.key));
	end if;
	return jsonb_build_object('version', known, 'counts', counts);
end $$;

-- A whole city's file at once takes some seconds, and more on a busy machine. What the function says of
-- its time, the gateway and PostgREST both hear.
create function api.import_units(plan jsonb) returns jsonb
language sql volatile set search_path = '' set statement_timeout = '40s' as $$
	select app.import_units(plan)
$$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.import_units(jsonb),
	api.unit_lists(), api.import_units(jsonb)
	to authenticated;
