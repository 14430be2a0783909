import { openChange } from './changes';
import type { Database } from './database';
import type { Sent, SealedChange } from './stores';

/** What the server has taken lately. It is seldom asked for, so it stays on the disk. */
export class SentLately {
	#database: Database;

	constructor(database: Database) {
		this.#database = database;
	}

	/** Everything, in no order. */
	async all(): Promise<Sent[]> {
		return this.#opened(
			await this.#database.read(['sent'], (transaction) => transaction.objectStore('sent').getAll())
		);
	}

	/** What does not open is not among it, and stays where it is. */
	async ofGroup(group_id: string): Promise<Sent[]> {
		return this.#opened(await this.plain(group_id));
	}

	/** As it lies there, unopened. */
	plain(group_id: string): Promise<SealedChange[]> {
		return this.#database.read(['sent'], (transaction) =>
			transaction.objectStore('sent').index('group').getAll(group_id)
		);
	}

	ids(group_id: string): Promise<string[]> {
		return this.#database.read(['sent'], (transaction) =>
			transaction.objectStore('sent').index('group').getAllKeys(group_id)
		);
	}

	has(change_id: string): Promise<boolean> {
		return this.#database.read(
			['sent'],
			async (transaction) => (await transaction.objectStore('sent').count(change_id)) > 0
		);
	}

	/** The groups of which anything was sent. */
	groups(): Promise<string[]> {
		return this.#database.read(['sent'], async (transaction) => {
			const found: string[] = [];
			const groups = transaction.objectStore('sent').index('group');
			let next = await groups.openKeyCursor(null, 'nextunique');
			for (; next; next = await next.continue()) found.push(next.key);
			return found;
		});
	}

	/** As many of the first written as there are more than `most`, unopened. */
	surplus(most: number): Promise<SealedChange[]> {
		return this.#database.read(['sent'], async (transaction) => {
			const sent = transaction.objectStore('sent');
			const surplus = (await sent.count()) - most;
			return surplus > 0 ? sent.index('place').getAll(null, surplus) : [];
		});
	}

	async #opened(stored: SealedChange[]): Promise<Sent[]> {
		const seal = await this.#database.seal();
		const opened = await Promise.all(stored.map((one) => openChange(seal, one)));
		return opened.filter((one) => one !== undefined);
	}
}
