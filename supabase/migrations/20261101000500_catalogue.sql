-- The lists a form chooses from. Data, not types: the city edits them, and a record keeps a code
-- that is no longer (or not yet) here, so no record refers to this table.

create table app.catalogue (
	city_id text not null,
	list text not null,
	code text not null,
	parent text,
	vi text not null,
	en text not null,
	position smallint not null,
	from_day date not null default '-infinity',
	to_day date not null default 'infinity',
	changed_at timestamptz not null default now(),
	constraint catalogue_pkey primary key (city_id, list, code),
	constraint catalogue_of_city foreign key (city_id) references app.cities (city_id),
	constraint catalogue_parent foreign key (city_id, list, parent) references app.catalogue (city_id, list, code),
	constraint catalogue_list_known check (list in (
		'topic', 'training_topic', 'service', 'result', 'outcome', 'place', 'barrier', 'counted_group', 'campaign')),
	constraint catalogue_code_is_slug check (app.is_code(code)),
	constraint catalogue_days_in_order check (to_day > from_day)
);
comment on column app.catalogue.parent is 'The entry of the same list that this one is a part of: a sub-topic of a topic, a market among the places. One level deep.';
comment on column app.catalogue.to_day is 'The first day on which a form no longer offers it. Its word stays for the records that hold it.';

alter table app.catalogue enable row level security;
create policy "people read the catalogue of their city" on app.catalogue for select to authenticated
	using (city_id = (select app.my_city_id()));
grant select on app.catalogue to authenticated;
-- No insert, update or delete for anybody: entries change only through api.save_catalogue_entry.

insert into app.verbs (verb) values ('edit_catalogue');
insert into app.role_verbs (role, verb) values ('city_office', 'edit_catalogue'), ('administrator', 'edit_catalogue');

create function app.entry_json(c app.catalogue) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object(
		'list', c.list, 'code', c.code, 'parent', c.parent, 'vi', c.vi, 'en', c.en, 'position', c.position,
		'from_day', nullif(c.from_day, '-infinity'), 'to_day', nullif(c.to_day, 'infinity'))
$$;

-- What is wrong with an entry as the city office wrote it, the first trouble of each field.
create function app.entry_problems(p_city_id text, e jsonb) returns table (code text, field text)
language sql stable set search_path = '' as $$
	select distinct on (found.field) found.code, found.field
	from (values
		(1, not app.is_code(e ->> 'code'), 'bad_value', 'code'),
		(2, coalesce(btrim(e ->> 'vi'), '') = '', 'missing', 'vi'),
		(3, char_length(e ->> 'vi') > 120, 'too_long', 'vi'),
		(4, coalesce(btrim(e ->> 'en'), '') = '', 'missing', 'en'),
		(5, char_length(e ->> 'en') > 120, 'too_long', 'en'),
		(6, coalesce(e ->> 'position' !~ '^[0-9]{1,3}$', true), 'out_of_range', 'position'),
		(7, e ->> 'from_day' is not null and not app.is_day(e ->> 'from_day'), 'bad_value', 'from_day'),
		(8, e ->> 'to_day' is not null and not app.is_day(e ->> 'to_day'), 'bad_value', 'to_day'),
		(9, e ->> 'to_day' <= e ->> 'from_day', 'out_of_range', 'to_day'),
		(10, e ->> 'parent' is not null and not exists (
			select from app.catalogue c
			where c.city_id = p_city_id and c.list = e ->> 'list' and c.code = e ->> 'parent' and c.parent is null
				and c.code <> e ->> 'code'), 'bad_value', 'parent'),
		(11, e ->> 'parent' is not null and exists (
			select from app.catalogue c
			where c.city_id = p_city_id and c.list = e ->> 'list' and c.parent = e ->> 'code'), 'bad_value', 'parent')
	) as found (n, wrong, code, field)
	where found.wrong
	order by found.field, found.n
$$;

-- security definer: nobody holds a write grant on the catalogue.
create function app.save_catalogue_entry(e jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	problems jsonb;
	saved app.catalogue;
begin
	if not app.i_may('edit_catalogue') then
		raise sqlstate 'PT403' using message = 'only the city office edits the catalogue';
	end if;
	-- The lists are part of the forms: an entry of an unknown one could be chosen nowhere.
	if not exists (select from app.catalogue c where c.city_id = city and c.list = e ->> 'list') then
		raise sqlstate 'PT400' using message = 'no such list', detail = 'list';
	end if;
	select jsonb_agg(to_jsonb(p) order by p.field) into problems from app.entry_problems(city, e) p;
	if problems is not null then
		return jsonb_build_object('problems', problems, 'entry', null);
	end if;
	insert into app.catalogue as c (city_id, list, code, parent, vi, en, position, from_day, to_day)
	values (city, e ->> 'list', e ->> 'code', e ->> 'parent', btrim(normalize(e ->> 'vi', NFC)), btrim(normalize(e ->> 'en', NFC)),
		(e ->> 'position')::smallint, coalesce((e ->> 'from_day')::date, '-infinity'), coalesce((e ->> 'to_day')::date, 'infinity'))
	on conflict (city_id, list, code) do update set
		parent = excluded.parent, vi = excluded.vi, en = excluded.en, position = excluded.position,
		from_day = excluded.from_day, to_day = excluded.to_day, changed_at = now()
	returning * into saved;
	return jsonb_build_object('problems', '[]'::jsonb, 'entry', app.entry_json(saved));
end $$;

-- Adds an entry or writes it anew: { entry, problems }, and with a problem nothing is written. An
-- entry is never deleted, because records hold its code; it ends on a day.
create function api.save_catalogue_entry(entry jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
	return app.save_catalogue_entry(entry);
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.entry_json(app.catalogue), app.save_catalogue_entry(jsonb),
	api.save_catalogue_entry(jsonb)
	to authenticated;
