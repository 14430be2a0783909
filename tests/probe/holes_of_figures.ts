import { edit, policy, type Hole } from './hole';

const MY_CITY = 'city_id = (select app.my_city_id())';

/** Mistakes in what is reported: plans, closed months, days of work, recounts. */
export const FIGURE_HOLES: Hole[] = [
	policy('plans: everybody of the city', 'staff read the plans of their city', 'plans', MY_CITY),
	policy(
		'targets: of every place of the city',
		'staff read the targets of their places',
		'targets',
		`${MY_CITY} and (select app.i_may('read_plans'))`
	),
	policy(
		'observations: of every place of the city',
		'staff read the observations of their places',
		'observations',
		`${MY_CITY} and (select app.i_may('read_plans'))`
	),
	policy(
		'denominators of plans: not held to the city',
		'staff read the denominators of their places',
		'indicator_denominators',
		"unit_id is not null and (select app.i_may('read_plans'))"
	),
	edit(
		'plans: the wards beside',
		'app.my_plan_units',
		"(u.level = 'ward' and u.unit_id in",
		"(u.level = 'ward' or u.unit_id in"
	),
	edit(
		'what is counted for a plan, of wards beyond reach',
		'app.counted_by_ward',
		"array(select app.my_group_ids('read_totals'))",
		'array(select u.unit_id from app.units u where u.city_id = p_city_id)'
	),
	edit(
		'figures of plans are published by whoever reads them',
		'app.save_plan_figure',
		"app.require_plans('edit_plans')",
		"app.require_plans('read_plans')"
	),
	edit(
		'plans are imported by whoever reads them',
		'app.import_plan',
		"app.require_plans('edit_plans')",
		"app.require_plans('read_plans')"
	),
	edit('totals are recounted by everybody', 'app.recount', "not app.i_may('recount')", 'false'),
	edit('a recount of both cities', 'app.recount', 'u.city_id = city and u.level', 'u.level'),
	{
		...edit(
			'small cells are published (each of its two guards would do)',
			'app.is_small',
			'between 1 and',
			'between 1 and -'
		),
		sql: `alter table app.open_cells drop constraint open_cells_reached_not_small, drop constraint open_cells_signed_up_not_small;
			alter table app.open_months drop constraint open_months_reached_not_small, drop constraint open_months_signed_up_not_small`
	},
	edit(
		'a small cell is published by what stands beside it',
		'app.tells_of_many',
		'h.wards > 1 and h.step >= app.open_threshold()',
		'true'
	),
	edit(
		'a city answers that does not publish',
		'published.figures',
		'from app.open_publishing p join app.cities c on c.city_id = p.city_id',
		'from app.cities c'
	),
	edit(
		'figures are published by everybody',
		'app.require_publisher',
		"not app.i_may('publish_figures')",
		'false'
	),
	policy(
		'whether figures are published: everybody of the city',
		'who publishes figures reads whether they are',
		'open_publishing',
		MY_CITY
	),
	{
		name: 'open figures: the tables themselves',
		sql: `create policy "open to all" on app.open_cells for select to anon using (true); grant usage on schema app to anon;
			grant select on app.open_cells to anon`
	},
	policy(
		'alarms: everybody of the city',
		'administrators read the alarms of their city',
		'alarms',
		MY_CITY
	),
	policy(
		'closed months: of the whole city',
		'teams and officers see which months are closed',
		'closed_periods',
		MY_CITY
	),
	policy(
		'requests for corrections: whoever reads records',
		'officers read the requests of their groups',
		'correction_requests',
		`${MY_CITY} and group_id in (select app.my_group_ids('read_records'))`
	),
	edit(
		'a month is closed in any group',
		'app.close_period',
		"p_group_id not in (select app.my_group_ids('close_periods'))",
		'false'
	),
	edit(
		'a month is closed by whoever records',
		'app.close_period',
		"app.my_group_ids('close_periods')",
		"app.my_group_ids('record')"
	),
	edit(
		'who closed the months of the whole city',
		'app.periods',
		"u.unit_id in (select app.my_group_ids('close_periods'))",
		"u.level = 'group'"
	),
	edit(
		'open requests of every group',
		'app.open_corrections',
		" and r.group_id in (select app.my_group_ids('decide_corrections'))",
		''
	),
	edit(
		'a request is decided by whoever closes months',
		'app.decide_correction',
		"app.my_group_ids('decide_corrections')",
		"app.my_group_ids('close_periods')"
	),
	edit(
		'days of work, by name, of every team',
		'app.teams_to_confirm',
		" and tg.group_id in (select app.my_group_ids('confirm_days'))",
		''
	),
	edit(
		'days of work are confirmed for any team',
		'app.confirm_activity_days',
		'p_team_id not in (select app.teams_to_confirm())',
		'false'
	),
	{
		name: 'a household is merged into one of another group',
		sql: 'alter table app.households drop constraint households_merged',
		edits: [
			{
				fn: 'app.check_merge',
				from: "perform app.check_household(d.city_id, d.group_id, p_merged_into, 'merged_into');",
				to: ''
			}
		]
	}
];
