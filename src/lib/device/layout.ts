import { openDB, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { Unsent } from './copied';
import type { Database } from './database';
import { newKey } from './key';
import { keptNote, LOST, lostOf } from './lost';
import { browserNotes } from './notes';
import { newGeneration } from './places';
import { Seal } from './seal';
import { SecondCopy } from './second_copy';
import { KEY, VERSION, type StoreName, type Stores } from './stores';

type Upgrading = IDBPTransaction<Stores, ArrayLike<StoreName>, 'versionchange'>;

/**
 * Lays out the database of somebody who is new on this phone, with a key of its own; or of somebody
 * whose database the browser has lost, with all that its second copy has, in the same transaction.
 */
export async function layOutAnew(name: string): Promise<void> {
	const copy = await SecondCopy.of(name).catch(() => null);
	// One that cannot be read now is brought back when it can: see join.ts.
	const left = (await copy?.contents().catch(() => null)) ?? null;
	const key = left?.key ?? (await newKey());
	const known = left?.generation !== undefined || browserNotes().getItem(keptNote(name)) !== null;
	const lost =
		known && (await new Seal(key).seal(lostOf(left, left?.changes.size ?? 0), `meta ${LOST}`));
	const generation = newGeneration(left);
	let [found, laid_out] = [0, false];
	try {
		const database = await openDB<Stores>(name, VERSION, {
			upgrade(database, version, _newer, transaction) {
				found = version;
				if (found > 0) return giveUp(transaction);
				layOut(database);
				number(transaction, generation);
				void transaction.objectStore('keys').put(key, KEY);
				if (left) putBack(transaction, left);
				if (lost) void transaction.objectStore('meta').put(lost, LOST);
				laid_out = true;
			}
		});
		database.close();
		if (laid_out) await copy?.follow(generation);
	} catch (error) {
		// A tab with an old version was faster: then there is something to upgrade.
		if (found === 0) throw error;
	} finally {
		copy?.close();
	}
}

/** What waited and what was sent back, drafts and notes: as it was sealed, and in its places. */
function putBack(transaction: Upgrading, left: Unsent): void {
	for (const one of left.changes.values()) {
		if ('verdict' in one) void transaction.objectStore('returned').put(one);
		else void transaction.objectStore('outbox').put(one);
	}
	for (const part of ['drafts', 'meta'] as const)
		for (const [key, sealed] of left[part]) void transaction.objectStore(part).put(sealed, key);
}

/**
 * Tells a database from one that was lost: also a tab that still has the lost one in memory notices,
 * because the count of writes begins somewhere else.
 */
export function number(transaction: Upgrading, generation = newGeneration(null)): void {
	const counts = transaction.objectStore('counts');
	void counts.put(generation, 'generation');
	void counts.put(generation, 'writes');
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
