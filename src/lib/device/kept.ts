import type { Database } from './database';
import type { Writing } from './stores';

/** Small things kept by a key, in memory at once and on the disk soon after. */
export class Kept {
	#database: Database;
	#store: 'drafts' | 'meta';
	#values = new Map<string, unknown>();
	/** Sealing takes a moment; what was kept first must not be written last. */
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
		await this.#inTurn(async () => {
			const sealed = await (await this.#database.seal()).seal(value, this.#about(key));
			// Dropped or forgotten meanwhile: it must not come back.
			if (!this.#values.has(key)) return () => Promise.resolve();
			return () =>
				this.#write((transaction) => transaction.objectStore(this.#store).put(sealed, key));
		});
	}

	async drop(key: string): Promise<void> {
		this.#values.delete(key);
		await this.#inTurn(
			async () => () =>
				this.#write((transaction) => transaction.objectStore(this.#store).delete(key))
		);
	}

	/** Forgets everything in memory; for when the store is emptied. */
	forget(): void {
		this.#values.clear();
	}

	/** Resolves when what was under way has begun to be written. */
	async settled(): Promise<void> {
		await this.#last;
	}

	/** Writing begins in the order of keeping, each once its sealing is done; nobody waits for the disk. */
	async #inTurn(prepare: () => Promise<() => Promise<void>>): Promise<void> {
		const written = this.#last.then(prepare).then((write) => ({ done: write() }));
		this.#last = written.catch(() => undefined);
		await (
			await written
		).done;
	}

	#about(key: string): string {
		return `${this.#store} ${key}`;
	}

	/**
	 * Commits in the same breath: a page that is gone before the answer comes would otherwise take
	 * what it wrote back, and with it the last key that was typed before a reload.
	 */
	async #write(work: (transaction: Writing) => Promise<unknown>): Promise<void> {
		await this.#database.write([this.#store], 'relaxed', (transaction) => {
			const written = work(transaction);
			// Absent in old browsers, which commit by themselves a moment later.
			transaction.commit?.();
			return written;
		});
	}
}
