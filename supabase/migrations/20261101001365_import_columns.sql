-- What the headings of files meant the last time; an empty field: the column is of no use.
create table app.import_columns (
	city_id text not null,
	subject text not null,
	heading text not null,
	field text not null,
	constraint import_columns_pkey primary key (city_id, subject, heading),
	constraint import_columns_of_city foreign key (city_id) references app.cities (city_id),
	constraint import_columns_subject_known check (subject in ('units', 'successions', 'members', 'plans', 'households')),
	constraint import_columns_short check (length(heading) <= 120 and length(field) <= 40)
);

alter table app.import_columns enable row level security;
create policy "people read what headings meant" on app.import_columns for select to authenticated
	using (city_id = (select app.my_city_id()));
grant select on app.import_columns to authenticated;

create function app.remember_columns(p_city_id text, p_subject text, p_columns jsonb) returns void
language sql volatile set search_path = '' as $$
	insert into app.import_columns (city_id, subject, heading, field)
	select p_city_id, p_subject, c.key, c.value
	from jsonb_each_text(coalesce(p_columns, '{}')) c where length(c.key) between 1 and 120
	on conflict (city_id, subject, heading) do update set field = excluded.field
$$;

create function app.columns_of(p_city_id text, p_subject text) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_object_agg(c.heading, c.field), '{}')
	from app.import_columns c where c.city_id = p_city_id and c.subject = p_subject
$$;

revoke execute on all functions in schema app from public;
grant execute on function app.columns_of(text, text) to authenticated;
