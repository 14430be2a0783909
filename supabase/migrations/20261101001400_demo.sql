-- The demo city's cast: which invented person shows which role. Empty in a real city.

create table app.demo_cast (
	city_id text not null,
	role text not null,
	person_id uuid not null,
	place text not null,
	position smallint not null,
	constraint demo_cast_pkey primary key (city_id, person_id),
	constraint demo_cast_person foreign key (city_id, person_id) references app.people (city_id, person_id),
	constraint demo_cast_role foreign key (role) references app.roles (role)
);

alter table app.demo_cast enable row level security;
create policy "the web server offers the cast of a demo city" on app.demo_cast for select to app_server
	using (city_id in (select c.city_id from app.cities c where c.demo));
grant select on app.demo_cast to app_server;

create function api.server_demo_people() returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_agg(jsonb_build_object(
		'person_id', d.person_id, 'role', d.role, 'name', p.name, 'where', d.place) order by d.position), '[]'::jsonb)
	from app.demo_cast d join app.people p on p.city_id = d.city_id and p.person_id = d.person_id
$$;

revoke execute on all functions in schema api from public;
grant execute on function api.server_demo_people() to app_server;
