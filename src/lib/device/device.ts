import type { Change, Edit, PullAnswer, Verdict } from '../domain/change';
import { Database } from './database';
import type { Difference } from './difference';
import { Kept } from './kept';
import { later, Logbook } from './logbook';
import { Memory } from './memory';
import { deviceError } from './problem';
import type { Sent } from './stores';

/** How long the phone is left alone before its pages are packed (ms). */
const REST = 5000;

/**
 * What one person's records are on this phone: one database for each person, so that the work of one
 * can be neither seen nor sent by another. It is asked like a memory; this file is what is written.
 *
 * A record that was written here is its changes in the outbox, on top of what the server confirmed;
 * it is not stored a second time. So a record and its change cannot come apart, a pulled row cannot
 * overwrite what waits, and a refused change is taken back by leaving it out.
 *
 * What is written is decided on what is in memory, sealed, and written only if memory was still what
 * lies on the disk (see Logbook); one piece of work after the other.
 */
export class Device extends Memory {
	#database: Database;
	#drafts: Kept;
	#meta: Kept;
	#logbook: Logbook;
	#channel: BroadcastChannel | null;
	#listeners = new Set<() => void>();
	#last: Promise<unknown> = Promise.resolve();
	#reading: Promise<void> | null = null;
	#resting: ReturnType<typeof setTimeout> | undefined;
	#closed = false;

	/**
	 * Opens the records of a person and reads everything into memory.
	 * @throws DeviceError `storage_unavailable`, `storage_blocked`, `newer_version`
	 */
	static async open(person_id: string): Promise<Device> {
		const device = new Device(person_id);
		try {
			await Promise.all([device.#readAgain(), device.#drafts.load(), device.#meta.load()]);
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
		this.#logbook = new Logbook(this.#database);
		// Absent in some embedded browsers; then another tab's work shows at the next opening.
		const missing = typeof BroadcastChannel === 'undefined';
		this.#channel = missing ? null : new BroadcastChannel(`tung-nha-${person_id}`);
		this.#channel?.addEventListener('message', () => {
			// A failed reading leaves what is shown as it was; writing reports its own trouble.
			this.#readAgain().catch(() => undefined);
		});
	}

	/**
	 * Keeps edits, all of them or none; resolves when they are on the disk.
	 *
	 * A record whose creation was sent back is sent whole again: what was sent back goes into the new
	 * change. `mended` names other changes that were sent back and that these edits put right.
	 * @throws DeviceError `storage_full`, `storage_failed`; then nothing was kept
	 */
	async save(edits: Edit[], ...mended: string[]): Promise<void> {
		await this.#keepEdits(edits, mended);
	}

	/**
	 * Keeps edits and lets go of the draft that they were typed in, both or neither: a battery that dies
	 * in between would leave a draft of what was saved, and it would be saved twice.
	 */
	async saveDraft(key: string, edits: Edit[]): Promise<void> {
		// What was typed last is on its way to the disk; after that, nothing writes it any more.
		await this.#drafts.settled();
		const typed = this.#drafts.get(key);
		this.#drafts.forget(key);
		try {
			await this.#keepEdits(edits, [], key);
		} catch (error) {
			if (typed !== undefined) await this.#drafts.keep(key, typed).catch(() => undefined);
			throw error;
		}
	}

	async #keepEdits(edits: Edit[], mended: string[], draft?: string): Promise<void> {
		const at = new Date().toISOString();
		let ids: string[] = [];
		const wanted = edits.map(asData);
		await this.#write('strict', async (again) => {
			// The connection may have gone just when it was written.
			if (again && (await this.#isHere(ids[0]))) return {};
			const { newId } = await later();
			if (!again) ids = edits.map(newId);
			const whole = new Set<string>();
			const out = new Set(mended);
			const saved = wanted.map((edit, n): Change => {
				const earlier = whole.has(edit.record_id) ? [] : this.#sentBack(edit.record_id);
				whole.add(edit.record_id);
				for (const { change_id } of earlier) out.add(change_id);
				const fields = Object.assign({}, ...earlier.map((change) => change.fields), edit.fields);
				return { ...edit, change_id: ids[n] ?? newId(), fields, at: earlier[0]?.at ?? at };
			});
			return { saved, returned: this.#returnedWithout(out), draft };
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
		const rest = change ? this.#sentBack(change.record_id) : [];
		const out = new Set([change_id, ...rest.map((one) => one.change_id)]);
		await this.#write('strict', () => ({ returned: this.#returnedWithout(out) }));
	}

	/**
	 * Takes the server's verdicts: exactly these changes leave the outbox. How is fetched with the
	 * first answer of a server, as for a pull: a phone opens and saves without it.
	 * @param taken_at when the server answered, by its clock (ISO)
	 */
	async settle(verdicts: Verdict[], taken_at = ''): Promise<void> {
		const [answers, sent] = [await later(), await this.#sent()];
		const known = (id: string) => this.confirmed(id);
		await this.#write('strict', () =>
			answers.settleAll(this.#logbook, sent, known, verdicts, this.person_id, taken_at)
		);
	}

	/** What the server has taken from this phone lately, in no order. */
	async sent(): Promise<Sent[]> {
		return (await this.#sent()).all();
	}

	/** Where the pull of each group goes on. */
	cursors(): Record<string, string> {
		return this.#logbook.cursors;
	}

	/**
	 * Takes in a pull: rows and cursors together. What waits stays, and stays on top.
	 * @param asked the cursors that it was asked with
	 * @returns whether all of it was taken; else another tab has gone on meanwhile
	 */
	async ingest(answer: PullAnswer, asked?: Record<string, string>): Promise<boolean> {
		const [answers, sent] = [await later(), await this.#sent()];
		let all = true;
		await this.#write('relaxed', async () => {
			const { difference, whole } = await answers.ingestAll(this.#logbook, sent, answer, asked);
			all = whole;
			return difference;
		});
		return all;
	}

	/**
	 * Puts what was pulled piece by piece on few pages. Done by itself when the phone has nothing to
	 * do; whatever is written meanwhile, here or in another tab, goes first.
	 * @param loose how many pages a group may have got since the last time
	 */
	async compact(loose?: number): Promise<void> {
		const answers = await later();
		const written = await answers.compact(this.#logbook, this.person_id, loose, (work) =>
			this.#inTurn(async () => !this.#closed && work())
		);
		if (written) this.#channel?.postMessage('changed');
	}

	/** What lies here and does not open: groups that are pulled anew, changes that are kept as they are. */
	unreadable(): { groups: number; changes: number } {
		return { groups: this.#logbook.torn().size, changes: this.#logbook.unread };
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
		const had = ['pages', 'sent', 'cursors', 'meta'] as const;
		this.#meta.forget();
		await this.#inTurn(async () => {
			await this.#database.write([...had, 'counts'], 'strict', async (transaction) => {
				const counts = transaction.objectStore('counts');
				await counts.put(((await counts.get('writes')) ?? 0) + 1, 'writes');
				await Promise.all(had.map((store) => transaction.objectStore(store).clear()));
			});
			await (await this.#database.copy())?.forget();
			await this.#read();
		});
		this.#channel?.postMessage('changed');
	}

	/** Whether what only this phone has is kept twice, so that the browser cannot lose it at once. */
	async isCopied(): Promise<boolean> {
		return (await this.#database.copy())?.isWhole ?? false;
	}

	/** Calls the listener after every change of what is shown, also by another tab. */
	onchange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Lets go of the database. What was under way is still written. */
	close(): void {
		this.#closed = true;
		this.#listeners.clear();
		clearTimeout(this.#resting);
		this.#channel?.close();
		this.#channel = null;
		void Promise.all([this.#last, this.#drafts.settled(), this.#meta.settled()]).then(() =>
			this.#database.close()
		);
	}

	#returned(change_id: string): Change | undefined {
		return this.returned().find(({ change }) => change.change_id === change_id)?.change;
	}

	#returnedWithout(change_ids: Set<string>) {
		return this.#logbook.returned.filter(({ change }) => !change_ids.has(change.change_id));
	}

	/** What was sent back of a record that the server never had: its creation and what followed. */
	#sentBack(record_id: string): Change[] {
		const { sent_back } = this.log(record_id);
		return this.isConfirmed(record_id) || sent_back[0]?.base !== null ? [] : sent_back;
	}

	/** Whether a change of ours is on the disk, wherever it has got to. */
	async #isHere(change_id = ''): Promise<boolean> {
		const { outbox, returned } = this.#logbook;
		const kept = [...outbox, ...returned].some(({ change }) => change.change_id === change_id);
		return kept || (await this.#sent()).has(change_id);
	}

	async #sent() {
		return new (await later()).SentLately(this.#database);
	}

	/**
	 * Decides, writes, and takes over into memory what was written. When another tab was faster,
	 * decides anew on what that one wrote.
	 */
	async #write(
		durability: 'strict' | 'relaxed',
		decide: (again: boolean) => Promise<Difference> | Difference
	): Promise<void> {
		await this.#inTurn(async () => {
			for (let again = false; ; again = true) {
				const difference = await decide(again);
				if (Object.keys(difference).length === 0) return;
				const prepared = await this.#logbook.prepare(difference);
				if (await this.#logbook.write(prepared, durability)) return this.#show(difference);
				await this.#read();
			}
		});
		this.#channel?.postMessage('changed');
		this.#rest();
	}

	#show({ told }: Difference): void {
		const { outbox, returned } = this.#logbook;
		if (told?.left.length) this.replace(this.#logbook.rows(), { outbox, returned });
		else this.apply({ confirmed: told?.confirmed, outbox, returned });
		this.#tell();
	}

	/** Reads what another tab wrote. Several messages in a row cost one more reading, not several. */
	async #readAgain(): Promise<void> {
		this.#reading ??= this.#inTurn(() => {
			this.#reading = null;
			return this.#read();
		});
		await this.#reading;
		this.#rest();
	}

	async #read(): Promise<void> {
		if (!(await this.#logbook.read())) return;
		const { outbox, returned } = this.#logbook;
		this.replace(this.#logbook.rows(), { outbox, returned });
		this.#tell();
	}

	/** One piece of work after the other: each decides on what the one before has left. */
	#inTurn<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.#last.then(work).catch((error: unknown) => {
			throw deviceError(error);
		});
		this.#last = turn.catch(() => undefined);
		// What comes in late, after everything was closed, opens the database once more.
		if (this.#closed) void this.#last.then(() => this.#database.close());
		return turn;
	}

	/** Packs what is loose in a while, when the phone has had time for whatever comes first. */
	#rest(): void {
		if (this.#closed || this.#resting !== undefined) return;
		this.#resting = setTimeout(() => {
			this.#resting = undefined;
			// Not now means later.
			this.compact().catch(() => undefined);
		}, REST);
	}

	#tell(): void {
		for (const listener of this.#listeners) listener();
	}
}

/** As the disk gives it back. Throws on what is not data, which would else be left out without a word. */
function asData(edit: Edit): Edit {
	try {
		return { ...edit, fields: JSON.parse(JSON.stringify(structuredClone(edit.fields))) };
	} catch (error) {
		throw deviceError(error);
	}
}
