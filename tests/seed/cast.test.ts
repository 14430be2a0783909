import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { areaName } from '../../supabase/seed/units/rows';
import { cast, type CastMember } from '../../supabase/seed/demo/cast';
import { seedDemo } from '../../supabase/seed/demo/seed';
import { emptyDatabase } from './database';

let db: Awaited<ReturnType<typeof emptyDatabase>>;

beforeAll(async () => {
	db = await emptyDatabase();
	await seedDemo(db, { today: '2026-11-23' });
});
afterAll(() => db.close());

const people = {
	volunteer: cast.volunteer,
	teammate: cast.teammate,
	leader: cast.leader,
	officer: cast.officer,
	coordinator: cast.coordinator,
	city: cast.city,
	stranger: cast.stranger
};

describe('the cast', () => {
	test.each(Object.entries(people))('%s is in the database by name and role', async (_, person) => {
		const found = await db.query(
			'select p.name, m.role from app.people p join app.memberships m using (person_id) where person_id = $1',
			[person.person_id]
		);
		expect(found).toEqual([{ name: person.name, role: person.role }]);
	});

	test('names its places as the units are named', async () => {
		const named = await db.query<{ name: string }>(
			`select name from app.units join unnest($1::uuid[]) with ordinality o(unit_id, n) using (unit_id) order by n`,
			[`{${[cast.city_unit, cast.area, cast.ward].map((it) => it.unit_id).join()}}`]
		);
		expect(named.map((it) => it.name)).toEqual([
			cast.city_unit.name,
			areaName('Quận Hải Châu'),
			cast.ward.name
		]);
		expect(cast.area.name).toBe(areaName('Quận Hải Châu'));
	});

	test('is offered for signing in, one person for each role', async () => {
		const [row] = await db.query<{ people: unknown }>('select api.server_demo_people() as people');
		expect(row?.people).toMatchObject(
			[
				cast.volunteer,
				cast.leader,
				cast.officer,
				cast.coordinator,
				cast.city,
				cast.administrator
			].map(({ person_id, name, role, place }) => ({ person_id, name, role, where: place }))
		);
	});
});

describe('in the demo', () => {
	test('a volunteer reads one group, with the people of the team', async () => {
		expect(await groupsOf(cast.volunteer, 'read_records')).toEqual([cast.group.group_id]);
		expect(await groupsOf(cast.teammate, 'record')).toEqual([cast.group.group_id]);
		expect(await groupsOf(cast.leader, 'record')).toEqual([cast.group.group_id]);
		expect(await groupsOf(cast.stranger, 'record')).toEqual([cast.otherGroup.group_id]);
	});

	test('an officer sees a ward, a coordinator an area, the city office all', async () => {
		expect(await groupsOf(cast.officer, 'read_records')).toHaveLength(5);
		expect(await groupsOf(cast.coordinator, 'read_totals')).toHaveLength(10);
		expect(await groupsOf(cast.city, 'read_totals')).toHaveLength(30);
		expect(await groupsOf(cast.coordinator, 'read_records')).toEqual([]);
	});

	test('every team has five to eight people, one of them its leader', async () => {
		const teams = await db.query<{ people: number; leaders: number }>(
			`select count(*)::int as people, count(*) filter (where role = 'leader')::int as leaders
			from app.memberships where team_id is not null group by team_id`
		);
		expect(teams).toHaveLength(30);
		for (const team of teams) {
			expect(team.leaders).toBe(1);
			expect(team.people).toBeGreaterThanOrEqual(5);
			expect(team.people).toBeLessThanOrEqual(8);
		}
	});
});

/** The groups in which a person holds a verb, asked with a session as the product does. */
async function groupsOf({ person_id }: CastMember, verb: string): Promise<string[]> {
	const sid = randomUUID();
	await db.query(
		`insert into app.sessions (session_hash, sid, city_id, person_id, kind, expires_at)
		values (repeat(md5($1::text), 2), $1::uuid, $2, $3::uuid, 'demo', now() + interval '1 hour')`,
		[sid, cast.city_id, person_id]
	);
	await db.query("select set_config('request.jwt.claims', $1, false)", [
		JSON.stringify({ sub: person_id, sid })
	]);
	const rows = await db.query<{ id: string }>('select app.my_group_ids($1) as id', [verb]);
	return rows.map((it) => it.id);
}
