import type { Database, Writing } from './database';

/** Small things kept by a key, in memory at once and on the disk soon after. */
export class Kept {
	#database: Database;
	#store: 'drafts' | 'meta';
	#values = new Map<string, unknown>();

	constructor(database: Database, store: 'drafts' | 'meta') {
		this.#database = database;
		this.#store = store;
	}

	/**
	 * Reads everything, once. Tabs do not share these: another tab's save must not undo what is being
	 * typed in this one.
	 */
	async load(): Promise<void> {
		await this.#database.read([this.#store], async (transaction) => {
			const store = transaction.objectStore(this.#store);
			const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
			keys.forEach((key, n) => this.#values.set(key, values[n]));
		});
	}

	get(key: string): unknown {
		return this.#values.get(key);
	}

	all(): [key: string, value: unknown][] {
		return [...this.#values];
	}

	async keep(key: string, value: unknown): Promise<void> {
		this.#values.set(key, value);
		await this.#write((transaction) => transaction.objectStore(this.#store).put(value, key));
	}

	async drop(key: string): Promise<void> {
		this.#values.delete(key);
		await this.#write((transaction) => transaction.objectStore(this.#store).delete(key));
	}

	/** Forgets everything in memory; for when the store was emptied. */
	forget(): void {
		this.#values.clear();
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
