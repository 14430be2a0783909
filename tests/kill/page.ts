import { connect } from '../../src/lib/data/api';
import { fetchSession } from '../../src/lib/data/session';
import { Device } from '../../src/lib/device/device';
import { LOST, type Lost } from '../../src/lib/device/lost';
import type { Edit } from '../../src/lib/domain/change';
import { newId } from '../../src/lib/domain/id';
import { today } from '../../src/lib/domain/day';
import { browserClock, browserLocks } from '../../src/lib/sync/ports';
import { Sync } from '../../src/lib/sync/sync';

/** What the phone said that it has: a record or a draft, and the number that was written into it. */
export type Acknowledged = { id: string; n: number };

/** What `npm run kill` finds in the page. */
export type InPage = {
	/** Opens the records of a person with the client as it is. */
	open(person_id: string): Promise<void>;
	/** What was brought back when the browser had lost its databases, told once. */
	recovered(): Promise<Lost | undefined>;
	/** The numbers that are here now, by what they were written into. */
	held(): Record<string, number>;
	/** The visits that are here without the household that was written with them, in one breath. */
	halves(): string[];
	/** Writes without end, several at once, and sends meanwhile. @param first the first number */
	write(group_id: string, first: number): void;
	/** Sends and fetches; answers how much waits or was sent back afterwards. */
	send(): Promise<number>;
	/** Drops what the server has. */
	forget(): Promise<void>;
};

declare global {
	var killed: InPage;
	function acknowledge(acknowledged: Acknowledged[]): Promise<void>;
}

/** People write one thing at a time; a browser that is killed has several in hand. */
const AT_ONCE = 3;

/** It stays the same phone, whatever happens to its browser. */
const PHONE = 'd0000000-0000-7000-8000-00000000000a';

let device: Device;
let sync: Sync;

globalThis.killed = {
	async open(person_id) {
		device = await Device.open(person_id);
		const about = { device_id: PHONE, app_version: '1', storage_persisted: null };
		sync = new Sync({
			api: connect({ person_id }, fetchSession),
			device,
			clock: browserClock,
			locks: browserLocks(),
			about: () => about
		});
	},
	async recovered() {
		const lost = device.meta<Lost>(LOST);
		if (lost) await device.keepMeta(LOST, undefined);
		return lost;
	},
	held() {
		const rows = [...device.households(), ...device.visits()];
		const records = rows.map(({ id, note }) => [id, Number(note.split(' ').at(-1))]);
		return Object.fromEntries([...records, ...device.drafts<number>()]);
	},
	halves() {
		const ours = device.visits().filter(({ note }) => note.startsWith('lần '));
		const halves = ours.filter((visit) => !device.household(visit.household_id ?? ''));
		return halves.map(({ id }) => id);
	},
	write(group_id, first) {
		let n = first;
		for (let lane = 0; lane < AT_ONCE; lane++) void writes(lane, group_id, () => n++);
		void sends();
	},
	async send() {
		await sync.run();
		const { waiting, look } = sync.status();
		return waiting + look;
	},
	forget: () => device.forget()
};

async function sends(): Promise<never> {
	for (;;) {
		await sync.run();
		// Others have their turn.
		await new Promise((resolve) => setTimeout(resolve));
	}
}

/** Records, corrections of them, two records in one, and drafts. */
async function writes(lane: number, group_id: string, next: () => number): Promise<never> {
	for (;;) {
		const home = newId();
		await keeps([made('household', home, group_id, next())]);
		await keeps([corrected(home, next())]);
		await drafts(`draft ${lane}`, next());
		const [first, second] = [newId(), newId()];
		await keeps([
			made('household', first, group_id, next()),
			made('visit', second, group_id, next(), first)
		]);
	}
}

type Numbered = { edit: Edit; n: number };

async function keeps(numbered: Numbered[]): Promise<void> {
	await device.save(numbered.map(({ edit }) => edit));
	await globalThis.acknowledge(numbered.map(({ edit, n }) => ({ id: edit.record_id, n })));
}

async function drafts(id: string, n: number): Promise<void> {
	await device.keepDraft(id, n);
	await globalThis.acknowledge([{ id, n }]);
}

function made(
	kind: 'household' | 'visit',
	record_id: string,
	group_id: string,
	n: number,
	household_id?: string
): Numbered {
	const note = `lần ${n}`;
	const fields =
		kind === 'household'
			? { label: `Nhà ${n}`, note }
			: {
					household_id,
					day: today(),
					topics: ['vneid'],
					outcome: 'helped',
					people_helped: 1,
					note
				};
	return { n, edit: { kind, record_id, group_id, base: null, fields } };
}

function corrected(id: string, n: number): Numbered {
	const row = device.record(id);
	if (!row) throw new Error('what was written is not shown');
	const { kind, group_id, seq } = row;
	return { n, edit: { kind, record_id: id, group_id, base: seq, fields: { note: `lần ${n}` } } };
}
