import type { Database } from './database';
import type { Sealed } from './stores';

/** Small things kept by a key, in memory at once and on the disk soon after. */
export class Kept {
	#database: Database;
	#store: 'drafts' | 'meta';
	#values = new Map<string, unknown>();
	/** What was kept last, until it is sealed. */
	#last: Promise<unknown> = Promise.resolve();

	constructor(database: Database, store: 'drafts' | 'meta') {
		this.#database = database;
		this.#store = store;
	}

	/**
	 * Reads everything, once. Tabs do not share these: another tab's save must not undo what is being
	 * typed in this one. What does not open is left alone.
	 */
	async load(): Promise<void> {
		const seal = await this.#database.seal();
		const { keys, sealed } = await this.#database.read([this.#store], async (transaction) => {
			const store = transaction.objectStore(this.#store);
			const [keys, sealed] = await Promise.all([store.getAllKeys(), store.getAll()]);
			return { keys, sealed };
		});
		const values = await Promise.all(
			sealed.map((one, n) => seal.open(one, this.#about(keys[n] ?? '')))
		);
		keys.forEach((key, n) => values[n] !== undefined && this.#values.set(key, values[n]));
	}

	get(key: string): unknown {
		return this.#values.get(key);
	}

	all(): [key: string, value: unknown][] {
		return [...this.#values];
	}

	async keep(key: string, value: unknown): Promise<void> {
		this.#values.set(key, value);
		await this.#write(key);
	}

	async drop(key: string): Promise<void> {
		this.#values.delete(key);
		await this.#write(key);
	}

	/** Forgets a key, or everything, in memory; for when the store loses it by another way. */
	forget(key?: string): void {
		if (key === undefined) this.#values.clear();
		else this.#values.delete(key);
	}

	/** Resolves when what was under way has begun to be written. */
	async settled(): Promise<void> {
		await this.#last;
	}

	/**
	 * Writes what is kept by now, in the order of keeping: what was kept first must not be written last.
	 * The next begins when this one is sealed; nobody waits for the disk.
	 */
	async #write(key: string): Promise<void> {
		const written = this.#last.then(async () => {
			const value = this.#values.get(key);
			const seal = await this.#database.seal();
			const sealed = value !== undefined && (await seal.seal(value, this.#about(key)));
			// Dropped or forgotten meanwhile, it must not come back.
			return { done: this.#put(key, this.#values.has(key) && sealed) };
		});
		this.#last = written.catch(() => undefined);
		await (
			await written
		).done;
	}

	/**
	 * Commits in the same breath: a page that is gone before the answer comes would otherwise take
	 * what it wrote back, and with it the last key that was typed before a reload.
	 */
	async #put(key: string, sealed: Sealed | false): Promise<void> {
		await this.#database.write([this.#store], 'relaxed', async (transaction) => {
			const store = transaction.objectStore(this.#store);
			const written = sealed ? store.put(sealed, key) : store.delete(key);
			// Absent in old browsers, which commit by themselves a moment later.
			transaction.commit?.();
			await written;
		});
		await (await this.#database.copy())?.keep(this.#store, key, sealed);
	}

	#about(key: string): string {
		return `${this.#store} ${key}`;
	}
}
