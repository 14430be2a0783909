-- Totals by group and day, and the state of each household: exact in the transaction that changes
-- a record. The group's row is locked by then, so this adds no contention.

create table app.group_days (
	city_id text not null,
	group_id uuid not null,
	day date not null,
	visits integer not null default 0,
	people_helped integer not null default 0,
	households_added integer not null default 0,
	households_reached integer not null default 0,
	trainings integer not null default 0,
	trained integer not null default 0,
	constraint group_days_pkey primary key (city_id, group_id, day),
	constraint group_days_group foreign key (city_id, group_id) references app.units (city_id, unit_id)
);

comment on column app.group_days.households_reached is 'Households reached for the first time on this day; their sum up to a day is the number reached.';

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
	first_reached_on date,
	last_visited_on date,
	constraint household_progress_pkey primary key (city_id, household_id),
	constraint household_progress_household foreign key (city_id, group_id, household_id)
		references app.households (city_id, group_id, id) on update cascade
);

alter table app.group_days enable row level security;
alter table app.group_day_services enable row level security;
alter table app.household_progress enable row level security;
create policy "people read the totals of their groups" on app.group_days for select to authenticated
	using (group_id in (select app.my_group_ids('read_totals')));
create policy "people read the sign-up totals of their groups" on app.group_day_services for select to authenticated
	using (group_id in (select app.my_group_ids('read_totals')));
create policy "teams and officers read the progress of their households" on app.household_progress for select to authenticated
	using (group_id in (select app.my_group_ids('read_records')));
grant select on app.group_days, app.group_day_services, app.household_progress to authenticated;

create function app.add_to_day(
	p_city_id text, p_group_id uuid, p_day date,
	p_visits integer default 0, p_people_helped integer default 0,
	p_households_added integer default 0, p_households_reached integer default 0,
	p_trainings integer default 0, p_trained integer default 0
) returns void
language sql volatile set search_path = '' as $$
	insert into app.group_days as d
		(city_id, group_id, day, visits, people_helped, households_added, households_reached, trainings, trained)
	values (p_city_id, p_group_id, p_day, p_visits, p_people_helped, p_households_added, p_households_reached, p_trainings, p_trained)
	on conflict (city_id, group_id, day) do update set
		visits = d.visits + excluded.visits,
		people_helped = d.people_helped + excluded.people_helped,
		households_added = d.households_added + excluded.households_added,
		households_reached = d.households_reached + excluded.households_reached,
		trainings = d.trainings + excluded.trainings,
		trained = d.trained + excluded.trained
$$;

create function app.add_to_service(
	p_city_id text, p_group_id uuid, p_day date, p_service text, p_result text, p_people integer
) returns void
language sql volatile set search_path = '' as $$
	insert into app.group_day_services as d (city_id, group_id, day, service, result, people)
	values (p_city_id, p_group_id, p_day, p_service, p_result, p_people)
	on conflict (city_id, group_id, day, service, result) do update set people = d.people + excluded.people
$$;

-- What counts as reaching a household: somebody was met and helped, or an account was dealt with.
create function app.outcome_reaches(outcome text) returns boolean
language sql immutable set search_path = '' as $$
	select outcome in ('helped', 'come_back', 'escalated')
$$;

create function app.result_reaches(result text) returns boolean
language sql immutable set search_path = '' as $$
	select result <> 'refused'
$$;

-- A household's state as its records say, stored and carried into the group's days.
create function app.refresh_progress(p_city_id text, p_household_id uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
	h app.households;
	was app.household_progress;
	reached_on date;
	visited_on date;
begin
	select * into h from app.households where city_id = p_city_id and id = p_household_id;
	select * into was from app.household_progress where city_id = p_city_id and household_id = p_household_id;
	if not h.discarded then
		select min(v.day) filter (where app.outcome_reaches(v.outcome)), max(v.day)
		into reached_on, visited_on
		from app.visits v
		where v.city_id = p_city_id and v.household_id = p_household_id and not v.discarded;
		select least(reached_on, min(s.day)) into reached_on
		from app.signups s
		where s.city_id = p_city_id and s.household_id = p_household_id and not s.discarded
			and app.result_reaches(s.result);
	end if;
	if was.first_reached_on is distinct from reached_on then
		if was.first_reached_on is not null then
			perform app.add_to_day(p_city_id, was.group_id, was.first_reached_on, p_households_reached => -1);
		end if;
		if reached_on is not null then
			perform app.add_to_day(p_city_id, h.group_id, reached_on, p_households_reached => 1);
		end if;
	elsif was.last_visited_on is not distinct from visited_on then
		return;
	end if;
	insert into app.household_progress (city_id, household_id, group_id, first_reached_on, last_visited_on)
	values (p_city_id, p_household_id, h.group_id, reached_on, visited_on)
	on conflict (city_id, household_id) do update set
		group_id = excluded.group_id, first_reached_on = excluded.first_reached_on, last_visited_on = excluded.last_visited_on;
end $$;

create function app.count_household() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	if tg_op <> 'INSERT' and not old.discarded then
		perform app.add_to_day(old.city_id, old.group_id, app.day_of(old.recorded_at), p_households_added => -1);
	end if;
	if not new.discarded then
		perform app.add_to_day(new.city_id, new.group_id, app.day_of(new.recorded_at), p_households_added => 1);
	end if;
	if tg_op = 'UPDATE' then
		perform app.refresh_progress(new.city_id, new.id);
	end if;
	return null;
end $$;

create function app.count_visit() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	if tg_op <> 'INSERT' and not old.discarded then
		perform app.add_to_day(old.city_id, old.group_id, old.day, p_visits => -1, p_people_helped => -old.people_helped);
	end if;
	if not new.discarded then
		perform app.add_to_day(new.city_id, new.group_id, new.day, p_visits => 1, p_people_helped => new.people_helped);
	end if;
	if new.household_id is not null then
		perform app.refresh_progress(new.city_id, new.household_id);
	end if;
	if tg_op = 'UPDATE' and old.household_id is distinct from new.household_id and old.household_id is not null then
		perform app.refresh_progress(old.city_id, old.household_id);
	end if;
	return null;
end $$;

create function app.count_signup() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	if tg_op <> 'INSERT' and not old.discarded then
		perform app.add_to_service(old.city_id, old.group_id, old.day, old.service, old.result, -old.people);
	end if;
	if not new.discarded then
		perform app.add_to_service(new.city_id, new.group_id, new.day, new.service, new.result, new.people);
	end if;
	if new.household_id is not null then
		perform app.refresh_progress(new.city_id, new.household_id);
	end if;
	if tg_op = 'UPDATE' and old.household_id is distinct from new.household_id and old.household_id is not null then
		perform app.refresh_progress(old.city_id, old.household_id);
	end if;
	return null;
end $$;

create function app.count_training() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	if tg_op <> 'INSERT' and not old.discarded then
		perform app.add_to_day(old.city_id, old.group_id, old.day, p_trainings => -1, p_trained => -old.headcount);
	end if;
	if not new.discarded then
		perform app.add_to_day(new.city_id, new.group_id, new.day, p_trainings => 1, p_trained => new.headcount);
	end if;
	return null;
end $$;

-- Records are never deleted (a discard is a mark), so there is no trigger on delete.
create trigger households_are_counted after insert or update of discarded, group_id on app.households
	for each row execute function app.count_household();
create trigger visits_are_counted after insert or update on app.visits
	for each row execute function app.count_visit();
create trigger signups_are_counted after insert or update on app.signups
	for each row execute function app.count_signup();
create trigger trainings_are_counted after insert or update on app.trainings
	for each row execute function app.count_training();

revoke execute on all functions in schema app from public;
