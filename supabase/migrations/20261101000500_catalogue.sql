-- The lists a form chooses from. Data, not types: the city edits them, and a record keeps a code
-- that is no longer (or not yet) here, so nothing refers to this table.

create table app.catalogue (
	city_id text not null,
	list text not null,
	code text not null,
	vi text not null,
	en text not null,
	position smallint not null,
	from_day date not null default '-infinity',
	to_day date not null default 'infinity',
	changed_at timestamptz not null default now(),
	constraint catalogue_pkey primary key (city_id, list, code),
	constraint catalogue_of_city foreign key (city_id) references app.cities (city_id),
	constraint catalogue_list_known check (list in ('topic', 'service', 'result', 'outcome', 'place', 'barrier', 'counted_group')),
	constraint catalogue_code_is_slug check (app.is_code(code)),
	constraint catalogue_days_in_order check (to_day > from_day)
);

alter table app.catalogue enable row level security;
create policy "people read the catalogue of their city" on app.catalogue for select to authenticated
	using (city_id = (select app.my_city_id()));
grant select on app.catalogue to authenticated;

-- version changes whenever an entry does, so that a phone knows whether to keep its copy.
create function api.catalogue() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	perform app.require_session();
	return (select jsonb_build_object(
		'version', to_char(max(c.changed_at) at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || '-' || count(*),
		'entries', coalesce(jsonb_agg(
			jsonb_build_object('list', c.list, 'code', c.code, 'vi', c.vi, 'en', c.en, 'position', c.position)
			order by c.list, c.position), '[]'::jsonb)
	)
	from app.catalogue c
	where c.from_day <= app.today() and c.to_day > app.today());
end $$;

revoke execute on all functions in schema api from public;
grant execute on function api.catalogue() to authenticated;
