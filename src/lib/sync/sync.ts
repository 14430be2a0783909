import { ApiError } from '../data/problem';
import type { ProblemCode } from '../domain/problems';
import { backoff } from './backoff';
import type { Ports } from './ports';
import type { report } from './report';
import { SENT_AT, stateAfter, statusOf, type SyncState, type SyncStatus } from './status';

const MOST_BYTES = 256 * 1024;
const FEWEST_BYTES = 4 * 1024;

/**
 * Keeps the device and the server alike: push, then pull; one run at a time, and again later when it
 * failed. Nothing here can lose a record: what has no verdict stays in the outbox, whatever happens.
 */
export class Sync {
	#ports: Ports;
	#state: SyncState = 'idle';
	#code: ProblemCode | null = null;
	#running: Promise<void> | null = null;
	#once_more = false;
	#failures = 0;
	#timer: unknown = null;
	#left_alone = false;
	#stopped = false;
	#bytes = MOST_BYTES;
	#told_at: number | null = null;
	#reports: typeof report | null = null;
	#listeners = new Set<() => void>();

	constructor(ports: Ports) {
		this.#ports = ports;
	}

	status(): SyncStatus {
		return statusOf(this.#state, this.#code, this.#ports.device);
	}

	onchange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/**
	 * Sends and fetches now; resolves when done, also when it failed: see `status()`. Asked again
	 * during a run, it runs once more afterwards. While the server asks to be left alone, it waits.
	 */
	async run(): Promise<void> {
		if (this.#stopped || this.#left_alone) return;
		if (this.#running) {
			this.#once_more = true;
			return this.#running;
		}
		this.#running = this.#runs();
		await this.#running;
	}

	/** Notes that the network went, before a request has to find out. */
	offline(): void {
		this.#become('offline', 'offline');
	}

	/** Starts nothing any more. A run under way ends by itself; its verdicts are still kept. */
	stop(): void {
		this.#stopped = true;
		this.#listeners.clear();
		this.#ports.clock.clearTimeout(this.#timer);
	}

	async #runs(): Promise<void> {
		this.#ports.clock.clearTimeout(this.#timer);
		try {
			do {
				this.#once_more = false;
				this.#become('sending', null);
				await this.#alone(() => this.#pushThenPull());
				await this.#noteSent();
			} while (this.#once_more && !this.#stopped);
			this.#succeeded();
		} catch (error) {
			this.#failed(error);
		}
	}

	async #pushThenPull(): Promise<void> {
		// Fetched with the first network: a phone opens and saves without it.
		const { exchange, report } = await import('./line');
		this.#reports = report;
		if (!this.#stopped) await exchange(this.#ports, this.#bytes);
	}

	/** One tab at a time: two would send the same changes twice, which is harmless but wasteful. */
	async #alone(work: () => Promise<void>): Promise<void> {
		const { locks, device } = this.#ports;
		if (!locks) return work();
		await locks.request(`tung-nha-sync-${device.person_id}`, work);
	}

	async #noteSent(): Promise<void> {
		if (this.#stopped) return;
		await this.#ports.device.keepMeta(SENT_AT, this.#ports.clock.now());
	}

	/** Nothing is waited for from the last look at `#once_more` to here: a run asked for is not missed. */
	#succeeded(): void {
		this.#running = null;
		if (this.#stopped) return;
		this.#failures = 0;
		this.#bytes = MOST_BYTES;
		this.#become('idle', null);
		void this.#report();
	}

	#failed(error: unknown): void {
		this.#running = null;
		if (this.#stopped) return;
		const { state, code } = stateAfter(error);
		// A batch that is too much for the line or for the server may pass in smaller pieces.
		const { status, retryAfter } =
			error instanceof ApiError ? error : { status: 0, retryAfter: null };
		if (status === 408 || status === 413) this.#bytes = Math.max(FEWEST_BYTES, this.#bytes / 2);
		this.#become(state, code);
		if (state !== 'signed_out') this.#retry(retryAfter);
		// The line works and something else does not: then it matters most what this phone holds back.
		if (state === 'failed' && code !== 'busy') void this.#report();
	}

	async #report(): Promise<void> {
		if (this.#reports) this.#told_at = await this.#reports(this.#ports, this.#told_at);
	}

	#retry(retryAfter: number | null): void {
		const { clock } = this.#ports;
		this.#failures += 1;
		this.#left_alone = retryAfter !== null;
		// A timer and not a moment to compare with: the phone's clock may be set back meanwhile.
		this.#timer = clock.setTimeout(
			() => {
				this.#left_alone = false;
				void this.run();
			},
			backoff(this.#failures, clock.random(), retryAfter)
		);
	}

	#become(state: SyncState, code: ProblemCode | null): void {
		this.#state = state;
		this.#code = code;
		for (const listener of this.#listeners) listener();
	}
}
