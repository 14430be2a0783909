import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { bucket } from './bucket';
import { COPIED, mapOf, openCopied, type Copied, type Unsent, type UnsentChange } from './copied';
import type { Database } from './database';
import { join } from './join';
import { deviceError } from './problem';
import type { Sealed } from './stores';

type Part = (typeof COPIED)[number];
type Writing = IDBPTransaction<Copied, Part[], 'readwrite'>;

/** Saving never waits longer than this for a copy that does not open (ms). */
const PATIENCE = 5000;

/**
 * A second copy of what one person has on this phone alone, in a place that the browser does not throw
 * away together with the first: see docs/decisions/012-second-copy.md. A change is here before the
 * phone's database has it, and leaves only after it has left that.
 */
export class SecondCopy {
	#factory: IDBFactory;
	#name: string;
	#connection: Promise<IDBPDatabase<Copied>> | null = null;
	#broken = false;

	/** The copy of a database, as it is; null where the browser has no place for one. */
	static async of(name: string): Promise<SecondCopy | null> {
		const factory = await bucket();
		return factory && new SecondCopy(factory, name);
	}

	private constructor(factory: IDBFactory, name: string) {
		this.#factory = factory;
		this.#name = name;
	}

	/** Whether it still takes in what is written. */
	get isWhole(): boolean {
		return !this.#broken;
	}

	/**
	 * Takes in changes before the phone's database does.
	 * @param write the number of the write that is to bring them there
	 * @throws DeviceError `storage_full`; any other trouble leaves the phone without a copy, as it is told
	 */
	async put(write: number, changes: readonly UnsentChange[]): Promise<void> {
		if (changes.length === 0 || this.#broken) return;
		try {
			await this.write(['changes'], (transaction) => {
				const store = transaction.objectStore('changes');
				return changes.map((one) => store.put({ ...one, write }));
			});
		} catch (error) {
			const trouble = deviceError(error);
			if (trouble.code === 'storage_full') throw trouble;
			this.#broken = true;
		}
	}

	/** Lets go of changes that have left the phone's database, or never came there. */
	async letGo(change_ids: readonly string[]): Promise<void> {
		if (change_ids.length === 0) return;
		await this.#tries(['changes'], (transaction) =>
			change_ids.map((id) => transaction.objectStore('changes').delete(id))
		);
	}

	/** Keeps a draft or a note as the phone's database has it by now; false: it has gone there. */
	async keep(part: 'drafts' | 'meta', key: string, sealed: Sealed | false): Promise<void> {
		await this.#tries([part], (transaction) => {
			const store = transaction.objectStore(part);
			return [sealed ? store.put(sealed, key) : store.delete(key)];
		});
	}

	/** Drops what the server has. */
	async forget(): Promise<void> {
		await this.#tries(['meta'], (transaction) => [transaction.objectStore('meta').clear()]);
	}

	/** Follows the database that has taken its contents over. */
	async follow(generation: number): Promise<void> {
		await this.#tries(['counts'], (transaction) => [
			transaction.objectStore('counts').put(generation, 'generation')
		]);
	}

	/** Everything, and by which write each change came. */
	async contents(): Promise<Unsent & { writes: Map<string, number> }> {
		const transaction = (await this.#open()).transaction([...COPIED]);
		const [key, generation, all, drafts, meta] = await Promise.all([
			transaction.objectStore('keys').get('records'),
			transaction.objectStore('counts').get('generation'),
			transaction.objectStore('changes').getAll(),
			mapOf(transaction.objectStore('drafts')),
			mapOf(transaction.objectStore('meta'))
		]);
		const changes = all.map(({ write: _, ...change }) => [change.change_id, change] as const);
		const writes = all.map(({ change_id, write }) => [change_id, write] as const);
		const of = { key, generation, changes: new Map<string, UnsentChange>(changes) };
		return { ...of, drafts, meta, writes: new Map(writes) };
	}

	/** Writes all that is asked for in one go, once more on a new connection when the old one was gone. */
	async write(
		parts: Part[],
		work: (transaction: Writing) => Promise<unknown>[] | Promise<unknown>
	): Promise<void> {
		for (let again = false; ; again = true) {
			const connection = await this.#open();
			try {
				const transaction = connection.transaction(parts, 'readwrite', { durability: 'relaxed' });
				const asked = work(transaction);
				await Promise.all([...(Array.isArray(asked) ? asked : [asked]), transaction.done]);
				return;
			} catch (error) {
				if (again || deviceError(error).code === 'storage_full') throw error;
				this.close();
			}
		}
	}

	/** Lets go of the connection; what comes in later opens it once more. */
	close(): void {
		this.#connection
			?.then((connection) => connection.close())
			.catch(() => {
				// It never opened.
			});
		this.#connection = null;
	}

	/** What is left here too long is only sent once more, or cleared away at the next opening. */
	async #tries(parts: Part[], work: (transaction: Writing) => Promise<unknown>[]): Promise<void> {
		if (!this.#broken) await this.write(parts, work).catch(() => undefined);
	}

	#open(): Promise<IDBPDatabase<Copied>> {
		return (this.#connection ??= openCopied(this.#factory, this.#name));
	}
}

/** The copy of a database, in step with it; null when there is none, or it does not open. */
export async function copyOf(main: Database, name: string): Promise<SecondCopy | null> {
	const copy = await SecondCopy.of(name);
	if (!copy) return null;
	let late: ReturnType<typeof setTimeout> | undefined;
	const patience = new Promise<never>((_, reject) => {
		late = setTimeout(() => reject(new Error('the copy does not open')), PATIENCE);
	});
	await Promise.race([join(main, copy), patience]).finally(() => clearTimeout(late));
	return copy;
}

/** Deletes the copies of everything of a person. */
export async function eraseCopies(person_id: string): Promise<void> {
	const factory = await bucket();
	for (const { name = '' } of (await factory?.databases?.()) ?? [])
		if (name.includes(person_id)) factory?.deleteDatabase(name);
}
