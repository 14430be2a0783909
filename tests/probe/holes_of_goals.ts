import { edit, policy, type Hole } from './hole';

/** Mistakes in who sets goals and says thanks, and who reads them. */
export const GOAL_HOLES: Hole[] = [
	policy(
		'goals: of the whole city',
		'teams and officers read the goals of their groups',
		'goals',
		'city_id = (select app.my_city_id())'
	),
	policy(
		'thank-yous: of the whole city',
		'teams and officers read the thank-yous of their groups',
		'thanks',
		'city_id = (select app.my_city_id())'
	),
	edit(
		'whoever records sets what only some may set',
		'app.check_verbs',
		'not (held @> app.today() or held @> app.day_of(d.at))',
		'false'
	),
	{
		name: 'members say thanks in the name of the leader',
		sql: `update app.record_fields set verb = null where kind = 'thank'`
	}
];
