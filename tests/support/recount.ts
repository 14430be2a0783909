/** What the totals must be, counted from the records without looking at any total. */
export const RECOUNT_DAYS = `
	with came as (
		select distinct coalesce(h.merged_into, h.id) as id, h.group_id, r.how, r.day, date_part('year', r.day) as year, date_part('month', r.day) as month
		from app.households h join (
			select 'reached' as how, household_id, day from app.visits
			where not discarded and outcome in ('helped', 'come_back', 'escalated')
			union all select 'reached', household_id, day from app.signups where not discarded and result <> 'refused'
			union all select how, i.id, t.day from app.trainings t cross join unnest(t.household_ids) i(id)
				join app.households its on its.id = i.id and its.group_id = t.group_id
				cross join (values ('reached'), ('learned')) h(how) where not t.discarded
		) r on r.household_id = h.id
		where not h.discarded and not exists (
			select from app.households home where home.id = h.merged_into and home.discarded)
	), counted as (
		select group_id, day, 'visits' as figure, 1 as n from app.visits where not discarded
		union all select group_id, day, 'people_helped', people_helped from app.visits where not discarded
		union all select group_id, app.day_of(recorded_at), 'households_added', 1
			from app.households where not discarded and merged_into is null
		union all select group_id, min(day), 'households_' || how, 1 from came group by how, id, group_id
		union all select group_id, min(day), how || '_in_week', 1 from came
			group by how, id, group_id, day - (date_part('isodow', day) - 1)::int
		union all select group_id, min(day), how || '_in_month', 1 from came group by how, id, group_id, year, month
		union all select group_id, min(day), how || '_in_quarter', 1 from came
			group by how, id, group_id, year, floor((month - 1) / 3)
		union all select group_id, min(day), how || '_in_half', 1 from came group by how, id, group_id, year, month <= 6
		union all select group_id, min(day), how || '_in_year', 1 from came group by how, id, group_id, year
		union all select group_id, day, 'trainings', 1 from app.trainings where not discarded and session_id is null
		union all select group_id, day, 'attendance', headcount from app.trainings where not discarded
		union all select group_id, asked_on, 'requests_opened', 1 from app.requests where not discarded
		union all select group_id, taken_on, 'requests_taken', 1 from app.requests where not discarded and taken_by is not null
		union all select group_id, ended_on, 'requests_done', 1 from app.requests where not discarded and ended_as = 'done'
		union all select group_id, ended_on, 'requests_closed', 1
			from app.requests where not discarded and ended_as not in ('', 'done')
	), summed as (
		select group_id, day, figure, sum(n)::int as n from counted group by 1, 2, 3 having sum(n) <> 0
	)
	select group_id, day::text, jsonb_object_agg(figure, n) as figures
	from summed group by 1, 2 order by 1, 2`;

/** The totals as they are kept, whatever columns they have. */
export const KEPT_DAYS = `
	select d.group_id, d.day::text, jsonb_object_agg(f.key, f.value::int) as figures
	from app.group_days d cross join lateral jsonb_each_text(to_jsonb(d) - '{city_id,group_id,day}'::text[]) f
	where f.value <> '0'
	group by 1, 2 order by 1, 2`;

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
