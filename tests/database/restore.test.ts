import { expect, test } from 'vitest';
import type { Api } from '../../src/lib/data/api';
import { ApiError } from '../../src/lib/data/problem';
import { Sync } from '../../src/lib/sync/sync';
import { changeOf, emptyBrowser, newHousehold, newVisit, openDevice } from '../device/support';
import { localDay } from '../support/changes';
import { createSmallCity, openPostgresCity, type TestCity } from '../support/databases';
import { sharedPostgres } from '../support/postgres_shared';
import { KEPT_DAYS, RECOUNT_DAYS } from '../support/recount';
import { cast, units } from '../support/small_city';
import { TestClock } from '../sync/clock';

emptyBrowser();

test('a city that is restored from a backup gets back from the phones what the backup lacked', async () => {
	const name = await createSmallCity();
	let city = await openPostgresCity(name);
	const bưởi = await aPhone(() => city, 'volunteer');
	const cam = await aPhone(() => city, 'teammate');
	const [old, fresh, late] = ['cũ', 'mới', 'muộn'].map((label) => newHousehold(label, units.to3));
	if (!old || !fresh || !late) throw new Error('there are three households');
	const visited = {
		...newVisit(old.record_id, { day: localDay() }),
		group_id: units.to3
	};
	await bưởi.device.save([old]);
	await everybody(bưởi, cam);

	await city.close();
	const backup = await sharedPostgres().createDatabase(name);
	city = await openPostgresCity(name);
	await bưởi.device.save([fresh, visited]);
	await cam.device.save([changeOf(cam.device.household(old.record_id), { note: 'của Cam' })]);
	await everybody(bưởi, cam);
	// Confirmed, and the line breaks before the pull: no cursor knows of it.
	await bưởi.device.save([late]);
	bưởi.line.up = (asked) => asked !== 'pull';
	await bưởi.sync.run();
	expect(bưởi.device.waiting().count).toBe(0);

	await city.close();
	city = await openPostgresCity(backup);
	bưởi.line.up = () => true;
	await everybody(bưởi, cam);

	for (const { device, sync } of [bưởi, cam]) {
		expect(sync.status()).toMatchObject({ state: 'idle', waiting: 0, look: 0 });
		const labels = device.households().map(({ label }) => label);
		expect(labels.toSorted()).toEqual(['cũ', 'muộn', 'mới'].toSorted());
		expect(device.household(old.record_id)?.note).toBe('của Cam');
		expect(device.visitsOf(old.record_id)).toHaveLength(1);
	}
	expect(await city.owner.query(KEPT_DAYS)).toEqual(await city.owner.query(RECOUNT_DAYS));
	await city.close();
});

/** The phone of a member of the cast, and the line to whichever city is served at the moment. */
async function aPhone(city: () => TestCity, who: 'volunteer' | 'teammate') {
	const { person_id } = cast[who];
	const device = await openDevice(person_id);
	const line: { up(asked: string): boolean } = { up: () => true };
	const api: Api = {
		person_id,
		rpc: async (name, args) => {
			if (!line.up(name)) throw new ApiError(0, 'offline');
			return city().call(who, name, args);
		}
	};
	const about = () => ({ device_id: person_id, app_version: '1', storage_persisted: null });
	const sync = new Sync({ api, device, clock: new TestClock(), locks: null, about });
	return { device, sync, line };
}

/** Twice: what one sends in the first round, the other sees in the second. */
async function everybody(...phones: { sync: Sync }[]) {
	for (const { sync } of [...phones, ...phones]) await sync.run();
}
