import { ApiError } from '../data/problem';
import type { Device } from '../device/device';
import { ENDED } from '../device/holder';
import { phone } from '../device/phone.svelte';
import type { ProblemCode } from '../domain/problems';
import { codeOf } from '../sync/status';
import { NotTaken } from './deliver';
import { EMPTIED } from './emptied';
import { erase, handInAll, leftOver } from './hand_in';

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
			const ended = await handInAll(this.#device, (more) => (this.#handed += more));
			if (!ended) await phone.sendNow();
			else if (leftOver(this.#device)) this.#state = 'left';
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
		await phone.signOut();
		await erase(person_id);
	}
}
