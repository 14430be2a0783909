import { connect } from '../../../../src/lib/data/api';
import { Device } from '../../../../src/lib/device/device';
import type { Change, PullAnswer } from '../../../../src/lib/domain/change';
import { newId } from '../../../../src/lib/domain/id';
import { browserClock, browserLocks } from '../../../../src/lib/sync/ports';
import { Sync } from '../../../../src/lib/sync/sync';
import { cardOf, PAGE, type Server, type Store } from '../store';

let device: Device;
let sync: Sync;

/** The phone's own store and its own way to the server, as the product uses them. */
export default {
	async open(name) {
		device = await Device.open(name);
	},

	async ingest(answer: PullAnswer) {
		const whole = await device.ingest(answer, device.cursors());
		if (!whole) throw new Error('a page was not taken whole');
	},

	async page() {
		return device
			.households()
			.sort((a, b) => (a.label < b.label ? -1 : 1))
			.slice(0, PAGE)
			.map((home) => cardOf(home, device.visitsOf(home.id)));
	},

	async all() {
		return { households: device.households(), visits: device.visits() };
	},

	save: (change: Change) => device.save([change]),

	queue: (changes: Change[]) => device.save(changes),

	async prepare({ api, person_id, token }: Server) {
		const session = {
			...{ person_id, token, name: '', demo: false },
			...{ expires_at: Infinity, fresh_until: Infinity, api: { url: api, key: 'none' } }
		};
		const its = connect(session);
		// A phone asks who it is before it asks for records; so the client is loaded by then.
		await its.rpc('me', {});
		sync = new Sync({
			...{ api: its, device, clock: browserClock, locks: browserLocks() },
			about: () => ({ device_id: newId(), app_version: 'bench', storage_persisted: null })
		});
	},

	async sync() {
		await sync.run();
		const { state, code, waiting } = sync.status();
		if (state !== 'idle' || waiting > 0) throw new Error(`not alike: ${state} ${code} ${waiting}`);
	},

	async close() {
		sync?.stop();
		device.close();
	}
} satisfies Store;
