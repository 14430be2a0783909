import { afterAll, beforeAll, expect, test } from 'vitest';
import { v7 } from 'uuid';
import { DatabaseError } from '../../src/lib/server/database/database';
import { household, push, visit, type Answered, type Sent } from '../support/changes';
import { openPostgresCity, type TestCity } from '../support/databases';
import { expectExact } from '../support/exact';
import { idOf, units, type CastName } from '../support/small_city';

let city: TestCity;
beforeAll(async () => {
	city = await openPostgresCity();
	// The team serves both groups: whatever the order, nothing is refused.
	await city.owner.exec(
		`insert into app.team_groups (city_id, team_id, group_id, from_day)
		select city_id, '${idOf('team Tổ 3')}', '${units.to4}', '2025-07-01' from app.cities`
	);
});
afterAll(() => city.close());

test('while a household moves to and fro, nothing that others push for it is lost, doubled or left behind', async () => {
	const home = household('Nhà hay chuyển');
	await push(city, 'volunteer', [home]);
	const written: Sent[] = [];
	let moving = true;

	const writers = (['volunteer', 'teammate', 'leader'] as const).map(async (who) => {
		for (let n = 0; moving || n < 5; n++) {
			const batch = [0, 1, 2].map(() => visit(home.record_id));
			written.push(...batch);
			await sendAll(who, batch);
		}
	});
	for (let n = 0; n < 12; n++) {
		const group_id = n % 2 === 0 ? units.to4 : units.to3;
		expect(await moved(home, group_id)).toMatchObject({ verdict: 'applied' });
	}
	moving = false;
	await Promise.all(writers);

	const kept = await city.owner.query<{ id: string; at_home: boolean }>(
		`select v.id, v.group_id = h.group_id as at_home from app.visits v
		join app.households h on h.id = v.household_id where h.id = $1`,
		[home.record_id]
	);
	expect(kept.map(({ id }) => id).sort()).toEqual(written.map((one) => one.record_id).sort());
	expect(kept.every(({ at_home }) => at_home)).toBe(true);
	await expectExact(city.owner);
	// Every number of a log is some change's: a cursor can stand anywhere.
	expect(
		await city.owner.query(
			`select l.group_id from app.group_logs l
			where l.last_seq <> (select count(*) from app.changes c where c.group_id = l.group_id and c.seq is not null)`
		)
	).toEqual([]);
});

/** As a phone does: what got no verdict is sent again. */
async function sendAll(who: CastName, batch: Sent[]) {
	let waiting = batch;
	while (waiting.length > 0) {
		const answered = await push(city, who, waiting);
		for (const { verdict } of answered) expect(['applied', 'duplicate']).toContain(verdict);
		const settled = new Set(answered.map(({ change_id }) => change_id));
		waiting = waiting.filter(({ change_id }) => !settled.has(change_id));
	}
}

/** As an officer does: told that others are writing just now, they press once more. */
async function moved(home: Sent, group_id: string): Promise<Answered> {
	const asked = {
		protocol: 1,
		change_id: v7(),
		household_id: home.record_id,
		group_id,
		reason: 'thử'
	};
	for (;;)
		try {
			return await city.call<Answered>('officer', 'move_household', asked);
		} catch (error) {
			if (!(error instanceof DatabaseError && error.code === '55P03')) throw error;
		}
}
