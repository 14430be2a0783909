import { expect, test } from 'vitest';
import { isClockWrong } from '../../src/lib/domain/phones';
import { CLOCK_AHEAD } from '../../src/lib/sync/status';
import { Sync } from '../../src/lib/sync/sync';
import { BUOI, emptyBrowser, GROUP_3, newVisit, openDevice, reopened } from '../device/support';
import { TestClock } from './clock';
import { Server } from './server';

emptyBrowser();

const HOUR = 3600_000;

/** A phone whose clock is ahead of the server's by so much (ms). */
async function phoneAhead(ahead: number) {
	const server = new Server();
	server.members.set(BUOI, [GROUP_3]);
	const device = await openDevice();
	const clock = new TestClock();
	const working = server.api(BUOI);
	const api: typeof working = {
		person_id: BUOI,
		async rpc(name, args) {
			const answer = await working.rpc(name, args);
			const server_time = new Date(clock.now() - ahead).toISOString();
			return { ...(answer as object), server_time } as never;
		}
	};
	const about = () => ({ device_id: 'd', app_version: '1', storage_persisted: true });
	const sync = new Sync({ api, device, clock, locks: null, about });
	return { server, device, clock, sync };
}

test('a clock that is two hours out is noticed at the first contact, and known after a reload', async () => {
	const { sync, device } = await phoneAhead(2 * HOUR);
	await sync.run();
	expect(sync.status().clock_ahead).toBe(2 * HOUR);
	expect(isClockWrong(sync.status().clock_ahead)).toBe(true);
	expect((await reopened(device)).meta(CLOCK_AHEAD)).toBe(2 * HOUR);
});

test('a clock that was set right is no longer spoken of, and a slow line is no wrong clock', async () => {
	const { sync, device } = await phoneAhead(30_000);
	await device.keepMeta(CLOCK_AHEAD, -400 * 24 * HOUR);
	await sync.run();
	expect(isClockWrong(sync.status().clock_ahead)).toBe(false);
});

test('with every push the server is told what the phone takes for now', async () => {
	const { server, device, clock, sync } = await phoneAhead(0);
	await device.save([newVisit(null)]);
	await sync.run();
	expect(server.reports[0]?.now).toBe(new Date(clock.now()).toISOString());
});
