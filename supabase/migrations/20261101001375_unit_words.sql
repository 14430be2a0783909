-- What a city calls its teams, its levels and its kinds of units.

create function app.unit_words(p_city_id text) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object('team_name', c.team_name, 'levels', app.level_words(p_city_id), 'kinds', app.kind_words(p_city_id))
	from app.cities c where c.city_id = p_city_id
$$;

-- A kind that units have stays, whatever is sent.
-- security definer: nobody holds a write grant on a city's settings; this is the one way in.
create function app.set_unit_words(p_words jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	before jsonb;
	after jsonb;
begin
	if not app.i_may('manage_units') then
		raise insufficient_privilege using message = 'this role may not do this', detail = 'manage_units';
	elsif jsonb_typeof(p_words -> 'levels') is distinct from 'array' or jsonb_typeof(p_words -> 'kinds') is distinct from 'array' then
		raise sqlstate 'PT400' using message = 'levels and kinds must be arrays', detail = 'words';
	end if;
	-- Two offices take turns, so that the log says what each of them changed.
	perform from app.cities c where c.city_id = city for no key update;
	before := app.unit_words(city);
	update app.cities c set team_name = btrim(p_words ->> 'team_name') where c.city_id = city;
	update app.unit_levels l set vi = btrim(w.vi), en = btrim(w.en)
	from jsonb_to_recordset(p_words -> 'levels') w(level text, vi text, en text)
	where l.city_id = city and l.level = w.level;
	insert into app.unit_kinds as old (city_id, kind, level, position, vi, en)
	select city, w.value ->> 'kind', w.value ->> 'level', w.ordinality, btrim(w.value ->> 'vi'), btrim(w.value ->> 'en')
	from jsonb_array_elements(p_words -> 'kinds') with ordinality w
	on conflict (city_id, kind) do update set position = excluded.position, vi = excluded.vi, en = excluded.en;
	delete from app.unit_kinds k
	where k.city_id = city
		and k.kind not in (select w.value ->> 'kind' from jsonb_array_elements(p_words -> 'kinds') w)
		and not exists (select from app.units u where u.city_id = city and u.kind = k.kind);
	after := app.unit_words(city);
	if after <> before then
		perform app.note_act(city, me.person_id, 'set_unit_words', 'city', null, null, array(
			select a.key from jsonb_each(after) a where a.value <> before -> a.key order by a.key))
		from app.live_person() me;
	end if;
	return after;
end $$;

create function api.set_unit_words(words jsonb) returns jsonb
language sql volatile set search_path = '' as $$
	select app.set_unit_words(words)
$$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.set_unit_words(jsonb), api.set_unit_words(jsonb) to authenticated;
