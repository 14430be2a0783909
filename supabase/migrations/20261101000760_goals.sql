-- How many households a team means to help in a week. A goal is of the whole team, and of no person.

insert into app.verbs (verb) values ('set_goals');
insert into app.role_verbs (role, verb) values ('deputy', 'set_goals'), ('leader', 'set_goals');

create table app.goals (
	city_id text not null,
	id uuid not null,
	group_id uuid not null,
	seq bigint not null,
	author_id uuid not null,
	recorded_at timestamptz not null,
	discarded boolean not null default false,
	from_week date,
	households integer,
	overlap text[] not null default '{}',
	extra jsonb not null default '{}',
	constraint goals_pkey primary key (city_id, id),
	constraint goals_group foreign key (city_id, group_id) references app.units (city_id, unit_id),
	constraint goals_from_week_missing check (from_week is not null),
	constraint goals_from_week_bad_value check (from_week is null or extract(isodow from from_week) = 1),
	-- A goal is for the weeks at hand: further ahead nobody knows who will be there.
	constraint goals_from_week_out_of_range check (from_week between app.day_of(recorded_at) - 400 and app.day_of(recorded_at) + 14),
	constraint goals_households_missing check (households is not null),
	constraint goals_households_out_of_range check (households between 0 and 500),
	constraint goals_extra_too_long check (extra = '{}' or length(extra::text) <= 20000),
	constraint goals_extra_id_number check (extra = '{}' or not app.holds_id_number(extra::text))
);
create unique index goals_by_seq on app.goals (city_id, group_id, seq);

comment on column app.goals.from_week is 'The Monday of the first week for which it stands; it stands until a later one.';
comment on column app.goals.households is 'Households to help in a week; 0: none is set any more.';

alter table app.goals enable row level security;
create policy "teams and officers read the goals of their groups" on app.goals for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_records')));
grant select on app.goals to authenticated;
-- No insert, update or delete for anybody: records change only through app.push.
