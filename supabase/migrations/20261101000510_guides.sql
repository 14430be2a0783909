-- One-minute cards to be used together with a resident: for a service, or for a rung of the ladder.
-- They come to phones with the catalogue, because they are words of the city like its lists.

create table app.guides (
	city_id text not null,
	list text not null,
	code text not null,
	vi text not null,
	en text not null,
	source text not null,
	checked_on date not null,
	changed_at timestamptz not null default now(),
	constraint guides_pkey primary key (city_id, list, code),
	constraint guides_of_city foreign key (city_id) references app.cities (city_id),
	constraint guides_list_known check (list in ('service', 'rung')),
	constraint guides_code_fits check (case list when 'rung' then code ~ '^[1-5]$' else app.is_code(code) end)
);
comment on column app.guides.vi is 'In a small part of Markdown (src/lib/domain/markdown.ts): headings, lists, bold, a quotation for a warning. No links, no HTML.';
comment on column app.guides.checked_on is 'When somebody last held it against what the services really ask for.';

alter table app.guides enable row level security;
create policy "people read the guides of their city" on app.guides for select to authenticated
	using (city_id = (select app.my_city_id()));
grant select on app.guides to authenticated;
-- No insert, update or delete for anybody: guides change only through api.save_guide.

create function app.guide_json(g app.guides) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object(
		'list', g.list, 'code', g.code, 'vi', g.vi, 'en', g.en, 'source', g.source, 'checked_on', g.checked_on)
$$;

-- Every entry, also those that are over or to come: records hold them, and a phone may be offline on
-- the day on which one begins. version changes whenever an entry or a guide does.
create function api.catalogue() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	perform app.require_session();
	return (select jsonb_build_object(
		'version', to_char(greatest(max(c.changed_at), (select max(g.changed_at) from app.guides g)) at time zone 'UTC', 'YYYYMMDDHH24MISSUS')
			|| '-' || count(*) || '-' || (select count(*) from app.guides),
		'entries', coalesce(jsonb_agg(app.entry_json(c) order by c.list, c.position, c.code), '[]'::jsonb),
		'guides', (select coalesce(jsonb_agg(app.guide_json(g) order by g.list, g.code), '[]'::jsonb) from app.guides g)
	)
	from app.catalogue c);
end $$;

-- What is wrong with a guide as the city office wrote it, the first trouble of each field.
create function app.guide_problems(p_city_id text, e jsonb) returns table (code text, field text)
language sql stable set search_path = '' as $$
	select distinct on (found.field) found.code, found.field
	from (
		select v.n, v.wrong, v.code, v.field from (values
			(1, not exists (
				select from app.catalogue c where c.city_id = p_city_id and c.list = 'service' and c.code = e ->> 'code' and e ->> 'list' = 'service')
				and not coalesce(e ->> 'list' = 'rung' and e ->> 'code' ~ '^[1-5]$', false), 'bad_value', 'code'),
			(2, coalesce(btrim(e ->> 'source'), '') = '', 'missing', 'source'),
			(3, char_length(e ->> 'source') > 300, 'too_long', 'source'),
			(4, not coalesce(app.is_day(e ->> 'checked_on'), false), 'missing', 'checked_on'),
			(5, coalesce(e ->> 'checked_on' > app.today()::text, false), 'date_in_future', 'checked_on')
		) as v (n, wrong, code, field)
		union all
		select t.n, t.wrong, t.code, l.field
		from (values ('vi'), ('en')) l(field)
		cross join lateral (values
			(6, coalesce(btrim(e ->> l.field), '') = '', 'missing'),
			(7, char_length(e ->> l.field) > 4000, 'too_long'),
			(8, app.private_in(e ->> l.field) is not null, app.private_in(e ->> l.field))
		) as t (n, wrong, code)
	) found
	where found.wrong
	order by found.field, found.n
$$;

-- security definer: nobody holds a write grant on guides.
create function app.save_guide(e jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	problems jsonb;
	saved app.guides;
begin
	if not app.i_may('edit_catalogue') then
		raise sqlstate 'PT403' using message = 'only the city office edits the guides';
	end if;
	select jsonb_agg(to_jsonb(p) order by p.field) into problems from app.guide_problems(city, e) p;
	if problems is not null then
		return jsonb_build_object('problems', problems, 'guide', null);
	end if;
	insert into app.guides as g (city_id, list, code, vi, en, source, checked_on)
	values (city, e ->> 'list', e ->> 'code', btrim(normalize(e ->> 'vi', NFC)), btrim(normalize(e ->> 'en', NFC)),
		btrim(normalize(e ->> 'source', NFC)), (e ->> 'checked_on')::date)
	on conflict (city_id, list, code) do update set
		vi = excluded.vi, en = excluded.en, source = excluded.source, checked_on = excluded.checked_on, changed_at = now()
	returning * into saved;
	return jsonb_build_object('problems', '[]'::jsonb, 'guide', app.guide_json(saved));
end $$;

-- Writes a guide, new or anew: { guide, problems }, and with a problem nothing is written.
create function api.save_guide(guide jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
	return app.save_guide(guide);
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.guide_json(app.guides), app.save_guide(jsonb), api.catalogue(), api.save_guide(jsonb)
	to authenticated;
