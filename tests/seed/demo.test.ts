import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cast } from '../../supabase/seed/demo/cast';
import { workOf } from '../../supabase/seed/demo/group_work';
import { makeTeams } from '../../supabase/seed/demo/teams';
import { demoCity, seedDemo } from '../../supabase/seed/demo/seed';
import { seedCatalogue, seedUnits } from '../../supabase/seed/seed';
import { emptyDatabase, everything, fingerprint } from './database';

const TODAY = '2026-11-23';
const START_OF_TODAY = Date.parse('2026-11-23T00:00:00+07:00');

let db: Awaited<ReturnType<typeof emptyDatabase>>;

beforeAll(async () => {
	db = await emptyDatabase();
	await seedDemo(db, { today: TODAY });
});
afterAll(() => db.close());

test('the demo of one day is the same in every database', { timeout: 120_000 }, async () => {
	const other = await emptyDatabase();
	await seedDemo(other, { today: TODAY });
	expect(await fingerprint(other)).toBe(await fingerprint(db));
	await other.close();
});

test('seeding the demo again changes nothing, not even on another day', async () => {
	const before = await fingerprint(db);
	await seedDemo(db, { today: TODAY });
	await seedDemo(db, { today: '2027-02-01' });
	await seedUnits(db, demoCity);
	await seedCatalogue(db, demoCity);
	expect(await fingerprint(db)).toBe(before);
});

test('the demo of another day ends on the day before that day', () => {
	const days = makeTeams().flatMap((team) => workOf(team, '2027-03-01').map((it) => it.moment));
	expect(Math.max(...days)).toBeLessThan(Date.parse('2027-03-01T00:00:00+07:00'));
	expect(Math.max(...days)).toBeGreaterThan(Date.parse('2027-02-27T00:00:00+07:00'));
	expect(Math.min(...days)).toBeGreaterThan(Date.parse('2026-11-29T00:00:00+07:00'));
});

test('nothing in the demo lies in the future at any hour of its day', async () => {
	const [last] = await db.query<{ moment: Date }>(
		'select max(received_at) as moment from app.changes'
	);
	expect(last?.moment.getTime()).toBeLessThan(START_OF_TODAY);
});

test('no text holds nine digits in a row, so no identity number, and no telephone number that somebody could have', async () => {
	const { person_contacts, ...others } = await everything(db);
	expect(person_contacts?.length).toBeGreaterThan(0);
	// After 00 comes a country, and no country begins with 0.
	for (const { phone } of person_contacts as { phone: string }[])
		expect(phone).toMatch(/^0000\d{6}$/);
	for (const [table, rows] of Object.entries(others)) {
		for (const text of rows.flatMap(textsOf)) expect(text, table).not.toMatch(/\d([ .-]?\d){8}/);
	}
});

test('the city is marked as a demo, and its groups as invented', async () => {
	expect(await db.query('select demo from app.cities')).toEqual([{ demo: true }]);
	expect(await db.query("select from app.units where invented <> (level = 'group')")).toEqual([]);
});

describe('figures', () => {
	test('stand in five of the six wards at work and in their groups, and say that they are invented', async () => {
		const [figures] = await db.query(
			`select count(*) filter (where u.level = 'ward')::int as wards,
				count(*) filter (where u.level = 'group')::int as groups,
				array_agg(distinct d.source) as sources
			from app.denominators d join app.units u using (unit_id)`
		);
		expect(figures).toEqual({
			wards: 5,
			groups: 25,
			sources: ['Số liệu bịa cho thành phố mẫu']
		});
	});

	test('tell a ward that is nearly through from one that has only begun', async () => {
		const rates = await db.query<{ rate: number }>(
			`select (sum(d.households_reached)::float / max(n.value)) as rate
			from app.group_days d join app.group_places('da-nang', '2026-11-23') p using (group_id)
			join app.denominators n on n.unit_id = p.ward_id group by p.ward_id order by 1`
		);
		expect(rates[0]?.rate).toBeLessThan(0.33);
		expect(rates.at(-1)?.rate).toBeGreaterThan(0.83);
		expect(rates.at(-1)?.rate).toBeLessThan(1);
	});

	test('leave the volunteer about a third of the group to visit', async () => {
		const [group] = await db.query<{ open: number }>(
			`select 1 - sum(households_reached)::float / sum(households_added) as open
			from app.group_days where group_id = $1`,
			[cast.group.group_id]
		);
		expect(group?.open).toBeGreaterThan(0.28);
		expect(group?.open).toBeLessThan(0.4);
	});
});

/** The texts in a row, at any depth; ids, days and times are no texts. */
function textsOf(value: unknown): string[] {
	if (typeof value === 'string')
		return /^[0-9a-f-]{36}$|^\d{4}-\d\d-\d\d/.test(value) ? [] : [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
