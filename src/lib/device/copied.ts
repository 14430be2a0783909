import { wrap, type DBSchema, type IDBPDatabase } from 'idb';
import type { Sealed, SealedChange, SealedReturned } from './stores';

/** A change that only this phone has: it waits, or it was sent back and has a verdict. */
export type UnsentChange = SealedChange | SealedReturned;

/** What the copy holds, or what of the phone's database belongs in it; sealed as it lies there. */
export type Unsent = {
	key: CryptoKey | undefined;
	/** Which database it is: one that was laid out anew is another one. Undefined: of none yet. */
	generation: number | undefined;
	changes: Map<string, UnsentChange>;
	drafts: Map<string, Sealed>;
	meta: Map<string, Sealed>;
};

export interface Copied extends DBSchema {
	keys: { key: string; value: CryptoKey };
	counts: { key: string; value: number };
	/** With the number of the write of the phone's database that brought it, or was to bring it. */
	changes: { key: string; value: UnsentChange & { write: number } };
	drafts: { key: string; value: Sealed };
	meta: { key: string; value: Sealed };
}

export const COPIED = ['keys', 'counts', 'changes', 'drafts', 'meta'] as const;

/** Opens the database of the copy, which is laid out when it is new. */
export async function openCopied(factory: IDBFactory, name: string): Promise<IDBPDatabase<Copied>> {
	const opening = factory.open(name, 1);
	opening.onupgradeneeded = () => {
		const database = opening.result;
		database.createObjectStore('changes', { keyPath: 'change_id' });
		for (const store of ['keys', 'counts', 'drafts', 'meta']) database.createObjectStore(store);
	};
	const database = (await wrap(opening)) as unknown as IDBPDatabase<Copied>;
	// Somebody empties the phone: an open connection must not hold that up.
	database.addEventListener('versionchange', () => database.close());
	return database;
}

type Keyed = { getAllKeys(): Promise<string[]>; getAll(): Promise<Sealed[]> };

/** What lies in a store, by its key. */
export async function mapOf(store: Keyed): Promise<Map<string, Sealed>> {
	const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
	return new Map(keys.map((key, n) => [key, values[n] as Sealed]));
}
