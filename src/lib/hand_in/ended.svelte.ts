import { ApiError } from '../data/problem';
import type { Device } from '../device/device';
import { ENDED } from '../device/holder';
import { phone } from '../device/phone.svelte';
import { countsOf, type HandedIn } from '../domain/bundle/bundle';
import type { ProblemCode } from '../domain/problems';
import { codeOf } from '../sync/status';
import { NotTaken, deliver } from './deliver';
import { EMPTIED } from './emptied';
import { pack } from './pack';
import { store } from './store';

const BYTES = 256 * 1024;

/**
 * A phone that is out of use for its person hands in what it holds, and is emptied once the server has
 * answered for each change. What was not taken is shown, and leaves the phone when the person says so.
 */
export class Ended {
	#device: Device;
	#state = $state<'handing_in' | 'offline' | 'failed' | 'left'>('handing_in');
	#code = $state.raw<ProblemCode | null>(null);
	#handed = $state(0);
	#running = false;

	constructor(device: Device) {
		this.#device = device;
	}

	get state() {
		return this.#state;
	}

	/** Why the state is `failed`. */
	get code() {
		return this.#code;
	}

	/** How many changes the server has from here now. */
	get handed() {
		return this.#handed;
	}

	/** Hands in all there is; called again whenever there is reason to hope. */
	async run(): Promise<void> {
		if (this.#running) return;
		this.#running = true;
		this.#state = 'handing_in';
		try {
			while (this.#device.outbox(BYTES).length > 0) if (!(await this.#handInSome())) return;
			if (this.#leftOver()) this.#state = 'left';
			else await this.empty();
		} catch (error) {
			this.#code = error instanceof NotTaken ? error.code : codeOf(error);
			this.#state = error instanceof ApiError && error.code === 'offline' ? 'offline' : 'failed';
		} finally {
			this.#running = false;
		}
	}

	/** Takes everything of the person off this phone. For when nothing is left that is not sent, or wanted. */
	async empty(): Promise<void> {
		const { person_id } = this.#device;
		for (const { change } of [...this.#device.returned()])
			await this.#device.dismiss(change.change_id);
		for (const [key] of this.#device.drafts()) await this.#device.dropDraft(key);
		localStorage.setItem(EMPTIED, String(this.#handed));
		localStorage.removeItem(ENDED);
		await (await store()).delete('kits', person_id);
		await phone.signOut();
		await deleteDatabasesOf(person_id);
	}

	/** One batch; false when the phone turned out to be in use after all. */
	async #handInSome(): Promise<boolean> {
		const changes = this.#device.outbox(BYTES).slice(0, 200);
		const bundle = await pack(this.#device.person_id, changes, 'verdicts');
		if (!bundle) throw new NotTaken('not_proven');
		const { verdicts, ended, server_time } = await deliver<HandedIn>(bundle);
		await this.#device.settle(verdicts, server_time);
		if (this.#stillThere(changes) === changes.length) throw new ApiError(200, 'no_verdict');
		const { taken, already } = countsOf(verdicts);
		this.#handed += taken + already;
		if (!ended) await phone.sendNow();
		return ended;
	}

	#stillThere(changes: { change_id: string }[]): number {
		const ids = new Set(changes.map(({ change_id }) => change_id));
		return this.#device.outbox(Infinity).filter(({ change_id }) => ids.has(change_id)).length;
	}

	/** What was merged is on the server; anything else that was sent back is here alone, as is what was being typed. */
	#leftOver(): boolean {
		const refused = this.#device.returned().some(({ verdict }) => verdict.verdict !== 'merged');
		return refused || this.#device.drafts().length > 0;
	}
}

/** By whose they are and not by their names, which are the store's own affair. */
async function deleteDatabasesOf(person_id: string): Promise<void> {
	// Absent in older browsers; what is left there is empty.
	const all = (await indexedDB.databases?.()) ?? [];
	for (const { name } of all) if (name?.includes(person_id)) indexedDB.deleteDatabase(name);
}
