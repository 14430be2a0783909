import type { Row } from '../domain/record';
import { openChange, openReturned } from './changes';
import { cursorsOf } from './cursors';
import type { Database } from './database';
import type { Difference, Prepared } from './difference';
import { openPage, rowsOf, type Page } from './pages';
import {
	UNPROVEN,
	type Reading,
	type Returned,
	type Sent,
	type StoreName,
	type Unproven
} from './stores';

const READ: StoreName[] = ['counts', 'pages', 'outbox', 'returned', 'cursors', 'meta'];

/**
 * What lies in the database of one person, opened and in memory, as it was after a certain write.
 * Sealing takes longer than a transaction lasts, so whoever writes decides on what is here, has it
 * sealed, and then writes only if no other tab has written since; else they read and decide anew.
 */
export class Logbook {
	outbox: readonly Sent[] = [];
	returned: readonly Returned[] = [];
	/** Where the pull of each group goes on. */
	cursors: Record<string, string> = {};
	unproven: Unproven[] = [];
	/** How many changes are kept that do not open. */
	unread = 0;
	#database: Database;
	#writes = -1;
	#pages = new Map<string, Page>();

	constructor(database: Database) {
		this.#database = database;
	}

	get pages(): Page[] {
		return [...this.#pages.values()];
	}

	/** What the server has confirmed, by id. */
	rows(): Map<string, Row> {
		return rowsOf(this.pages);
	}

	/** The groups that are known only in part, because a page does not open. */
	torn(): Set<string> {
		return new Set(this.pages.filter(({ broken }) => broken).map(({ group_id }) => group_id));
	}

	/** Reads what was written since by another tab. Answers whether there was anything. */
	async read(): Promise<boolean> {
		const seal = await this.#database.seal();
		const found = await this.#database.read(READ, (transaction) => this.#find(transaction));
		if (!found) return false;

		const known = new Map(
			[...this.outbox, ...this.returned].map(({ change }) => [change.change_id, change])
		);
		const [fresh, outbox, returned, unproven] = await Promise.all([
			Promise.all(found.fresh.map((page) => openPage(seal, page))),
			Promise.all(found.outbox.map((one) => openChange(seal, one, known.get(one.change_id)))),
			Promise.all(found.returned.map((one) => openReturned(seal, one, known.get(one.change_id)))),
			found.unproven && seal.open<Unproven[]>(found.unproven, `meta ${UNPROVEN}`)
		]);
		for (const key of this.#pages.keys()) if (!found.keys.has(key)) this.#pages.delete(key);
		for (const page of fresh) this.#pages.set(String(page.place), page);
		this.outbox = outbox.filter((one) => one !== undefined);
		this.returned = returned.filter((one) => one !== undefined);
		this.unproven = unproven ?? [];
		this.unread = [...outbox, ...returned].filter((one) => !one).length;
		const torn = this.torn();
		this.cursors = Object.fromEntries(
			// Without its cursor the group is pulled anew.
			Object.entries(found.cursors).filter(([group_id]) => !torn.has(group_id))
		);
		this.#writes = found.writes;
		later().catch(() => undefined);
		void this.#database.copy();
		return true;
	}

	/** Seals what is to be written on top of what is here now. */
	async prepare(difference: Difference): Promise<Prepared> {
		const write = this.#writes + 1;
		const writing = await later();
		return writing.prepare(await this.#database.seal(), this, write, difference);
	}

	/**
	 * Writes what was prepared, all of it or nothing. Answers false, and writes nothing, when it was
	 * prepared on top of what is no longer there: then `read` and begin anew.
	 * @throws DeviceError
	 */
	async write(prepared: Prepared, durability: 'strict' | 'relaxed'): Promise<boolean> {
		const { write, difference, saved, left } = prepared;
		const stores: StoreName[] = [...READ, 'sent'];
		if (difference.draft) stores.push('drafts');
		const copy = await this.#database.copy();
		await copy?.put(write, prepared.copied);
		const written = await this.#database
			.write(stores, durability, (transaction) => prepared.put(transaction))
			.catch(async (error) => {
				await copy?.letGo(prepared.added);
				throw error;
			});
		if (!written) return false;
		await copy?.letGo(left);
		if (difference.draft) await copy?.keep('drafts', difference.draft, false);

		const { told } = difference;
		for (const [key, page] of this.#pages)
			if (told?.left.includes(page.group_id)) this.#pages.delete(key);
		for (const page of prepared.told?.pages ?? []) this.#pages.set(String(page.place), page);
		this.outbox = [...(difference.outbox ?? this.outbox), ...saved];
		this.returned = difference.returned ?? this.returned;
		this.cursors = told?.cursors ?? this.cursors;
		this.unproven = told?.unproven ?? this.unproven;
		this.#writes = write;
		return true;
	}

	async #find(transaction: Reading) {
		const writes = (await transaction.objectStore('counts').get('writes')) ?? 0;
		if (writes === this.#writes) return null;
		const pages = transaction.objectStore('pages');
		const cursors = transaction.objectStore('cursors');
		const places = await pages.getAllKeys();
		const unknown = places.filter((place) => !this.#pages.has(String(place)));
		const fresh = await Promise.all(unknown.map((place) => pages.get(place)));
		return {
			writes,
			keys: new Set(places.map(String)),
			fresh: fresh.filter((page) => page !== undefined),
			outbox: await transaction.objectStore('outbox').getAll(),
			returned: await transaction.objectStore('returned').getAll(),
			cursors: cursorsOf(await cursors.getAllKeys(), await cursors.getAll()),
			unproven: await transaction.objectStore('meta').get(UNPROVEN)
		};
	}
}

/** Fetched right after opening; the first save finds it here. */
export function later() {
	return import('./later');
}
