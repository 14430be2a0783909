import type { FunctionName } from '../../../src/lib/data/functions';
import { idSql } from '../full_city';

/** What a page of the staff asks for: who looks, which function, and its arguments as SQL. */
export type Page = {
	name: string;
	who: string;
	fn: FunctionName;
	args?: Record<string, string>;
	/** The same answer by GROUP BY over the records. */
	records?: string;
};

const unit = (words: string) => idSql(`'${words}'`);
const plan = unit('plan');
const indicator = (measure: string) => unit(`indicator ${measure}`);
const MONTH = `date_trunc('month', app.today() - interval '1 month')::date`;
const BEFORE = `(${MONTH} + interval '1 month')::date`;

/** Of each group: who was reached up to the end of the month, and what was done in it. */
const GROUPS_BY_RECORDS = `
	with reached as (
		select group_id, count(distinct household_id) as n from (
			select group_id, household_id from app.visits where not discarded and outcome in ('helped', 'come_back', 'escalated') and day < ${BEFORE}
			union all
			select group_id, household_id from app.signups where not discarded and result <> 'refused' and day < ${BEFORE}
			union all
			select t.group_id, i.id from app.trainings t cross join unnest(t.household_ids) i(id) where not t.discarded and t.day < ${BEFORE}
		) r group by 1
	), worked as (
		select group_id, count(*) as visits, sum(people_helped) as people from app.visits
		where not discarded and day >= ${MONTH} and day < ${BEFORE} group by 1
	), signed as (
		select group_id, service, sum(people) as people from app.signups
		where not discarded and result in ('created', 'activated') and day >= ${MONTH} and day < ${BEFORE} group by 1, 2
	), taught as (
		select group_id, count(*) as trainings, sum(headcount) as attendance from app.trainings
		where not discarded and day >= ${MONTH} and day < ${BEFORE} group by 1
	)
	select jsonb_agg(to_jsonb(a)) from (
		select * from reached left join worked using (group_id) left join taught using (group_id) left join signed using (group_id)
	) a`;

/** What a plan of so many measures counts, one pass for each table of records. */
const PLAN_BY_RECORDS = `
	with v as (
		select count(*) as visits, sum(people_helped) as people from app.visits where not discarded
	), s as (
		select service, sum(people) as people from app.signups where not discarded and result in ('created', 'activated') group by 1
	), r as (
		select count(distinct household_id) as n from (
			select household_id from app.visits where not discarded and outcome in ('helped', 'come_back', 'escalated')
			union all
			select household_id from app.signups where not discarded and result <> 'refused'
			union all
			select i.id from app.trainings t cross join unnest(t.household_ids) i(id) where not t.discarded
		) x
	)
	select jsonb_agg(to_jsonb(a)) from (select * from v, r, s) a`;

/** Of each ward the counted households, and of each of eight weeks those that are new in it, with the visits. */
const PACE_BY_RECORDS = `
	with firsts as (
		select group_id, household_id, min(day) as day from (
			select group_id, household_id, day from app.visits where not discarded and outcome in ('helped', 'come_back', 'escalated')
			union all
			select group_id, household_id, day from app.signups where not discarded and result <> 'refused'
			union all
			select t.group_id, i.id, t.day from app.trainings t cross join unnest(t.household_ids) i(id) where not t.discarded
		) x group by 1, 2
	), reached as (
		select p.parent_id, date_trunc('week', f.day::timestamp) as week, count(*) as n
		from firsts f join app.unit_parents p on p.unit_id = f.group_id group by 1, 2
	), visited as (
		select p.parent_id, date_trunc('week', v.day::timestamp) as week, count(*) as n
		from app.visits v join app.unit_parents p on p.unit_id = v.group_id
		where not v.discarded and v.day > app.today() - 64 group by 1, 2
	)
	select jsonb_agg(to_jsonb(a)) from (select * from reached left join visited using (parent_id, week)) a`;

const CITY = 'staff city_office';
const WARD = 'staff ward_officer';
const AREA = 'staff area_coordinator';
const LEADER = 'person 0';
const ADMINISTRATOR = 'staff administrator';
const month = { month: MONTH };

/** Every page of the staff, as those see it who have the most to see there. */
export const PAGES: Page[] = [
	{ name: 'me', who: CITY, fn: 'me' },
	{
		...{ name: 'coverage.city', who: CITY, fn: 'coverage' },
		...{ args: { unit_id: unit('city'), ...month }, records: GROUPS_BY_RECORDS }
	},
	{ name: 'coverage.area', who: AREA, fn: 'coverage', args: { unit_id: unit('area 0'), ...month } },
	{ name: 'coverage.ward', who: WARD, fn: 'coverage', args: { unit_id: unit('ward 0'), ...month } },
	{
		name: 'coverage.team',
		who: LEADER,
		fn: 'coverage',
		args: { unit_id: unit('group 0'), ...month }
	},
	{ name: 'wards', who: CITY, fn: 'compare_wards', args: month, records: GROUPS_BY_RECORDS },
	{ name: 'plans', who: CITY, fn: 'plans' },
	{
		...{ name: 'plan.city', who: CITY, fn: 'plan' },
		...{ args: { plan_id: plan, unit_id: 'null::uuid' }, records: PLAN_BY_RECORDS }
	},
	{ name: 'plan.ward', who: WARD, fn: 'plan', args: { plan_id: plan, unit_id: unit('ward 0') } },
	{
		...{ name: 'pace.city', who: CITY, fn: 'pace', records: PACE_BY_RECORDS },
		args: { indicator_id: indicator('households_reached') }
	},
	{
		name: 'pace.signups',
		who: CITY,
		fn: 'pace',
		args: { indicator_id: indicator('signups_vneid') }
	},
	{
		name: 'pace.ward',
		who: WARD,
		fn: 'pace',
		args: { indicator_id: indicator('households_reached') }
	},
	{ name: 'phones.city', who: CITY, fn: 'team_phones', args: { unit_id: 'null::uuid' } },
	{ name: 'phones.ward', who: WARD, fn: 'team_phones', args: { unit_id: 'null::uuid' } },
	{
		name: 'people.city',
		who: CITY,
		fn: 'teams',
		args: { unit_id: 'null::uuid', find: `''`, skip: '0' }
	},
	{
		name: 'people.found',
		who: CITY,
		fn: 'teams',
		args: { unit_id: 'null::uuid', find: `'so 1234'`, skip: '0' }
	},
	{
		name: 'people.ward',
		who: WARD,
		fn: 'teams',
		args: { unit_id: 'null::uuid', find: `''`, skip: '0' }
	},
	{ name: 'people.team', who: CITY, fn: 'place_people', args: { place_id: unit('team 7') } },
	{ name: 'staff', who: ADMINISTRATOR, fn: 'staff' },
	{ name: 'uninvited', who: WARD, fn: 'uninvited', args: { unit_id: unit('ward 0') } },
	{ name: 'audit', who: ADMINISTRATOR, fn: 'audit', args: { before: 'null::bigint' } },
	{ name: 'alarms', who: ADMINISTRATOR, fn: 'alarms' },
	{ name: 'units', who: CITY, fn: 'unit_tree', args: { day: 'app.today()' } },
	{ name: 'unit', who: CITY, fn: 'unit', args: { unit_id: unit('ward 0') } },
	{
		name: 'household_lists',
		who: WARD,
		fn: 'household_lists',
		args: { group_id: unit('group 0') }
	},
	{ name: 'requests.ward', who: WARD, fn: 'requests_received' },
	{ name: 'requests.team', who: LEADER, fn: 'requests_received' },
	{ name: 'periods.ward', who: WARD, fn: 'periods' },
	{ name: 'periods.team', who: LEADER, fn: 'periods' },
	{ name: 'corrections', who: WARD, fn: 'open_corrections' },
	{ name: 'activity_days', who: LEADER, fn: 'activity_days', args: { first_day: MONTH } },
	{ name: 'publishing', who: CITY, fn: 'publishing' }
];
