import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Api } from '../../src/lib/data/api';
import { Device } from '../../src/lib/device/device';
import type { Row } from '../../src/lib/domain/record';
import { Sync } from '../../src/lib/sync/sync';
import { TestClock } from '../sync/clock';
import { household, localDay, push, visit } from '../support/changes';
import { openLiteCity, type TestCity } from '../support/databases';
import { KEPT_DAYS, RECOUNT_DAYS } from '../support/recount';
import { cast, idOf, units, type CastName } from '../support/small_city';

let city: TestCity;
beforeAll(async () => {
	city = await openLiteCity();
	// The leader works in both groups, the others in one each.
	await city.owner.exec(
		`insert into app.memberships (city_id, membership_id, person_id, role, unit_id, from_day)
		select city_id, '${idOf('both')}', '${cast.leader.person_id}', 'member', '${units.to1HoaCuong}', '2025-07-01' from app.cities`
	);
});
afterAll(() => city.close());

const HOLDERS = ['volunteer', 'stranger', 'leader'] as const;
const GROUPS_OF = {
	volunteer: [units.to3],
	stranger: [units.to1HoaCuong],
	leader: [units.to3, units.to1HoaCuong]
};

const on = fc.constantFrom(...HOLDERS);
const which = fc.nat(2);
const step = fc.oneof(
	fc.record({ does: fc.constantFrom('visit', 'note', 'note_visit'), on, which }),
	fc.record({ does: fc.constant('send'), on, which }),
	fc.record({ does: fc.constant('move'), on: fc.constant('leader' as const), which })
);

test('whatever is written, sent and moved in whatever order: nothing is lost, and every phone shows what the server has', async () => {
	const story = fc.array(step, { minLength: 6, maxLength: 24, size: 'max' });
	await fc.assert(
		fc.asyncProperty(story, async (steps) => {
			const { phones, homes } = await stage();
			const written: { who: CastName; change_id: string }[] = [];
			for (const { does, on: who, which } of steps) {
				const { device, sync } = phones[who];
				if (does === 'send') await sync.run();
				else if (does === 'move') await move(homes[which] ?? '');
				else written.push(...(await write(who, device, does, homes[which] ?? '')));
			}
			for (let round = 0; round < 3; round++)
				for (const who of HOLDERS) await phones[who].sync.run();

			for (const who of HOLDERS) await expectAlike(who, phones[who].device);
			await expectNothingLost(written, phones);
			expect(await city.owner.query(KEPT_DAYS)).toEqual(await city.owner.query(RECOUNT_DAYS));
			for (const who of HOLDERS) phones[who].device.close();
		}),
		{ numRuns: 10 }
	);
});

/** How often something was noted: no two notes are the same. */
let times = 0;

type Phones = Record<(typeof HOLDERS)[number], { device: Device; sync: Sync }>;

/** Three households of Tổ 3, and a phone for each person with all that is theirs. */
async function stage() {
	const made = [0, 1, 2].map((n) => household(`Nhà ${n}`));
	await push(city, 'volunteer', made);
	const phones = Object.fromEntries(
		await Promise.all(HOLDERS.map(async (who) => [who, await phoneOf(who)]))
	) as Phones;
	return { phones, homes: made.map(({ record_id }) => record_id) };
}

async function phoneOf(who: CastName) {
	globalThis.indexedDB = new IDBFactory();
	const { person_id } = cast[who];
	const device = await Device.open(person_id);
	const api: Api = { person_id, rpc: (name, args) => city.call(who, name, args) };
	const about = () => ({ device_id: idOf(who), app_version: '1', storage_persisted: null });
	const sync = new Sync({ api, device, clock: new TestClock(), locks: null, about });
	await sync.run();
	return { device, sync };
}

/** Writes something where the phone shows the household; answers what it keeps of it. */
async function write(who: CastName, device: Device, does: string, home_id: string) {
	const home = device.household(home_id);
	if (!home) return [];
	const row: Row | undefined = does === 'note_visit' ? device.visitsOf(home_id)[0] : home;
	const known = new Set(device.outbox(1e9).map(({ change_id }) => change_id));
	if (does === 'visit') {
		const { kind, record_id, fields } = visit(home_id, { day: localDay() });
		await device.save([
			{ kind: kind as 'visit', record_id, group_id: home.group_id, base: null, fields }
		]);
	} else if (row) {
		const { kind, id: record_id, group_id, seq: base } = row;
		const fields = { note: `lần ${(times += 1)} của ${who}`, reason: 'bổ sung' };
		await device.save([{ kind, record_id, group_id, base, fields }]);
	}
	const now = device.outbox(1e9).filter(({ change_id }) => !known.has(change_id));
	return now.map(({ change_id }) => ({ who, change_id }));
}

async function move(household_id: string) {
	const [home] = await city.owner.query<{ group_id: string }>(
		`select group_id from app.households where id = $1`,
		[household_id]
	);
	const group_id = home?.group_id === units.to3 ? units.to1HoaCuong : units.to3;
	const asked = { protocol: 1, change_id: v7(), household_id, group_id, reason: 'chuyển nhà' };
	expect(await city.call('leader', 'move_household', asked)).toMatchObject({ verdict: 'applied' });
}

/** The phone shows the living records of its groups, each in its group, and nothing else as confirmed. */
async function expectAlike(who: keyof typeof GROUPS_OF, device: Device) {
	const there = await city.owner.query<{ id: string; group_id: string; note: string }>(
		`select id, group_id, note from app.households where group_id = any ($1)
		union all select id, group_id, note from app.visits where group_id = any ($1) order by id`,
		[GROUPS_OF[who]]
	);
	const here = [...device.households(), ...device.visits()]
		.filter(({ id }) => device.isConfirmed(id))
		.map(({ id, group_id, note }) => ({ id, group_id, note }))
		.sort((a, b) => (a.id < b.id ? -1 : 1));
	expect(here).toEqual(there);
}

/** Every change was taken, or lies on its writer's phone with the reason why not. */
async function expectNothingLost(written: { who: CastName; change_id: string }[], phones: Phones) {
	const kept = await city.owner.query<{ change_id: string; verdict: string }>(
		`select change_id, verdict from app.changes where change_id = any ($1)`,
		[written.map(({ change_id }) => change_id)]
	);
	const verdicts = new Map(kept.map(({ change_id, verdict }) => [change_id, verdict]));
	for (const { who, change_id } of written) {
		const { device } = phones[who as keyof Phones];
		const shown = device.returned().find(({ change }) => change.change_id === change_id);
		if (shown?.verdict.verdict === 'refused') expect(shown.verdict.code).toBe('household_moved');
		else expect(['applied', 'merged']).toContain(verdicts.get(change_id));
		expect(device.waiting().count).toBe(0);
	}
}
