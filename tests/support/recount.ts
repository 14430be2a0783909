/** What the totals must be, counted from the records without looking at any total. */
export const RECOUNT_DAYS = `
	with reached as (
		select distinct coalesce(h.merged_into, h.id) as id, h.group_id, r.day, date_part('year', r.day) as year, date_part('month', r.day) as month
		from app.households h join (
			select household_id, day from app.visits
			where not discarded and outcome in ('helped', 'come_back', 'escalated')
			union all select household_id, day from app.signups where not discarded and result <> 'refused'
			union all select i.id, t.day from app.trainings t cross join unnest(t.household_ids) i(id)
				join app.households its on its.id = i.id and its.group_id = t.group_id where not t.discarded
		) r on r.household_id = h.id
		where not h.discarded and not exists (
			select from app.households home where home.id = h.merged_into and home.discarded)
	), firsts as (
		select 1 as ever, 0 as week, 0 as month, 0 as quarter, 0 as half, 0 as in_year, group_id, min(day) as day
			from reached group by id, group_id
		union all select 0, 1, 0, 0, 0, 0, group_id, min(day) from reached
			group by id, group_id, day - (date_part('isodow', day) - 1)::int
		union all select 0, 0, 1, 0, 0, 0, group_id, min(day) from reached group by id, group_id, year, month
		union all select 0, 0, 0, 1, 0, 0, group_id, min(day) from reached
			group by id, group_id, year, floor((month - 1) / 3)
		union all select 0, 0, 0, 0, 1, 0, group_id, min(day) from reached group by id, group_id, year, month <= 6
		union all select 0, 0, 0, 0, 0, 1, group_id, min(day) from reached group by id, group_id, year
	), counted as (
		select group_id, day, 1 as visits, people_helped, 0 as added, 0 as reached, 0 as week, 0 as month,
			0 as quarter, 0 as half, 0 as in_year, 0 as trainings, 0 as trained from app.visits where not discarded
		union all select group_id, app.day_of(recorded_at), 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0
			from app.households where not discarded and merged_into is null
		union all select group_id, day, 0, 0, 0, ever, week, month, quarter, half, in_year, 0, 0 from firsts
		union all select group_id, day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, headcount from app.trainings
			where not discarded and session_id is null
	)
	select group_id, day::text, sum(visits)::int as visits, sum(people_helped)::int as people_helped,
		sum(added)::int as households_added, sum(reached)::int as households_reached,
		sum(week)::int as reached_in_week, sum(month)::int as reached_in_month, sum(quarter)::int as reached_in_quarter,
		sum(half)::int as reached_in_half, sum(in_year)::int as reached_in_year,
		sum(trainings)::int as trainings, sum(trained)::int as trained
	from counted group by group_id, day order by group_id, day`;

/** The totals as they are kept. */
export const KEPT_DAYS = `
	select group_id, day::text, visits, people_helped, households_added, households_reached,
		reached_in_week, reached_in_month, reached_in_quarter, reached_in_half, reached_in_year, trainings, trained
	from app.group_days
	where (visits, people_helped, households_added, households_reached, trainings, trained) <> (0, 0, 0, 0, 0, 0)
		or (reached_in_week, reached_in_month, reached_in_quarter, reached_in_half, reached_in_year) <> (0, 0, 0, 0, 0)
	order by group_id, day`;

/** The same of sign-ups, by service and result. */
export const RECOUNT_SERVICES = `
	select group_id, day::text, service, result, sum(people)::int as people
	from app.signups where not discarded group by group_id, day, service, result order by 1, 2, 3, 4`;
export const KEPT_SERVICES = `
	select group_id, day::text, service, result, people
	from app.group_day_services where people <> 0 order by 1, 2, 3, 4`;

/** The same of counted groups, by kind of record and group. */
export const RECOUNT_PEOPLE = `
	select group_id, day::text, kind, counted_group, sum(people)::int as people from (
		select group_id, day, 'visit' as kind, g.key as counted_group, g.value::int as people
		from app.visits, jsonb_each_text(people_by_group) g where not discarded
		union all select group_id, day, 'training', g.key, g.value::int
		from app.trainings, jsonb_each_text(people_by_group) g where not discarded
	) one where people <> 0 group by group_id, day, kind, counted_group order by 1, 2, 3, 4`;
export const KEPT_PEOPLE = `
	select group_id, day::text, kind, counted_group, people
	from app.group_day_people where people <> 0 order by 1, 2, 3, 4`;
