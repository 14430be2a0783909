import { expect, test } from 'vitest';
import { ApiError } from '../../src/lib/data/problem';
import type { Api } from '../../src/lib/data/api';
import { Sync } from '../../src/lib/sync/sync';
import { BUOI, emptyBrowser, GROUP_3, newVisit, openDevice } from '../device/support';
import { TestClock } from './clock';
import { Server } from './server';

emptyBrowser();

const MINUTE = 60_000;

/** A phone that is in contact, whose server can refuse to take what it sends. */
async function aPhone() {
	const server = new Server();
	server.members.set(BUOI, [GROUP_3]);
	const device = await openDevice();
	const clock = new TestClock();
	const line: { before?: (name: string) => void } = {};
	const working = server.api(BUOI);
	const api: Api = {
		person_id: BUOI,
		async rpc(name, args) {
			line.before?.(name);
			return working.rpc(name, args);
		}
	};
	const about = () => ({ device_id: 'd', app_version: '1', storage_persisted: true });
	const sync = new Sync({ api, device, clock, locks: null, about });
	return { server, device, clock, line, sync };
}

test('a phone that only fetches is heard of, and seldom bothers the server with it', async () => {
	const { server, clock, sync } = await aPhone();
	await sync.run();
	await sync.run();
	expect(server.reports).toEqual([
		expect.objectContaining({ device_id: 'd', app_version: '1', waiting: 0, oldest_at: null })
	]);
	clock.setTimeout(() => undefined, 11 * MINUTE);
	clock.pass();
	await sync.run();
	expect(server.reports).toHaveLength(2);
});

test('what is on its way is not told as held back', async () => {
	const { server, device, sync } = await aPhone();
	await device.save(Array.from({ length: 250 }, () => newVisit(null)));
	await sync.run();
	const [first, second] = server.reports;
	expect(first).toMatchObject({ waiting: 50 });
	expect(first?.oldest_at).toMatch(/^20/);
	expect(second).toMatchObject({ waiting: 0, oldest_at: null });
});

test('a phone whose records the server cannot take tells how many it holds back', async () => {
	const { server, device, line, sync } = await aPhone();
	await device.save([newVisit(null), newVisit(null)]);
	line.before = (name) => {
		if (name === 'push') throw new ApiError(500, 'server_error');
	};
	await sync.run();
	expect(server.reports).toMatchObject([{ waiting: 2 }]);
	expect(sync.status()).toMatchObject({ state: 'failed', waiting: 2 });
});

test('a report that fails is nobody’s trouble', async () => {
	const { device, line, sync } = await aPhone();
	await device.save([newVisit(null)]);
	line.before = (name) => {
		if (name === 'report') throw new ApiError(404, 'server_error');
	};
	await sync.run();
	expect(sync.status()).toMatchObject({ state: 'idle', waiting: 0, code: null });
});
