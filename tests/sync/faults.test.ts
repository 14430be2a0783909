import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import type { Api } from '../../src/lib/data/api';
import { ApiError } from '../../src/lib/data/problem';
import type { Device } from '../../src/lib/device/device';
import type { Edit } from '../../src/lib/domain/change';
import { Sync } from '../../src/lib/sync/sync';
import {
	BUOI,
	CAM,
	changeOf,
	emptyBrowser,
	GROUP_3,
	newHousehold,
	newVisit,
	openDevice,
	reopened
} from '../device/support';
import { TestClock } from './clock';
import { Server } from './server';

emptyBrowser();
afterEach(() => void vi.useRealTimers());

/** How many made-up stories are played; a longer night is asked for by FAULT_RUNS. */
const RUNS = Number(process.env.FAULT_RUNS ?? 60);

const DAY = 24 * 60 * 60 * 1000;
const PEOPLE = [BUOI, CAM];

type Fault = 'none' | 'no_network' | 'answer_lost' | 'dies_after_answer' | 'two_tabs';
type Step =
	| { does: 'create' | 'visit' | 'correct' | 'discard'; who: number; which: number }
	| { does: 'sync'; who: number; fault: Fault; request: number }
	| { does: 'reload' | 'backup' | 'restore'; who: number }
	| { does: 'clock'; who: number; days: number };

const who = fc.nat(PEOPLE.length - 1);
const which = fc.nat(5);
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({
			does: fc.constantFrom<'create' | 'visit' | 'correct' | 'discard'>(
				'create',
				'visit',
				'correct',
				'correct',
				'discard'
			),
			who,
			which
		})
	},
	{
		weight: 5,
		arbitrary: fc.record({
			does: fc.constant('sync' as const),
			who,
			fault: fc.constantFrom<Fault>(
				'none',
				'no_network',
				'answer_lost',
				'dies_after_answer',
				'two_tabs'
			),
			request: fc.nat(3)
		})
	},
	{ weight: 1, arbitrary: fc.record({ does: fc.constant('reload' as const), who }) },
	{
		weight: 1,
		arbitrary: fc.record({ does: fc.constantFrom('backup' as const, 'restore' as const), who })
	},
	{
		weight: 1,
		arbitrary: fc.record({
			does: fc.constant('clock' as const),
			who,
			days: fc.integer({ min: -400, max: 400 })
		})
	}
);

test(
	'whatever goes wrong on the way, nothing is lost or doubled, and all phones agree',
	async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 40 }), async (steps) => {
				vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-02T02:00:00Z') });
				globalThis.indexedDB = new IDBFactory();
				const story = await Story.begin();
				for (const one of steps) await story.play(one);
				await story.end();
			}),
			{ numRuns: RUNS }
		);
	},
	Math.max(60_000, RUNS * 500)
);

class Story {
	#server = new Server();
	#devices: Device[] = [];
	#written = new Map<string, Edit>();
	#restore: (() => void) | null = null;

	static async begin(): Promise<Story> {
		const story = new Story();
		story.#server.page = 3;
		for (const person_id of PEOPLE) {
			story.#server.members.set(person_id, [GROUP_3]);
			story.#devices.push(await openDevice(person_id));
		}
		return story;
	}

	async play(step: Step): Promise<void> {
		const device = this.#device(step.who);
		if (step.does === 'reload') this.#devices[step.who] = await reopened(device);
		else if (step.does === 'clock') vi.setSystemTime(Date.now() + step.days * DAY);
		else if (step.does === 'backup') this.#restore ??= this.#server.backup();
		else if (step.does === 'restore') {
			this.#restore?.();
			this.#restore = null;
		} else if (step.does === 'sync') await this.#sync(step.who, step.fault, step.request);
		else await this.#save(device, step.does, 'which' in step ? step.which : 0);
	}

	/** Everybody comes home to a working network; then the books are compared. */
	async end(): Promise<void> {
		for (let round = 0; round < 3; round++)
			for (const n of PEOPLE.keys()) await this.#sync(n, 'none', 0);

		const truth = this.#server.truth(GROUP_3);
		for (const n of PEOPLE.keys()) {
			const here = this.#device(n);
			const again = await reopened(here);
			expect(again.waiting().count).toBe(0);
			const looked_at = new Set(again.returned().map(({ change }) => change.record_id));
			for (const device of [here, again]) {
				const shown = [...device.households(), ...device.visits()].filter(
					(row) => device.isConfirmed(row.id) || !looked_at.has(row.id)
				);
				expect(new Map(shown.map((row) => [row.id, row]))).toEqual(truth);
			}
		}
		const answered = [...this.#written.keys()].filter((id) => this.#server.applied.has(id));
		expect(answered).toHaveLength(this.#written.size);
	}

	async #save(device: Device, does: string, which: number): Promise<void> {
		const homes = device.households();
		const home = homes[which % Math.max(1, homes.length)];
		const visits = device.visits();
		const visit = visits[which % Math.max(1, visits.length)];
		const note = `${does} ${this.#written.size}`;
		const edits: Edit[] = [];
		if (does === 'create') edits.push(newHousehold(note), newVisit(null, { note }));
		else if (does === 'visit') edits.push(newVisit(home?.id ?? null, { note }));
		else if (does === 'correct' && home) edits.push(changeOf(home, { note }));
		else if (does === 'discard' && visit)
			edits.push(changeOf(visit, { discarded: true, reason: 'undo' }));
		await device.save(edits);
		for (const change of device.outbox(1e9)) this.#written.set(change.change_id, change);
	}

	async #sync(n: number, fault: Fault, request: number): Promise<void> {
		const device = this.#device(n);
		let asked = 0;
		const line = (api: Api): Api => ({
			...api,
			rpc: async (name, args) => {
				const strikes = asked++ === request;
				if (strikes && fault === 'no_network') throw new ApiError(0, 'offline');
				const answer = await api.rpc(name, args);
				if (strikes && fault === 'answer_lost') throw new ApiError(0, 'offline');
				// The app is closed with the answer in hand: nothing of it is noted.
				if (strikes && fault === 'dies_after_answer') device.settle = device.ingest = dies;
				return answer;
			}
		});
		const api = line(this.#server.api(device.person_id));
		const about = () => ({ device_id: 'd', app_version: '1', storage_persisted: null });
		const sync = (on: Device) =>
			new Sync({ api, device: on, clock: new TestClock(), locks: null, about });

		if (fault === 'two_tabs') {
			const other = await openDevice(device.person_id);
			await Promise.all([sync(device).run(), sync(other).run()]);
			other.close();
			this.#devices[n] = await reopened(device);
		} else await sync(device).run();
		if (fault === 'dies_after_answer') this.#devices[n] = await reopened(device);
	}

	#device(n: number): Device {
		const device = this.#devices[n];
		if (!device) throw new Error('there is no such person in this story');
		return device;
	}
}

async function dies(): Promise<never> {
	throw new Error('the app was closed');
}
