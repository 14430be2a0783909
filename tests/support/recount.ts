/** What the totals must be, counted from the records without looking at any total. */
export const RECOUNT_DAYS = `
	with reached as (
		select h.group_id, least(
			(select min(v.day) from app.visits v where v.household_id = h.id and not v.discarded
				and v.outcome in ('helped', 'come_back', 'escalated')),
			(select min(s.day) from app.signups s where s.household_id = h.id and not s.discarded
				and s.result <> 'refused')) as day
		from app.households h where not h.discarded
	), counted as (
		select group_id, day, 1 as visits, people_helped, 0 as added, 0 as reached, 0 as trainings, 0 as trained
			from app.visits where not discarded
		union all select group_id, app.day_of(recorded_at), 0, 0, 1, 0, 0, 0 from app.households where not discarded
		union all select group_id, day, 0, 0, 0, 1, 0, 0 from reached where day is not null
		union all select group_id, day, 0, 0, 0, 0, 1, headcount from app.trainings where not discarded
	)
	select group_id, day::text, sum(visits)::int as visits, sum(people_helped)::int as people_helped,
		sum(added)::int as households_added, sum(reached)::int as households_reached,
		sum(trainings)::int as trainings, sum(trained)::int as trained
	from counted group by group_id, day order by group_id, day`;

/** The totals as they are kept. */
export const KEPT_DAYS = `
	select group_id, day::text, visits, people_helped, households_added, households_reached, trainings, trained
	from app.group_days
	where (visits, people_helped, households_added, households_reached, trainings, trained) <> (0, 0, 0, 0, 0, 0)
	order by group_id, day`;

/** The same of sign-ups, by service and result. */
export const RECOUNT_SERVICES = `
	select group_id, day::text, service, result, sum(people)::int as people
	from app.signups where not discarded group by group_id, day, service, result order by 1, 2, 3, 4`;
export const KEPT_SERVICES = `
	select group_id, day::text, service, result, people
	from app.group_day_services where people <> 0 order by 1, 2, 3, 4`;
