-- Offices type what they have published or decided: observations, targets, the standing of tasks; and
-- bring whole plans from files. All of a call or nothing, with an entry in the audit log: names of
-- fields, never values.

-- A number of a call; text like "1.234" is no number, whatever it may have meant.
create function app.number_in(p_object jsonb, p_field text) returns numeric
language plpgsql immutable set search_path = '' as $$
begin
	case coalesce(jsonb_typeof(p_object -> p_field), 'null')
		when 'null' then return null;
		when 'number' then return (p_object ->> p_field)::numeric;
		else perform app.invalid('bad_value', p_field);
	end case;
	return null;
end $$;

create function app.needed_number(p_object jsonb, p_field text) returns numeric
language plpgsql immutable set search_path = '' as $$
begin
	if app.number_in(p_object, p_field) is null then
		perform app.invalid('missing', p_field);
	end if;
	return app.number_in(p_object, p_field);
end $$;

-- A day that has come: nobody has observed what is still ahead.
create function app.past_day(p_object jsonb, p_field text) returns date
language plpgsql stable set search_path = '' as $$
begin
	if coalesce(p_object ->> p_field, '') = '' then
		perform app.invalid('missing', p_field);
	elsif not app.is_day(p_object ->> p_field) then
		perform app.invalid('bad_value', p_field);
	elsif (p_object ->> p_field)::date > app.today() then
		perform app.invalid('date_in_future', p_field);
	end if;
	return (p_object ->> p_field)::date;
end $$;

create function app.plain(p_text text) returns text
language sql immutable set search_path = '' as $$
	select btrim(regexp_replace(normalize(coalesce(p_text, ''), NFC), '\s+', ' ', 'g'))
$$;

-- The unit of a figure: one in reach, or TN001.
create function app.plan_unit_in(p_object jsonb) returns uuid
language plpgsql stable set search_path = '' as $$
declare
	its constant uuid := app.uuid_or_null(p_object ->> 'unit_id');
begin
	if its is null or its not in (select app.my_plan_units()) then
		perform app.invalid('bad_value', 'unit_id');
	end if;
	return its;
end $$;

create function app.check_indicator(p_city_id text, p_object jsonb) returns uuid
language plpgsql stable set search_path = '' as $$
declare
	its constant uuid := app.uuid_or_null(p_object ->> 'indicator_id');
begin
	if not exists (select from app.indicators i where i.city_id = p_city_id and i.indicator_id = its) then
		perform app.invalid('bad_value', 'indicator_id');
	end if;
	return its;
end $$;

create function app.write_observation(p_city_id text, o jsonb) returns uuid
language plpgsql volatile set search_path = '' as $$
declare
	its constant uuid := coalesce(app.uuid_or_null(o ->> 'observation_id'), gen_random_uuid());
begin
	insert into app.observations as old (city_id, observation_id, indicator_id, unit_id, as_of, said_of, sign, value, out_of, source)
	values (p_city_id, its, app.check_indicator(p_city_id, o), app.plan_unit_in(o), app.past_day(o, 'as_of'), app.plain(o ->> 'said_of'),
		coalesce(o ->> 'sign', ''), app.needed_number(o, 'value'), app.number_in(o, 'out_of'), app.plain(o ->> 'source'))
	on conflict (city_id, observation_id) do update set as_of = excluded.as_of, said_of = excluded.said_of, sign = excluded.sign,
		value = excluded.value, out_of = excluded.out_of, source = excluded.source
	-- A figure stays that of its indicator and its place: what is about another one is another figure.
	where old.indicator_id = excluded.indicator_id and old.unit_id = excluded.unit_id;
	if not found then
		perform app.invalid('bad_value', 'observation_id');
	end if;
	return its;
end $$;

create function app.write_target(p_city_id text, t jsonb) returns uuid
language plpgsql volatile set search_path = '' as $$
declare
	its constant uuid := coalesce(app.uuid_or_null(t ->> 'target_id'), gen_random_uuid());
	year constant numeric := app.needed_number(t, 'year');
	plan constant uuid := app.uuid_or_null(t ->> 'plan_id');
begin
	if year <> trunc(year) or year not between 1990 and 2100 then
		perform app.invalid('out_of_range', 'year');
	elsif plan is not null and not exists (select from app.plans p where p.city_id = p_city_id and p.plan_id = plan) then
		perform app.invalid('bad_value', 'plan_id');
	elsif t ->> 'level' is distinct from 'nation' and not exists (
		select from app.units u where u.city_id = p_city_id and u.unit_id = app.plan_unit_in(t) and u.level = t ->> 'level') then
		perform app.invalid('bad_value', 'level');
	end if;
	insert into app.targets as old (city_id, target_id, indicator_id, plan_id, level, unit_id, year, value, source)
	values (p_city_id, its, app.check_indicator(p_city_id, t), plan, t ->> 'level',
		case when t ->> 'level' <> 'nation' then app.plan_unit_in(t) end, year, app.needed_number(t, 'value'), app.plain(t ->> 'source'))
	on conflict (city_id, target_id) do update set year = excluded.year, value = excluded.value, source = excluded.source
	where old.indicator_id = excluded.indicator_id and old.level = excluded.level and old.unit_id is not distinct from excluded.unit_id;
	if not found then
		perform app.invalid('bad_value', 'target_id');
	end if;
	return its;
end $$;

create function app.write_task(p_city_id text, l jsonb) returns uuid
language plpgsql volatile set search_path = '' as $$
declare
	its constant uuid := app.uuid_or_null(l ->> 'line_id');
begin
	if coalesce(l ->> 'status', '') not in ('done', 'in_progress', 'not_done') then
		perform app.invalid('bad_value', 'status');
	elsif app.plain(l ->> 'source') = '' then
		perform app.invalid('missing', 'source');
	end if;
	update app.plan_lines x set status = l ->> 'status', as_of = app.past_day(l, 'as_of'), source = app.plain(l ->> 'source')
	where x.city_id = p_city_id and x.line_id = its and x.kind = 'task';
	if not found then
		perform app.invalid('bad_value', 'line_id');
	end if;
	return its;
end $$;

-- security definer: nobody holds a write grant on plans; this is the way in for single figures.
create function app.save_plan_figure(p_subject text, p_figure jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_plans('edit_plans');
	its uuid;
	rule text;
	field text;
begin
	if jsonb_typeof(p_figure) is distinct from 'object' then
		perform app.invalid('bad_value', 'figure');
	end if;
	its := case p_subject
		when 'observation' then app.write_observation(city, p_figure)
		when 'target' then app.write_target(city, p_figure)
		else app.write_task(city, p_figure) end;
	perform app.note_act(city, me.person_id, 'save_' || p_subject, p_subject, its, app.uuid_or_null(p_figure ->> 'unit_id'), array(
		select k from jsonb_object_keys(p_figure) k
		where k in ('value', 'out_of', 'as_of', 'source', 'sign', 'said_of', 'year', 'level', 'status') order by k))
	from app.live_person() me;
	return jsonb_build_object('id', its);
exception when sqlstate 'TN001' or check_violation or not_null_violation then
	get stacked diagnostics rule = constraint_name, field = column_name;
	if sqlstate = 'TN001' then
		return app.problem(sqlstate, sqlerrm, rule, field);
	end if;
	return (select jsonb_build_object('problem', jsonb_build_object('code', p.code, 'field', p.field)) from app.problem_of(rule) p);
end $$;

create function api.save_observation(observation jsonb) returns jsonb
language sql volatile set search_path = '' as $$
	select app.save_plan_figure('observation', observation)
$$;

create function api.save_target(target jsonb) returns jsonb
language sql volatile set search_path = '' as $$
	select app.save_plan_figure('target', target)
$$;

create function api.save_task(task jsonb) returns jsonb
language sql volatile set search_path = '' as $$
	select app.save_plan_figure('line', task)
$$;

-- The same words always name the same row, so that bringing a file twice brings nothing twice.
create function app.id_of(p_words text[]) returns uuid
language sql immutable set search_path = '' as $$
	select md5(array_to_string(p_words, chr(31)))::uuid
$$;

create function app.import_plan_header(p_city_id text, h jsonb) returns uuid
language plpgsql volatile set search_path = '' as $$
declare
	its uuid;
begin
	-- The plan that is there under its number, or else a new one.
	select p.plan_id into its from app.plans p
	where p.city_id = p_city_id and p.number <> '' and p.number = app.plain(h ->> 'number') and p.authority = app.plain(h ->> 'authority');
	its := coalesce(its, app.id_of(array[p_city_id, 'plan', app.plain(h ->> 'number'), app.plain(h ->> 'authority'), app.plain(h ->> 'name')]));
	insert into app.plans as old (city_id, plan_id, kind, number, name, authority, issued_on, from_year, to_year)
	values (p_city_id, its, 'plan', app.plain(h ->> 'number'), app.plain(h ->> 'name'), app.plain(h ->> 'authority'),
		app.past_day(h, 'issued_on'), app.number_in(h, 'from_year'), app.number_in(h, 'to_year'))
	on conflict (city_id, plan_id) do update set name = excluded.name, issued_on = excluded.issued_on,
		from_year = excluded.from_year, to_year = excluded.to_year;
	return its;
end $$;

-- One line of a file with its figures. An indicator that the city knows by this name is that indicator:
-- one has several targets, and stands in several plans.
create function app.import_plan_line(p_city_id text, p_plan_id uuid, l jsonb, p_position integer) returns void
language plpgsql volatile set search_path = '' as $$
declare
	its_name constant text := app.plain(l ->> 'name');
	its uuid;
	figure jsonb;
	line uuid := app.id_of(array[p_city_id, 'line', p_plan_id::text, app.fold(its_name)]);
begin
	if l ->> 'kind' = 'task' then
		insert into app.plan_lines (city_id, line_id, plan_id, kind, position, vi, en)
		values (p_city_id, line, p_plan_id, 'task', p_position, its_name, its_name)
		on conflict (city_id, line_id) do update set position = excluded.position;
		if l ->> 'status' is not null then
			perform app.write_task(p_city_id, l || jsonb_build_object('line_id', line));
		end if;
		return;
	end if;
	select i.indicator_id into its from app.indicators i
	where i.city_id = p_city_id and app.fold(i.vi) = app.fold(its_name) and i.unit = l ->> 'unit'
	order by i.indicator_id limit 1;
	if its is null then
		its := app.id_of(array[p_city_id, 'indicator', app.fold(its_name), l ->> 'unit']);
		insert into app.indicators (city_id, indicator_id, vi, en, unit, direction, denominator_vi, denominator_en)
		values (p_city_id, its, its_name, its_name, l ->> 'unit', coalesce(l ->> 'direction', 'more'),
			app.plain(l ->> 'denominator'), app.plain(l ->> 'denominator'));
	end if;
	insert into app.plan_lines (city_id, line_id, plan_id, kind, position, indicator_id)
	values (p_city_id, line, p_plan_id, 'indicator', p_position, its)
	on conflict do nothing;
	for figure in select f from jsonb_array_elements(coalesce(l -> 'targets', '[]')) f loop
		perform app.write_target(p_city_id, figure || jsonb_build_object('indicator_id', its, 'plan_id', p_plan_id, 'target_id',
			app.id_of(array[p_city_id, 'target', its::text, p_plan_id::text, figure ->> 'level', coalesce(figure ->> 'unit_id', ''), figure ->> 'year'])));
	end loop;
	for figure in select f from jsonb_array_elements(coalesce(l -> 'observations', '[]')) f loop
		perform app.write_observation(p_city_id, figure || jsonb_build_object('indicator_id', its, 'observation_id',
			app.id_of(array[p_city_id, 'observation', its::text, figure ->> 'unit_id', figure ->> 'as_of', app.plain(figure ->> 'source')])));
	end loop;
	for figure in select f from jsonb_array_elements(coalesce(l -> 'denominators', '[]')) f loop
		insert into app.indicator_denominators (city_id, indicator_id, unit_id, as_of, source, value)
		values (p_city_id, its, app.plan_unit_in(figure), app.past_day(figure, 'as_of'), app.plain(figure ->> 'source'), app.needed_number(figure, 'value'))
		on conflict (city_id, indicator_id, unit_id, as_of, source) do update set value = excluded.value;
	end loop;
end $$;

-- security definer: as above. A line that is not right undoes the whole file; the answer names it.
create function app.import_plan(p_plan jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_plans('edit_plans');
	its uuid;
	one record;
	at_line integer;
	rule text;
	field text;
begin
	if jsonb_typeof(p_plan -> 'lines') is distinct from 'array' or jsonb_array_length(p_plan -> 'lines') = 0 then
		perform app.invalid('missing', 'lines');
	elsif jsonb_array_length(p_plan -> 'lines') > 1000 then
		perform app.invalid('too_many', 'lines');
	end if;
	its := app.import_plan_header(city, p_plan);
	for one in select e.l, e.n from jsonb_array_elements(p_plan -> 'lines') with ordinality e(l, n) order by e.n loop
		at_line := one.n;
		perform app.import_plan_line(city, its, one.l, at_line);
	end loop;
	perform app.remember_columns(city, 'plans', p_plan -> 'columns');
	perform app.note_act(city, me.person_id, 'import_plan', 'plan', its, null, '{lines}') from app.live_person() me;
	return jsonb_build_object('plan_id', its, 'lines', jsonb_array_length(p_plan -> 'lines'));
exception when sqlstate 'TN001' or check_violation or not_null_violation or cardinality_violation or numeric_value_out_of_range then
	get stacked diagnostics rule = constraint_name, field = column_name;
	return (case when sqlstate = 'TN001' then app.problem(sqlstate, sqlerrm, rule, field)
		else (select jsonb_build_object('problem', jsonb_build_object('code', p.code, 'field', p.field)) from app.problem_of(coalesce(rule, '')) p) end)
		|| jsonb_build_object('line', at_line);
end $$;

create function api.import_plan(plan jsonb) returns jsonb
language sql volatile set search_path = '' set statement_timeout = '40s' as $$
	select app.import_plan(plan)
$$;

-- What a file of a plan is checked against: the wards of the city with their codes, and what headings meant.
create function api.plan_lists() returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	city constant text := app.require_plans('edit_plans');
begin
	return jsonb_build_object(
		'today', app.today(), 'columns', app.columns_of(city, 'plans'),
		'units', (
			select coalesce(jsonb_agg(jsonb_build_object('unit_id', u.unit_id, 'name', u.name, 'level', u.level, 'code', c.code) order by u.level, u.name), '[]')
			from app.units u
			left join (
				select x.unit_id, min(x.code) as code from app.unit_codes x
				join app.editions e on e.edition = x.edition and e.in_force_to is null
				where x.city_id = city group by x.unit_id
			) c on c.unit_id = u.unit_id
			where u.city_id = city and u.to_day is null and u.unit_id in (select app.my_plan_units())));
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.save_plan_figure(text, jsonb), app.import_plan(jsonb), api.save_observation(jsonb), api.save_target(jsonb),
	api.save_task(jsonb), api.import_plan(jsonb), api.plan_lists()
	to authenticated;
