-- How records are counted into totals. The triggers count whole statements, not rows: a hundred visits of
-- one day are one row of totals, written once.

-- Every trigger below has the rows as they are in `added` and, of an update, as they were in
-- `taken`: what was counted is taken back, what is there is added. A discarded row counts nothing.

create function app.count_households() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
	if tg_op = 'UPDATE' then
		insert into app.group_days as d (city_id, group_id, day, households_added)
		select t.city_id, t.group_id, app.day_of(t.recorded_at), -count(*) from taken t
		where not t.discarded and t.merged_into is null group by 1, 2, 3
		on conflict (city_id, group_id, day) do update set households_added = d.households_added + excluded.households_added;
	end if;
	insert into app.group_days as d (city_id, group_id, day, households_added)
	select a.city_id, a.group_id, app.day_of(a.recorded_at), count(*) from added a
	where not a.discarded and a.merged_into is null group by 1, 2, 3
	on conflict (city_id, group_id, day) do update set households_added = d.households_added + excluded.households_added;
	if tg_op = 'UPDATE' then
		-- A household that moved takes its days along; its state has followed it.
		perform app.move_reached(p.city_id,
				jsonb_agg(jsonb_build_object('group_id', t.group_id, 'days', p.reached_on)),
				jsonb_agg(jsonb_build_object('group_id', a.group_id, 'days', p.reached_on))),
			app.move_learned(p.city_id,
				jsonb_agg(jsonb_build_object('group_id', t.group_id, 'days', p.learned_on)),
				jsonb_agg(jsonb_build_object('group_id', a.group_id, 'days', p.learned_on)))
		from taken t
		join added a on a.city_id = t.city_id and a.id = t.id and a.group_id <> t.group_id
		join app.household_progress p on p.city_id = a.city_id and p.household_id = a.id and p.reached_on <> '{}'
		group by p.city_id;
		perform app.refresh_progress(h.city_id, array_agg(h.id))
		from (select a.city_id, a.id from added a union select t.city_id, t.merged_into from taken t where t.merged_into is not null) h
		group by h.city_id;
		return null;
	end if;
	-- A training may have named them before they came.
	perform app.refresh_progress(a.city_id, array_agg(a.id)) from added a
	where exists (
		select from app.trainings t
		where t.city_id = a.city_id and t.household_ids @> array[a.id] and t.household_ids <> '{}' and not t.discarded)
	group by a.city_id;
	perform app.keep_rungs(a.city_id, array_agg(a.id)) from added a where a.said_on <> '{}' group by a.city_id;
	return null;
end $$;

create function app.count_visits() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
	if tg_op = 'UPDATE' then
		insert into app.group_days as d (city_id, group_id, day, visits, people_helped)
		select t.city_id, t.group_id, t.day, -count(*), -sum(t.people_helped) from taken t where not t.discarded group by 1, 2, 3
		on conflict (city_id, group_id, day) do update set
			visits = d.visits + excluded.visits, people_helped = d.people_helped + excluded.people_helped;
		perform app.refresh_progress(t.city_id, array_agg(t.household_id)) from taken t
		where t.household_id is not null group by t.city_id;
	end if;
	insert into app.group_days as d (city_id, group_id, day, visits, people_helped)
	select a.city_id, a.group_id, a.day, count(*), sum(a.people_helped) from added a where not a.discarded group by 1, 2, 3
	on conflict (city_id, group_id, day) do update set
		visits = d.visits + excluded.visits, people_helped = d.people_helped + excluded.people_helped;
	if tg_op = 'UPDATE' then
		perform app.refresh_progress(a.city_id, array_agg(a.household_id)) from added a
		where a.household_id is not null group by a.city_id;
		return null;
	end if;
	-- New visits only add: what was known need not be read again.
	perform app.keep_progress(s.city_id, array_agg((s.household_id, s.reached_on, s.visited_on, null)::app.sighting), false)
	from (
		select a.city_id, a.household_id, max(a.day) as visited_on,
			array_agg(distinct a.day order by a.day) filter (where a.outcome = any (app.reaching_outcomes())) as reached_on
		from added a where a.household_id is not null and not a.discarded group by 1, 2
	) s
	group by s.city_id;
	return null;
end $$;

create function app.count_signups() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
	if tg_op = 'UPDATE' then
		insert into app.group_day_services as d (city_id, group_id, day, service, result, people)
		select t.city_id, t.group_id, t.day, t.service, t.result, -sum(t.people) from taken t where not t.discarded group by 1, 2, 3, 4, 5
		on conflict (city_id, group_id, day, service, result) do update set people = d.people + excluded.people;
		perform app.refresh_progress(t.city_id, array_agg(t.household_id)) from taken t
		where t.household_id is not null group by t.city_id;
	end if;
	insert into app.group_day_services as d (city_id, group_id, day, service, result, people)
	select a.city_id, a.group_id, a.day, a.service, a.result, sum(a.people) from added a where not a.discarded group by 1, 2, 3, 4, 5
	on conflict (city_id, group_id, day, service, result) do update set people = d.people + excluded.people;
	if tg_op = 'UPDATE' then
		perform app.refresh_progress(a.city_id, array_agg(a.household_id)) from added a
		where a.household_id is not null group by a.city_id;
		return null;
	end if;
	perform app.keep_progress(s.city_id, array_agg((s.household_id, s.reached_on, null, null)::app.sighting), false)
	from (
		select a.city_id, a.household_id, array_agg(distinct a.day order by a.day) as reached_on
		from added a where a.household_id is not null and not a.discarded and a.result <> all (app.unreaching_results()) group by 1, 2
	) s
	group by s.city_id;
	perform app.keep_rungs(a.city_id, array_agg(a.household_id)) from added a where a.household_id is not null group by a.city_id;
	return null;
end $$;

-- Households attached to another team's session are no second session.
create function app.count_trainings() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
	if tg_op = 'UPDATE' then
		insert into app.group_days as d (city_id, group_id, day, trainings, attendance)
		select t.city_id, t.group_id, t.day, -count(*) filter (where t.session_id is null), -sum(t.headcount) from taken t where not t.discarded group by 1, 2, 3
		on conflict (city_id, group_id, day) do update set
			trainings = d.trainings + excluded.trainings, attendance = d.attendance + excluded.attendance;
	end if;
	insert into app.group_days as d (city_id, group_id, day, trainings, attendance)
	select a.city_id, a.group_id, a.day, count(*) filter (where a.session_id is null), sum(a.headcount) from added a where not a.discarded group by 1, 2, 3
	on conflict (city_id, group_id, day) do update set
		trainings = d.trainings + excluded.trainings, attendance = d.attendance + excluded.attendance;
	if tg_op = 'UPDATE' then
		perform app.refresh_progress(b.city_id, array_agg(distinct i.id))
		from (select t.city_id, t.household_ids from taken t union all select a.city_id, a.household_ids from added a) b
		cross join unnest(b.household_ids) i(id)
		group by b.city_id;
		return null;
	end if;
	perform app.keep_progress(s.city_id, array_agg((s.household_id, s.days, null, s.days)::app.sighting), false)
	from (
		select a.city_id, i.id as household_id, array_agg(distinct a.day order by a.day) as days
		from added a cross join unnest(a.household_ids) i(id)
		where not a.discarded
		group by 1, 2
	) s
	group by s.city_id;
	return null;
end $$;

-- A request for help counts on the day it was asked, on the day somebody of the team took it, and on the day
-- it ended. What did not change is not written.
create function app.count_requests() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
	said jsonb;
begin
	select jsonb_agg(to_jsonb(a) || '{"sign": 1}') into said from added a where not a.discarded;
	if tg_op = 'UPDATE' then
		said := coalesce(said, '[]') || coalesce((select jsonb_agg(to_jsonb(t) || '{"sign": -1}') from taken t where not t.discarded), '[]');
	end if;
	insert into app.group_days as d (city_id, group_id, day, requests_opened, requests_taken, requests_done, requests_closed)
	select r.city_id, r.group_id, n.day, sum(n.opened), sum(n.taken), sum(n.done), sum(n.closed)
	from jsonb_to_recordset(said) r(city_id text, group_id uuid, sign integer, asked_on date, taken_on date, ended_on date, ended_as text)
	cross join lateral (values
		(r.asked_on, r.sign, 0, 0, 0),
		(r.taken_on, 0, r.sign, 0, 0),
		(case when r.ended_as = 'done' then r.ended_on end, 0, 0, r.sign, 0),
		(case when r.ended_as not in ('', 'done') then r.ended_on end, 0, 0, 0, r.sign)
	) n(day, opened, taken, done, closed)
	where n.day is not null
	group by 1, 2, 3
	having (sum(n.opened), sum(n.taken), sum(n.done), sum(n.closed)) <> (0, 0, 0, 0)
	order by 1, 2, 3
	on conflict (city_id, group_id, day) do update set
		requests_opened = d.requests_opened + excluded.requests_opened, requests_taken = d.requests_taken + excluded.requests_taken,
		requests_done = d.requests_done + excluded.requests_done, requests_closed = d.requests_closed + excluded.requests_closed;
	return null;
end $$;

-- Records are never deleted (a discard is a mark), so there is no trigger on delete.
create trigger households_are_counted after insert on app.households
	referencing new table as added for each statement execute function app.count_households();
create trigger households_are_counted_again after update on app.households
	referencing old table as taken new table as added for each statement execute function app.count_households();
create trigger visits_are_counted after insert on app.visits
	referencing new table as added for each statement execute function app.count_visits();
create trigger visits_are_counted_again after update on app.visits
	referencing old table as taken new table as added for each statement execute function app.count_visits();
create trigger signups_are_counted after insert on app.signups
	referencing new table as added for each statement execute function app.count_signups();
create trigger signups_are_counted_again after update on app.signups
	referencing old table as taken new table as added for each statement execute function app.count_signups();
create trigger trainings_are_counted after insert on app.trainings
	referencing new table as added for each statement execute function app.count_trainings();
create trigger trainings_are_counted_again after update on app.trainings
	referencing old table as taken new table as added for each statement execute function app.count_trainings();
create trigger requests_are_counted after insert on app.requests
	referencing new table as added for each statement execute function app.count_requests();
create trigger requests_are_counted_again after update on app.requests
	referencing old table as taken new table as added for each statement execute function app.count_requests();

revoke execute on all functions in schema app from public;
