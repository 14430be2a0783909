import { openDB, type IDBPDatabase } from 'idb';
import type { Database } from './database';
import { newKey } from './key';
import { KEY, VERSION, type Stores } from './stores';

/** Brings a database from an older version, 0 being none at all, to the one of today. */
export async function bringUp(name: string, version: number): Promise<void> {
	if (version === 0) return layOutAnew(name);
	const { sealVersion1 } = await import('./upgrade');
	await sealVersion1(name);
}

/** Lays out the database of somebody who is new on this phone, with a key of its own. */
async function layOutAnew(name: string): Promise<void> {
	const key = await newKey();
	let found = 0;
	try {
		const database = await openDB<Stores>(name, VERSION, {
			upgrade(database, version, _newer, transaction) {
				found = version;
				if (found > 0) return giveUp(transaction);
				layOut(database);
				void transaction.objectStore('keys').put(key, KEY);
			}
		});
		database.close();
	} catch (error) {
		// A tab with an old version was faster: then there is something to upgrade.
		if (found === 0) throw error;
	}
}

/** A new key for a database that has lost its own. */
export async function replaceKey(database: Database): Promise<CryptoKey> {
	const key = await newKey();
	return database.write(['keys'], 'strict', async (transaction) => {
		const keys = transaction.objectStore('keys');
		// Two tabs may miss it at once; what one seals, the other must open.
		const first = await keys.get(KEY);
		if (!first) await keys.put(key, KEY);
		return first ?? key;
	});
}

/** Leaves a database as it was; its opening fails. */
export function giveUp(transaction: { abort(): void; done: Promise<void> }): void {
	transaction.done.catch(() => {
		// Told by the opening.
	});
	try {
		transaction.abort();
	} catch {
		// It had aborted by itself.
	}
}

function layOut(database: IDBPDatabase<Stores>): void {
	const outbox = database.createObjectStore('outbox', { keyPath: 'place', autoIncrement: true });
	outbox.createIndex('change_id', 'change_id', { unique: true });
	for (const name of ['cursors', 'drafts', 'meta'] as const) database.createObjectStore(name);
	layOutSealed(database);
}

/** The part of the layout that version 1 did not have like this. */
export function layOutSealed(database: IDBPDatabase<Stores>): void {
	database.createObjectStore('keys');
	database.createObjectStore('counts');
	const pages = database.createObjectStore('pages', { keyPath: 'place' });
	pages.createIndex('group', 'group_id');
	database.createObjectStore('returned', { keyPath: 'change_id' });
	const sent = database.createObjectStore('sent', { keyPath: 'change_id' });
	sent.createIndex('group', 'group_id');
	sent.createIndex('place', 'place');
}
