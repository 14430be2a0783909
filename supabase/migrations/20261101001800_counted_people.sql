-- People of the groups that plans ask for (elderly, disabled, poor …) by group and day: helped at
-- visits, and present at trainings. Exact in the transaction that changes a record, like all totals.

create table app.group_day_people (
	city_id text not null,
	group_id uuid not null,
	day date not null,
	kind text not null,
	counted_group text not null,
	people integer not null default 0,
	constraint group_day_people_pkey primary key (city_id, group_id, day, kind, counted_group),
	constraint group_day_people_group foreign key (city_id, group_id) references app.units (city_id, unit_id),
	constraint group_day_people_kind_known check (kind in ('visit', 'training'))
);

alter table app.group_day_people enable row level security;
create policy "people read the counted people of their groups" on app.group_day_people for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_totals')));
grant select on app.group_day_people to authenticated;

-- Adds what visits or trainings say of counted groups, or with -1 takes it back.
create function app.add_people(p_kind text, p_rows jsonb, p_sign integer) returns void
language sql volatile set search_path = '' as $$
	insert into app.group_day_people as d (city_id, group_id, day, kind, counted_group, people)
	select r.city_id, r.group_id, r.day, p_kind, g.key, p_sign * sum(g.value::integer)
	from jsonb_to_recordset(p_rows) r(city_id text, group_id uuid, day date, people jsonb)
	cross join lateral jsonb_each_text(r.people) g
	group by 1, 2, 3, 5
	having sum(g.value::integer) <> 0
	order by 1, 2, 3, 5
	on conflict (city_id, group_id, day, kind, counted_group) do update set people = d.people + excluded.people
$$;

-- One function for both kinds of records: they say it in the same columns. The kind is the trigger's word.
create function app.count_people() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
	rows jsonb;
begin
	if tg_op = 'UPDATE' then
		select jsonb_agg(jsonb_build_object('city_id', t.city_id, 'group_id', t.group_id, 'day', t.day, 'people', t.people_by_group)) into rows
		from taken t where not t.discarded and t.people_by_group <> '{}';
		if rows is not null then
			perform app.add_people(tg_argv[0], rows, -1);
		end if;
	end if;
	select jsonb_agg(jsonb_build_object('city_id', a.city_id, 'group_id', a.group_id, 'day', a.day, 'people', a.people_by_group)) into rows
	from added a where not a.discarded and a.people_by_group <> '{}';
	if rows is not null then
		perform app.add_people(tg_argv[0], rows, 1);
	end if;
	return null;
end $$;

create trigger people_of_visits_are_counted after insert on app.visits
	referencing new table as added for each statement execute function app.count_people('visit');
create trigger people_of_visits_are_counted_again after update on app.visits
	referencing old table as taken new table as added for each statement execute function app.count_people('visit');
create trigger people_of_trainings_are_counted after insert on app.trainings
	referencing new table as added for each statement execute function app.count_people('training');
create trigger people_of_trainings_are_counted_again after update on app.trainings
	referencing old table as taken new table as added for each statement execute function app.count_people('training');

revoke execute on all functions in schema app from public;
