-- Households of a group from a file, brought by the officer of its ward. A leader's phone sends them like
-- any others; an officer has no phone that records, so this is the one thing that they add themselves.
-- What a file means is worked out and shown before anything is written (src/lib/files/households).

insert into app.verbs (verb) values ('import_households');
insert into app.role_verbs (role, verb) values ('ward_officer', 'import_households');

-- What the households of a group are called, those included that turned out to be another one, and which
-- list that is.
create function app.labels_of(p_city_id text, p_group_id uuid, out households bigint, out labels jsonb, out version text)
language sql stable set search_path = '' as $$
	select count(*) filter (where h.merged_into is null), coalesce(jsonb_agg(h.label order by h.id), '[]'), md5(coalesce(string_agg(h.id || ' ' || h.label, E'\n' order by h.id), ''))
	from app.households h
	where h.city_id = p_city_id and h.group_id = p_group_id and not h.discarded
$$;

-- The groups whose households the caller may bring, and of one of them what a file is checked against.
-- security definer: labels_of is nobody's to ask.
create function app.household_lists(p_group_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	mine constant uuid[] := array(select app.my_group_ids('import_households'));
begin
	return jsonb_build_object(
		'groups', (
			select coalesce(jsonb_agg(jsonb_build_object('group_id', g.unit_id, 'name', g.name, 'ward_name', w.name) order by w.name, g.name), '[]')
			from app.units g
			join app.group_places(city, app.today()) p on p.group_id = g.unit_id
			join app.units w on w.city_id = g.city_id and w.unit_id = p.ward_id
			where g.city_id = city and g.unit_id = any (mine)),
		'group', (
			select to_jsonb(l)
			from app.labels_of(city, p_group_id) l where p_group_id = any (mine)),
		'columns', app.columns_of(city, 'households'));
end $$;

-- A text composed and with single spaces; what is no text is judged as it is.
create function app.plain_words(p_value jsonb) returns jsonb
language sql immutable set search_path = '' as $$
	select case jsonb_typeof(p_value)
		when 'string' then to_jsonb(btrim(regexp_replace(normalize(p_value #>> '{}', NFC), '\s+', ' ', 'g')))
		else p_value end
$$;

-- A row of a file, [row, id, label, adults, priority, note], as the change that makes its household. Its id
-- is that of the change, too.
create function app.household_of_row(p_group_id uuid, r jsonb) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object('change_id', r -> 1, 'record_id', r -> 1, 'group_id', p_group_id, 'kind', 'household', 'base', null,
		'at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
		'fields', jsonb_strip_nulls(jsonb_build_object('label', app.plain_words(r -> 2), 'adults', r -> 3, 'priority', r -> 4, 'note', app.plain_words(r -> 5))))
$$;

-- Writes all rows or none, by the rules of a push. Raises TN002 with the first rows that a rule refuses.
-- security definer: nobody holds a write grant on the tables of records.
create function app.import_households(p_group_id uuid, p_import_id uuid, p_version text, p_households jsonb, p_columns jsonb) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
	me record;
	changes jsonb;
	piece record;
	verdicts jsonb;
	problems jsonb;
begin
	perform app.require_session();
	select * into me from app.live_person();
	if p_group_id is null or p_group_id not in (select app.my_group_ids('import_households')) then
		raise insufficient_privilege using message = 'this role may not do this', detail = 'import_households';
	elsif p_import_id is null or jsonb_typeof(p_households) is distinct from 'array' or p_households @? 'strict $[*] ? (@.type() != "array" || @.size() != 6)' then
		raise sqlstate 'PT400' using message = 'households must be arrays of six', detail = 'households';
	elsif jsonb_array_length(p_households) > 5000 then
		raise sqlstate 'PT413' using message = 'at most 5000 households in one import', detail = 'households';
	end if;
	insert into app.group_logs (city_id, group_id) values (me.city_id, p_group_id) on conflict do nothing;
	perform from app.group_logs l where l.city_id = me.city_id and l.group_id = p_group_id for update;
	-- The answer was lost on the way: it is given again.
	if exists (
		select from audit.acts a where a.city_id = me.city_id and a.subject_id = p_import_id and a.actor_id = me.person_id and a.act = 'import_households') then
		return jsonb_array_length(p_households);
	elsif p_households <> '[]' and p_version is distinct from (select l.version from app.labels_of(me.city_id, p_group_id) l) then
		raise sqlstate 'PT409' using message = 'the households have changed since the file was checked', detail = 'version';
	end if;
	select coalesce(jsonb_agg(app.household_of_row(p_group_id, e.r) order by e.n), '[]') into changes
	from jsonb_array_elements(p_households) with ordinality e(r, n);
	if not app.all_well_shaped(changes)
		or (select count(distinct r ->> 1) < count(*) from jsonb_array_elements(p_households) r)
		or exists (
		select from jsonb_array_elements(changes) c
		join app.changes h on h.city_id = me.city_id and h.record_id = (c ->> 'record_id')::uuid) then
		raise sqlstate 'PT400' using message = 'an import makes new households', detail = 'households';
	end if;
	-- In pieces as large as a push: nobody waits for the verdicts of all rows of a file that is refused.
	for piece in
		select jsonb_agg(e.c order by e.n) as changes from jsonb_array_elements(changes) with ordinality e(c, n)
		group by (e.n - 1) / 500 order by (e.n - 1) / 500
	loop
		verdicts := app.push_group(me.city_id, me.person_id, null, p_group_id, true, piece.changes);
		select jsonb_agg(jsonb_build_object('row', e.r -> 0, 'code', coalesce(v.v ->> 'code', 'bad_value'), 'field', coalesce(v.v ->> 'field', 'label')) order by e.n)
		into problems
		from jsonb_array_elements(p_households) with ordinality e(r, n)
		join jsonb_array_elements(verdicts) v(v) on v.v ->> 'change_id' = e.r ->> 1
		where v.v ->> 'verdict' <> 'applied';
		if problems is not null then
			raise sqlstate 'TN002' using message = problems::text;
		end if;
	end loop;
	perform app.remember_columns(me.city_id, 'households', p_columns);
	if changes <> '[]' then
		perform app.note_act(me.city_id, me.person_id, 'import_households', 'import', p_import_id, p_group_id, array(
			select distinct f.key from jsonb_array_elements(changes) c cross join lateral jsonb_object_keys(c -> 'fields') f(key) order by 1));
	end if;
	return jsonb_array_length(changes);
end $$;

create function api.household_lists(group_id uuid) returns jsonb
language sql stable set search_path = '' as $$
	select app.household_lists(household_lists.group_id)
$$;

create function api.import_households(group_id uuid, import_id uuid, version text, households jsonb, columns jsonb) returns jsonb
language plpgsql volatile set search_path = '' set statement_timeout = '40s' as $$
begin
	return jsonb_build_object('written', app.import_households(import_households.group_id, import_households.import_id,
		import_households.version, import_households.households, import_households.columns));
exception when sqlstate 'TN002' then
	return jsonb_build_object('problems', sqlerrm::jsonb);
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function
	app.household_lists(uuid), app.import_households(uuid, uuid, text, jsonb, jsonb),
	api.household_lists(uuid), api.import_households(uuid, uuid, text, jsonb, jsonb)
	to authenticated;
