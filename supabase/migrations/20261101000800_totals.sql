-- Totals by group and day, and the state of each household: exact in the transaction that changes
-- a record (…_progress.sql, …_counting.sql). The group's row is locked by then, so this adds no contention.

create table app.group_days (
	city_id text not null,
	group_id uuid not null,
	day date not null,
	visits integer not null default 0,
	people_helped integer not null default 0,
	households_added integer not null default 0,
	households_reached integer not null default 0,
	reached_in_week integer not null default 0,
	reached_in_month integer not null default 0,
	reached_in_quarter integer not null default 0,
	reached_in_half integer not null default 0,
	reached_in_year integer not null default 0,
	trainings integer not null default 0,
	attendance integer not null default 0,
	households_learned integer not null default 0,
	learned_in_week integer not null default 0,
	learned_in_month integer not null default 0,
	learned_in_quarter integer not null default 0,
	learned_in_half integer not null default 0,
	learned_in_year integer not null default 0,
	requests_opened integer not null default 0,
	requests_taken integer not null default 0,
	requests_done integer not null default 0,
	requests_closed integer not null default 0,
	constraint group_days_pkey primary key (city_id, group_id, day),
	constraint group_days_group foreign key (city_id, group_id) references app.units (city_id, unit_id)
);

comment on column app.group_days.households_reached is 'Households reached for the first time on this day; their sum up to a day is the number reached.';
comment on column app.group_days.reached_in_month is 'Households reached for the first time in that month on this day: their sum over the days of a month counts each household once, however often it was visited. The columns of the other periods likewise.';
comment on column app.group_days.attendance is 'Heads counted at trainings: who came twice is in it twice. Learners are nowhere known by person, so that nobody can count them once (docs/decisions/022-learners.md).';
comment on column app.group_days.households_learned is 'Households of which somebody came to a training, for the first time on this day: counted once, as households_reached are; learned_in_month and its like as reached_in_month.';
comment on column app.group_days.requests_opened is 'Requests for help by the day they were asked; taken, done, and closed without help by the day of that. Opened less done and closed: those that wait.';

create table app.group_day_services (
	city_id text not null,
	group_id uuid not null,
	day date not null,
	service text not null,
	result text not null,
	people integer not null default 0,
	constraint group_day_services_pkey primary key (city_id, group_id, day, service, result),
	constraint group_day_services_group foreign key (city_id, group_id) references app.units (city_id, unit_id)
);

create table app.household_progress (
	city_id text not null,
	household_id uuid not null,
	group_id uuid not null,
	reached_on date[] not null default '{}',
	first_reached_on date generated always as (reached_on[1]) stored,
	last_visited_on date,
	learned_on date[] not null default '{}',
	rung smallint not null default 0,
	proven_on date[] not null default '{}',
	constraint household_progress_pkey primary key (city_id, household_id),
	constraint household_progress_household foreign key (city_id, group_id, household_id)
		references app.households (city_id, group_id, id) on update cascade
);
comment on column app.household_progress.rung is 'The rung of the ladder of digital readiness (…_ladder.sql); proven_on: the day for each rung, of those that are proven.';
comment on column app.household_progress.reached_on is 'The days on which it was reached, each once, in their order.';
comment on column app.household_progress.learned_on is 'The days on which somebody of it came to a training; each is in reached_on, too.';

alter table app.group_days enable row level security;
alter table app.group_day_services enable row level security;
alter table app.household_progress enable row level security;
create policy "people read the totals of their groups" on app.group_days for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_totals')));
create policy "people read the sign-up totals of their groups" on app.group_day_services for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_totals')));
create policy "teams and officers read the progress of their households" on app.household_progress for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_records')));
grant select on app.group_days, app.group_day_services, app.household_progress to authenticated;
