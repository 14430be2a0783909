import type { Api } from '../data/api';
import type { Catalogue } from '../domain/catalogue';
import type { Me } from '../domain/me';
import type { ProblemCode } from '../domain/problems';
import type { Ports } from '../sync/ports';
import { codeOf } from '../sync/status';
import { Sync } from '../sync/sync';
import type { Device } from './device';

const STALE = 6 * 60 * 60 * 1000;

/** The work of one person on this phone: their records, the way to the server, and what they may do. */
export class Work {
	readonly device: Device;
	readonly sync: Sync;
	readonly api: Api;
	/** Why it is not known who this is; null when it is. */
	problem: ProblemCode | null = null;
	#clock: Ports['clock'];
	#refreshed_at: number | null = null;
	#scope = '';

	constructor(device: Device, ports: Omit<Ports, 'device'>) {
		this.device = device;
		this.sync = new Sync({ ...ports, device });
		this.api = ports.api;
		this.#clock = ports.clock;
	}

	/** Who this is and where they work, as it was last known. */
	get me(): Me | null {
		return this.device.meta<Me>('me') ?? null;
	}

	/** The words of the city, as they were last known. */
	get catalogue(): Catalogue | null {
		return this.device.meta<Catalogue>('catalogue') ?? null;
	}

	/** Sends and fetches what there is. Never rejects: what went wrong is in the status. */
	async flush(): Promise<void> {
		await Promise.all([this.sync.run(), this.#refresh()]);
		// A group came or went: the screens need its name, and the person is told.
		if (this.#scopeChanged()) await this.#refresh(true);
	}

	/** Whether the records here are of other groups than the last time, and than those that I know. */
	#scopeChanged(): boolean {
		const scope = scopeOf(Object.keys(this.device.cursors()));
		if (scope === this.#scope) return false;
		this.#scope = scope;
		return this.me !== null && scope !== scopeOf(this.me.groups.map(({ id }) => id));
	}

	/** Starts nothing any more, and lets go of the database. */
	stop(): void {
		this.sync.stop();
		this.device.close();
	}

	async #refresh(anew = false): Promise<void> {
		const now = this.#clock.now();
		if (!anew && this.#refreshed_at !== null && Math.abs(now - this.#refreshed_at) < STALE) return;
		try {
			const [me, catalogue] = await Promise.all([
				this.api.rpc('me', {}),
				this.api.rpc('catalogue', {})
			]);
			await this.device.keepMeta('catalogue', catalogue);
			await this.device.keepMeta('me', me);
			this.#refreshed_at = now;
			this.problem = null;
		} catch (error) {
			// What was known before is as good as it gets without a network; the next flush asks again.
			this.problem = this.me ? null : codeOf(error);
			this.#scope = '';
		}
	}
}

const scopeOf = (group_ids: string[]) => group_ids.sort().join();
