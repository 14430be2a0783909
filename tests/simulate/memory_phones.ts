import type { Api } from '../../src/lib/data/api';
import { Device } from '../../src/lib/device/device';
import { setClock } from './clock';
import { fullAt, insert, lose, newDisk, type Disk } from './disk';
import { Hands, type Writing } from './hands';
import { Line } from './line';
import { PhoneLocks } from './locks';
import type { Phone, Place } from './place';
import { aroundOf, type Tab } from './tab';
import type { Phones } from './target';

/** Null where the browser has no locks: on plain http. */
type Parts = { disk: Disk; locks: PhoneLocks | null };

/**
 * Phones that are made of this process: each has a disk and locks of its own.
 * @param api the way of a phone to the server; `session` says who is signed in on it when a request goes
 */
export function memoryPhones(api: (person_id: string, session: () => string) => Api): Phones {
	const parts = new WeakMap<Phone, Parts>();

	function partsOf(phone: Phone): Parts {
		const known = parts.get(phone);
		if (known) return known;
		const made = { disk: newDisk(), locks: phone.has_locks ? new PhoneLocks() : null };
		parts.set(phone, made);
		return made;
	}

	return {
		begin: async () => setClock(0),
		async open(place) {
			const { phone, person_id } = place;
			const { disk, locks } = partsOf(phone);
			insert(disk);
			setClock(phone.ahead);
			const way = api(person_id, () => phone.session);
			const device = await Device.open(person_id);
			// It is opened right after the phone's database; by then another disk may be inserted.
			if (!(await device.isCopied())) throw new Error('there is no second copy');
			return new MemoryTab(place, device, way, locks);
		},
		lose: async (phone) => lose(partsOf(phone).disk),
		fill: (_phone, n) => fullAt(n),
		makeRoom: () => fullAt(null),
		end: async () => {}
	};
}

class MemoryTab implements Tab {
	readonly line: Line;
	alive = true;
	#hands: Hands;
	#locks: PhoneLocks | null;

	constructor(
		readonly place: Place,
		device: Device,
		api: Api,
		locks: PhoneLocks | null
	) {
		this.line = new Line(api, aroundOf(this));
		this.#locks = locks;
		const around = {
			api: this.line,
			locks: locks?.of(this, (still) => this.stands(still)) ?? null
		};
		this.#hands = new Hands(device, around, place.phone.device_id);
		const { sync } = this.#hands;
		sync.onchange(() => this.stands(sync.status().state !== 'sending'));
	}

	run = async () => this.#hands.run();
	pass = async () => this.#hands.pass();
	forget = () => this.#hands.forget();
	look = (which: number, again: boolean) => this.#hands.look(which, again);
	status = async () => this.#hands.status();
	seen = async () => this.#hands.seen();

	write(writing: Writing) {
		setClock(this.place.phone.ahead);
		return this.#hands.write(writing);
	}

	async beforeNote(begin: () => Promise<void>) {
		this.#hands.beforeNote = begin;
	}

	async pack() {
		const { rest } = this.place.world;
		const packing = {};
		rest.going(packing);
		await this.#hands.pack();
		rest.still(packing);
	}

	stands(still: boolean): void {
		const { rest } = this.place.world;
		if (still || !this.alive) rest.still(this);
		else rest.going(this);
	}

	async kill() {
		if (!this.alive) return;
		this.alive = false;
		this.place.unasked = true;
		this.#hands.sync.stop();
		this.#hands.device.close();
		this.#locks?.release(this);
		this.stands(true);
	}
}
