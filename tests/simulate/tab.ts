import { Device } from '../../src/lib/device/device';
import { Sync } from '../../src/lib/sync/sync';
import { TestClock } from '../sync/clock';
import { setClock } from './clock';
import { insert } from './disk';
import { Line, type Around, type Fault } from './line';
import type { Place } from './place';

/** One page of the application, open on a phone: the client as it is, over a line and a clock of ours. */
export class Tab {
	readonly clock = new TestClock();
	readonly line: Line;
	readonly sync: Sync;
	alive = true;
	/** Happens just before the next note on the disk: the end of a run writes one. */
	beforeNote: (() => Promise<void>) | null = null;

	static async open(place: Place): Promise<Tab> {
		insert(place.phone.disk);
		setClock(place.phone.ahead);
		return new Tab(place, await Device.open(place.person_id));
	}

	private constructor(
		readonly place: Place,
		readonly device: Device
	) {
		const { phone, person_id, world } = place;
		this.line = new Line(
			world.target.api(person_id, () => phone.session),
			this.#around()
		);
		const stands = (still: boolean) => this.#goes(!still);
		this.sync = new Sync({
			api: this.line,
			device,
			clock: this.clock,
			locks: phone.locks?.of(this, stands) ?? null,
			about: () => ({ device_id: phone.device_id, app_version: '1', storage_persisted: null })
		});
		const keepMeta = device.keepMeta.bind(device);
		device.keepMeta = async (key, value) => {
			const before = this.beforeNote;
			this.beforeNote = null;
			await before?.();
			await keepMeta(key, value);
		};
		this.sync.onchange(() => this.#goes(this.sync.status().state === 'sending'));
	}

	/** Sends and fetches; the next requests meet the faults. Not waited for: see `Rest`. */
	send(faults: [number, Fault][] = []): void {
		this.place.unasked = false;
		this.line.begin(faults);
		void this.sync.run();
	}

	/** Closed, by its owner or by an empty battery. */
	kill(): void {
		if (!this.alive) return;
		this.alive = false;
		this.place.unasked = true;
		this.sync.stop();
		this.device.close();
		this.place.phone.locks?.release(this);
		this.#goes(false);
	}

	#goes(on: boolean): void {
		const { rest } = this.place.world;
		if (on && this.alive) rest.going(this);
		else rest.still(this);
	}

	#around(): Around {
		const { world } = this.place;
		return {
			hold: async () => {
				this.#goes(false);
				(await world.hold(this))();
			},
			later: (deliver) => void world.late.push(deliver),
			kill: () => this.kill(),
			full: () => world.fillDisk(),
			write: () => world.writeMeanwhile(this),
			dead: () => !this.alive
		};
	}
}
