import type { Device } from '../../src/lib/device/device';
import type { Change, Edit } from '../../src/lib/domain/change';
import type { Row } from '../../src/lib/domain/record';
import { Sync } from '../../src/lib/sync/sync';
import type { Ports } from '../../src/lib/sync/ports';
import type { SyncStatus } from '../../src/lib/sync/status';
import { TestClock } from '../sync/clock';
import type { Write } from './schedule';
import { edits } from './writing';

/** What a phone said about something that was to be kept, and what it had right afterwards. */
export type Wrote = {
	edits: Edit[];
	/** Whether it said that it has them. */
	kept: boolean;
	/** What was waiting for a look before and after, as change ids. */
	sent_back: string[];
	left: string[];
	outbox: Change[];
};

/** What a tab shows. */
export type Seen = {
	rows: Row[];
	/** Under which household each one counts that was merged into another. */
	merged: [id: string, home: string][];
	/** The records that the server has. */
	confirmed: string[];
	/** The changes that were sent back. */
	returned: string[];
};

export type Writing = {
	write: Write;
	/** The groups in which the person may write, besides those that the phone knows. */
	groups: string[];
	/** Where there is none. */
	otherwise: string;
	which: number;
	/** A number that no other writing of the story has. */
	n: number;
};

/**
 * What a person does with the client as it is, and what they see of it: in this process or in a page
 * of a browser. All that goes in and comes out is plain data.
 */
export class Hands {
	readonly clock = new TestClock();
	readonly sync: Sync;
	/** Happens just before the next note on the disk: the end of a run writes one. */
	beforeNote: (() => Promise<void>) | null = null;

	constructor(
		readonly device: Device,
		around: Pick<Ports, 'api' | 'locks'>,
		device_id: string
	) {
		const about = () => ({ device_id, app_version: '1', storage_persisted: null });
		this.sync = new Sync({ ...around, device, about, clock: this.clock });
		const keepMeta = device.keepMeta.bind(device);
		device.keepMeta = async (key, value) => {
			const before = this.beforeNote;
			this.beforeNote = null;
			await before?.();
			await keepMeta(key, value);
		};
	}

	write({ write, groups, otherwise, which, n }: Writing): Promise<Wrote> {
		const { device } = this;
		const all = [...Object.keys(device.cursors()), ...groups];
		const group_id = all[which % Math.max(1, all.length)] ?? otherwise;
		const written = edits(device, group_id, write, which, n);
		return this.#keep(written, () => device.save(written));
	}

	/** Looks at something that was sent back: sends it again or lets go of it. Null: there is nothing. */
	async look(which: number, again: boolean): Promise<Wrote | null> {
		const { device } = this;
		const change = device.returned()[which % Math.max(1, device.returned().length)]?.change;
		if (!change) return null;
		const { change_id } = change;
		return this.#keep(again ? [{ ...change, fields: {} }] : [], () =>
			again ? device.resend(change_id) : device.dismiss(change_id)
		);
	}

	/** Signs out. */
	forget(): Promise<void> {
		return this.device.forget();
	}

	/** On a full disk it stays as it is. */
	async pack(): Promise<void> {
		await this.device.compact(0).catch(() => undefined);
	}

	/** Sends and fetches; not waited for. */
	run(): void {
		void this.sync.run();
	}

	/** Lets the time pass until the next try; answers whether there was one to come. */
	pass(): boolean {
		const waits = this.clock.next !== null;
		this.clock.pass();
		return waits;
	}

	status(): SyncStatus {
		return this.sync.status();
	}

	seen(): Seen {
		const { device } = this;
		const rows: Row[] = [
			...device.households().flatMap((one) => [one, ...device.mergedInto(one.id)]),
			...device.visits(),
			...device.signups(),
			...device.trainings()
		];
		const merged = device
			.households()
			.flatMap((home) =>
				device.mergedInto(home.id).map(({ id }): [string, string] => [id, home.id])
			);
		const confirmed = rows.map((row) => row.id).filter((id) => device.isConfirmed(id));
		return { rows, merged, confirmed, returned: this.#sentBack() };
	}

	/** At one moment, because what waits may be sent a moment later. */
	async #keep(written: Edit[], work: () => Promise<void>): Promise<Wrote> {
		const sent_back = this.#sentBack();
		const kept = await work().then(
			() => true,
			() => false
		);
		const outbox = this.device.outbox(1e9);
		return { edits: written, kept, sent_back, left: this.#sentBack(), outbox };
	}

	#sentBack(): string[] {
		return this.device.returned().map(({ change }) => change.change_id);
	}
}
