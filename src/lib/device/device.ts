import { newId, type Change, type Edit, type PullAnswer, type Verdict } from '../domain/change';
import { Database, type Sent, type StoreName, type Writing, type Written } from './database';
import { cursorsOf } from './cursors';
import { Kept } from './kept';
import { Memory, type Difference } from './memory';

/**
 * What one person's records are on this phone: one database for each person, so that the work of one
 * can be neither seen nor sent by another. It is asked like a memory; this file is what is written.
 *
 * A record that was written here is its changes in the outbox, on top of what the server confirmed;
 * it is not stored a second time. So a record and its change cannot come apart, a pulled row cannot
 * overwrite what waits, and a refused change is taken back by leaving it out.
 */
export class Device extends Memory {
	#database: Database;
	#drafts: Kept;
	#meta: Kept;
	#cursors: Record<string, string> = {};
	#channel: BroadcastChannel | null;
	#listeners = new Set<() => void>();
	#loading = false;
	#load_again = false;

	/**
	 * Opens the records of a person and reads everything into memory.
	 * @throws DeviceError `storage_unavailable`, `storage_blocked`, `newer_version`
	 */
	static async open(person_id: string): Promise<Device> {
		const device = new Device(person_id);
		try {
			await Promise.all([device.#load(), device.#drafts.load(), device.#meta.load()]);
		} catch (error) {
			device.close();
			throw error;
		}
		return device;
	}

	private constructor(person_id: string) {
		super(person_id);
		this.#database = new Database(`tung-nha-${person_id}`);
		this.#drafts = new Kept(this.#database, 'drafts');
		this.#meta = new Kept(this.#database, 'meta');
		// Absent in some embedded browsers; then another tab's work shows at the next opening.
		const missing = typeof BroadcastChannel === 'undefined';
		this.#channel = missing ? null : new BroadcastChannel(`tung-nha-${person_id}`);
		this.#channel?.addEventListener('message', () => void this.#loadAgain());
	}

	/**
	 * Keeps edits, all of them or none; resolves when they are on the disk.
	 *
	 * A record whose creation was sent back is sent whole again: what was sent back goes into the new
	 * change. `mended` names other changes that were sent back and that these edits put right.
	 * @throws DeviceError `storage_full`, `storage_failed`; then nothing was kept
	 */
	async save(edits: Edit[], ...mended: string[]): Promise<void> {
		const at = new Date().toISOString();
		await this.#write(['outbox', 'returned'], 'strict', async (transaction) => {
			const whole = new Set<string>();
			for (const edit of edits) {
				const earlier = whole.has(edit.record_id) ? [] : this.#sentBack(edit.record_id);
				whole.add(edit.record_id);
				await takeOut(transaction, earlier.map(idOf));
				const fields = Object.assign({}, ...earlier.map((change) => change.fields), edit.fields);
				const change: Change = { ...edit, change_id: newId(), fields, at: earlier[0]?.at ?? at };
				// The database gives it its place.
				await transaction.objectStore('outbox').add({ change } as Written);
			}
			await takeOut(transaction, mended);
			return {};
		});
	}

	/** Sends a change that was sent back once more, as a new one; for when its cause has gone. */
	async resend(change_id: string): Promise<void> {
		const change = this.#returned(change_id);
		if (!change) return;
		const { kind, record_id, group_id, base } = change;
		const fields = this.#sentBack(record_id).length > 0 ? {} : change.fields;
		await this.save([{ kind, record_id, group_id, base, fields }], change_id);
	}

	/**
	 * Lets go of a change that was sent back, after the look at it; of a record that the server never
	 * had, all of it.
	 */
	async dismiss(change_id: string): Promise<void> {
		const change = this.#returned(change_id);
		const rest = change ? this.#sentBack(change.record_id).map(idOf) : [];
		await this.#write(['outbox', 'returned'], 'strict', async (transaction) => {
			await takeOut(transaction, [change_id, ...rest]);
			return {};
		});
	}

	/**
	 * Takes the server's verdicts: exactly these changes leave the outbox. How is fetched with the
	 * first answer of a server, as for a pull: a phone opens and saves without it.
	 * @param taken_at when the server answered, by its clock (ISO)
	 */
	async settle(verdicts: Verdict[], taken_at = ''): Promise<void> {
		const { SETTLED, settleAll } = await import('./settle');
		await this.#write([...SETTLED], 'strict', async (transaction) => ({
			confirmed: await settleAll(transaction, verdicts, this.person_id, taken_at)
		}));
	}

	/** What the server has taken from this phone lately, in no order. */
	sent(): Promise<Sent[]> {
		return this.#database.read(['sent'], (transaction) => transaction.objectStore('sent').getAll());
	}

	/** Where the pull of each group goes on. */
	cursors(): Record<string, string> {
		return this.#cursors;
	}

	/**
	 * Takes in a pull: rows and cursors together. What waits stays, and stays on top.
	 * @param asked the cursors that it was asked with
	 * @returns whether all of it was taken; else another tab has gone on meanwhile
	 */
	async ingest(answer: PullAnswer, asked?: Record<string, string>): Promise<boolean> {
		const { INGESTED, ingestAll } = await import('./ingest');
		let cursors = this.#cursors;
		let whole = true;
		await this.#write([...INGESTED, 'returned'], 'relaxed', async (transaction) => {
			const ingested = await ingestAll(transaction, answer, asked);
			({ cursors, whole } = ingested);
			return ingested;
		});
		this.#cursors = cursors;
		return whole;
	}

	/** What was being typed under this key. */
	draft<T>(key: string): T | undefined {
		return this.#drafts.get(key) as T | undefined;
	}

	/** Everything that is being typed, by its key. */
	drafts<T>(): [key: string, value: T][] {
		return this.#drafts.all() as [string, T][];
	}

	async keepDraft(key: string, value: unknown): Promise<void> {
		await this.#drafts.keep(key, value);
	}

	async dropDraft(key: string): Promise<void> {
		await this.#drafts.drop(key);
	}

	/** What was noted about this person and this phone: who I am, the catalogue, when all was sent. */
	meta<T>(key: string): T | undefined {
		return this.#meta.get(key) as T | undefined;
	}

	async keepMeta(key: string, value: unknown): Promise<void> {
		await this.#meta.keep(key, value);
	}

	/**
	 * Drops everything of this person that the server has; keeps what it does not have: what waits,
	 * what was sent back and what is being typed.
	 */
	async forget(): Promise<void> {
		const had = ['records', 'sent', 'cursors', 'meta'] as const;
		await this.#database.write([...had], 'strict', (transaction) =>
			Promise.all(had.map((store) => transaction.objectStore(store).clear()))
		);
		this.#meta.forget();
		this.#channel?.postMessage('changed');
		await this.#load();
	}

	/** Calls the listener after every change of what is shown, also by another tab. */
	onchange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Lets go of the database. What was under way is still written. */
	close(): void {
		this.#listeners.clear();
		this.#channel?.close();
		this.#channel = null;
		this.#database.close();
	}

	#returned(change_id: string): Change | undefined {
		return this.returned().find(({ change }) => change.change_id === change_id)?.change;
	}

	/** What was sent back of a record that the server never had: its creation and what followed. */
	#sentBack(record_id: string): Change[] {
		const { sent_back } = this.log(record_id);
		return this.isConfirmed(record_id) || sent_back[0]?.base !== null ? [] : sent_back;
	}

	/** Writes, then takes over into memory what was written. */
	async #write(
		stores: StoreName[],
		durability: 'strict' | 'relaxed',
		work: (transaction: Writing) => Promise<Difference>
	): Promise<void> {
		const difference = await this.#database.write(stores, durability, async (transaction) => ({
			...(await work(transaction)),
			outbox: await transaction.objectStore('outbox').getAll(),
			returned: await transaction.objectStore('returned').getAll()
		}));
		this.apply(difference);
		this.#channel?.postMessage('changed');
		this.#tell();
	}

	async #load(): Promise<void> {
		const stores: StoreName[] = ['records', 'outbox', 'returned', 'cursors'];
		await this.#database.read(stores, async (transaction) => {
			const cursors = transaction.objectStore('cursors');
			const [keys, values] = [await cursors.getAllKeys(), await cursors.getAll()];
			const read = {
				confirmed: await transaction.objectStore('records').getAll(),
				outbox: await transaction.objectStore('outbox').getAll(),
				returned: await transaction.objectStore('returned').getAll()
			};
			this.#cursors = cursorsOf(keys, values);
			this.replace(read);
		});
		this.#tell();
	}

	/** Another tab wrote: read again. Several messages in a row cost one more reading, not several. */
	async #loadAgain(): Promise<void> {
		this.#load_again = true;
		if (this.#loading) return;
		this.#loading = true;
		while (this.#load_again) {
			this.#load_again = false;
			// A failed reading leaves what is shown as it was; writing reports its own trouble.
			await this.#load().catch(() => undefined);
		}
		this.#loading = false;
	}

	#tell(): void {
		for (const listener of this.#listeners) listener();
	}
}

function idOf(change: Change): string {
	return change.change_id;
}

async function takeOut(transaction: Writing, change_ids: string[]): Promise<void> {
	const returned = transaction.objectStore('returned');
	await Promise.all(change_ids.map((change_id) => returned.delete(change_id)));
}
