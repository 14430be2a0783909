import type { Api } from '../../src/lib/data/api';
import { ApiError } from '../../src/lib/data/problem';
import type { Device } from '../../src/lib/device/device';
import type { Locks } from '../../src/lib/sync/ports';
import { Sync } from '../../src/lib/sync/sync';
import { BUOI, CAM, GROUP_3, openDevice } from '../device/support';
import { TestClock } from './clock';
import { Server } from './server';

/** A phone, the server it speaks with, and the line between them. */
export async function aPhone({
	server = aServer(),
	person_id = BUOI,
	locks = null as Locks | null
} = {}) {
	const phone = aPhoneWith(await openDevice(person_id), server, locks);
	// It has met its server before; what is on the server already, a test wants to see arrive.
	if (server.rows.size === 0) await phone.sync.run();
	return phone;
}

/** The same over a phone that is open already; `line` is where a test stands in the way. */
export function aPhoneWith(device: Device, server: Server, locks: Locks | null = null) {
	const clock = new TestClock();
	const line: { before?: (name: string) => unknown; after?: (name: string) => unknown } = {};
	const working = server.api(device.person_id);
	const api: Api = {
		person_id: device.person_id,
		async rpc(name, args) {
			await line.before?.(name);
			const answer = await working.rpc(name, args);
			await line.after?.(name);
			return answer;
		}
	};
	const about = () => ({ device_id: 'd', app_version: '1', storage_persisted: null });
	const sync = new Sync({ api, device, clock, locks, about });
	return { device, server, clock, line, sync };
}

/** A server on which Bưởi and Cam are neighbours. */
export function aServer(): Server {
	const server = new Server();
	server.members.set(BUOI, [GROUP_3]).set(CAM, [GROUP_3]);
	return server;
}

/** What a line does that is not there. */
export const noNetwork = () => {
	throw new ApiError(0, 'offline');
};
