import { openDB, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { Row } from '../domain/record';
import { sealChange, sealReturned } from './closing';
import { bind } from './told';
import { newKey } from './key';
import { giveUp, layOutSealed, number } from './layout';
import { Seal } from './seal';
import { KEY, VERSION, type Returned, type Sent, type StoreName, type Stores } from './stores';

/** What lay in the clear in version 1, by store. */
type Old = Record<string, { keys: IDBValidKey[]; values: unknown[] }>;
type OldTransaction = IDBPTransaction<unknown, string[], 'readonly' | 'versionchange'>;

const OLD = ['records', 'outbox', 'returned', 'sent', 'drafts', 'meta'];

/**
 * Brings a database of version 1 to version 2: what lay there in the clear is sealed. Sealing cannot
 * be waited for inside the transaction that changes the layout, so it is done before, and that
 * transaction looks whether a tab with the old version has written meanwhile: then all starts over.
 * Whenever it breaks off, the database is as it was.
 */
export async function sealVersion1(name: string): Promise<void> {
	for (;;) {
		const old = await readAll(name);
		if (!old) return;
		const key = await newKey();
		const sealed = await sealAll(old, new Seal(key));
		if (await replace(name, old, { key, ...sealed })) return;
	}
}

/** Null when another tab was faster. */
async function readAll(name: string): Promise<Old | null> {
	let database: IDBPDatabase;
	try {
		database = await openDB(name, 1);
	} catch (error) {
		if (error instanceof DOMException && error.name === 'VersionError') return null;
		throw error;
	}
	try {
		return await readStores(database.transaction(OLD) as unknown as OldTransaction);
	} finally {
		database.close();
	}
}

async function readStores(transaction: OldTransaction): Promise<Old> {
	const all: Old = {};
	for (const name of OLD) {
		const store = transaction.objectStore(name);
		all[name] = { keys: await store.getAllKeys(), values: await store.getAll() };
	}
	return all;
}

async function sealAll(old: Old, seal: Seal) {
	const of = <T>(name: string) => (old[name]?.values ?? []) as T[];
	const small = (name: 'drafts' | 'meta') =>
		Promise.all(
			of(name).map(async (value, n) => {
				const key = String(old[name]?.keys[n]);
				return { key, value: await seal.seal(value, `${name} ${key}`) };
			})
		);
	return {
		pages: await bind(seal, of<Row>('records'), 1, true),
		outbox: await Promise.all(of<Sent>('outbox').map((written) => sealChange(seal, written))),
		returned: await Promise.all(of<Returned>('returned').map((one) => sealReturned(seal, one))),
		sent: await Promise.all(of<Sent>('sent').map((written) => sealChange(seal, written))),
		drafts: await small('drafts'),
		meta: await small('meta')
	};
}

type Sealed = Awaited<ReturnType<typeof sealAll>> & { key: CryptoKey };

/** Answers false when what was sealed is no longer what lies there. */
async function replace(name: string, old: Old, sealed: Sealed): Promise<boolean> {
	let moved = false;
	let trouble: unknown = null;
	try {
		const database = await openDB<Stores>(name, VERSION, {
			async upgrade(database, _version, _newer, transaction) {
				transaction.done.catch(() => {
					// Told by the opening that fails.
				});
				try {
					const now = await readStores(transaction as unknown as OldTransaction);
					moved = JSON.stringify(now) !== JSON.stringify(old);
					if (moved) giveUp(transaction);
					else await write(database, transaction, sealed);
				} catch (error) {
					trouble = error;
					giveUp(transaction);
				}
			}
		});
		database.close();
		return true;
	} catch (error) {
		if (moved) return false;
		throw trouble ?? error;
	}
}

async function write(
	database: IDBPDatabase<Stores>,
	transaction: IDBPTransaction<Stores, ArrayLike<StoreName>, 'versionchange'>,
	{ key, pages, outbox, returned, sent, drafts, meta }: Sealed
): Promise<void> {
	for (const name of ['records', 'returned', 'sent']) database.deleteObjectStore(name as StoreName);
	layOutSealed(database);
	// Emptied and not laid out anew: it goes on counting, and a place is never given twice.
	const waiting = transaction.objectStore('outbox');
	await waiting.clear();
	waiting.deleteIndex('change_id');
	waiting.createIndex('change_id', 'change_id', { unique: true });

	await transaction.objectStore('keys').put(key, KEY);
	number(transaction);
	for (const { stored } of pages) await transaction.objectStore('pages').put(stored);
	for (const one of outbox) await waiting.put(one);
	for (const one of returned) await transaction.objectStore('returned').put(one);
	for (const one of sent) await transaction.objectStore('sent').put(one);
	for (const { key, value } of drafts) await transaction.objectStore('drafts').put(value, key);
	for (const { key, value } of meta) await transaction.objectStore('meta').put(value, key);
}
