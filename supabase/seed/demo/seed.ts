import { seedCatalogue } from '../catalogue';
import { daNang, type City } from '../city';
import { insertRows, type SeedDatabase, type SeedRow } from '../database';
import { seedGuides } from '../guides';
import { seedPlans } from '../plans/seed';
import { seedUnits } from '../units/seed';
import { denominatorRows, groupRows } from './group_rows';
import { planRows } from './plan';
import { workOf } from './group_work';
import { logOf } from './log';
import { phoneRows } from './phones';
import { makeTeams, teamRows } from './teams';

/** Đà Nẵng with invented people, households and figures. */
export const demoCity: City = { ...daNang, demo: true };

/**
 * Brings the demo city: units, catalogue, and three months of invented work that end the day before
 * `today`. Leaves a database alone that holds the demo already, of whatever day: its records have
 * numbers that phones know. A caller that wants all or nothing opens a transaction.
 * @param today 'YYYY-MM-DD', the day in Vietnam
 * @throws when the database holds the real city: invented people must not get in between
 */
export async function seedDemo(db: SeedDatabase, { today }: { today: string }): Promise<void> {
	const [city] = await db.query<{ demo: boolean; seeded: boolean }>(
		`select c.demo, exists (select from app.demo_cast d where d.city_id = c.city_id) as seeded
		from app.cities c where c.city_id = $1`,
		[demoCity.city_id]
	);
	if (city && !city.demo) throw new Error('this database holds a real city, not the demo');
	if (city?.seeded) return;

	await seedUnits(db, demoCity);
	await seedCatalogue(db, demoCity);
	await seedGuides(db, demoCity);
	await seedPlans(db, demoCity);

	const teams = makeTeams();
	const logs = teams.map((team) => logOf(team.group.group_id, workOf(team, today)));
	const all = (table: keyof (typeof logs)[number]): SeedRow[] => logs.flatMap((log) => log[table]);
	const { units, unit_parents } = groupRows();
	const {
		people,
		person_contacts,
		teams: itsTeams,
		team_groups,
		memberships,
		demo_cast
	} = teamRows(teams);

	await insertRows(db, 'app.units', units);
	await insertRows(db, 'app.unit_parents', unit_parents);
	await insertRows(db, 'app.people', people);
	await insertRows(db, 'app.person_contacts', person_contacts);
	await insertRows(db, 'app.teams', itsTeams);
	await insertRows(db, 'app.team_groups', team_groups);
	await insertRows(db, 'app.memberships', memberships);
	await insertRows(db, 'app.devices', phoneRows(teams, today));
	await insertRows(db, 'app.households', all('households'));
	await insertRows(db, 'app.visits', all('visits'));
	await insertRows(db, 'app.signups', all('signups'));
	await insertRows(db, 'app.trainings', all('trainings'));
	await insertRows(db, 'app.requests', all('requests'));
	await insertRows(db, 'app.goals', all('goals'));
	await insertRows(db, 'app.changes', all('changes'));
	await insertRows(db, 'app.group_logs', all('group_logs'));
	await insertRows(db, 'app.denominators', denominatorRows(all('households'), today));
	for (const [table, rows] of planRows(today)) await insertRows(db, table, rows);
	// A real city begins without open figures; of the demo all is invented.
	await insertRows(db, 'app.open_publishing', [
		{ city_id: demoCity.city_id, since: `${today}T00:00:00+07:00` }
	]);
	await db.query('select app.release_months($1)', [demoCity.city_id]);
	// Last, because it says that the demo is complete.
	await insertRows(db, 'app.demo_cast', demo_cast);
}
