import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Bytes } from '../domain/bundle/bytes';
import type { Counts } from '../domain/bundle/bundle';
import type { PhoneKey, ServerKey } from './seal';

/** What a person needs on this phone to hand in without a session. The private key cannot be taken out. */
export type Kit = PhoneKey & {
	public_key: string;
	person_id: string;
	server: ServerKey;
	/** When the server heard of it last (ms). */
	told_at: number;
	/** When the server was asked last whether its person is still there (ms), while somebody else holds the phone. */
	asked_at?: number;
};

/** A sealed bundle that somebody gave to this phone to hand in. */
export type Carried = {
	id: string;
	/** Empty once it is handed in. */
	bundle: Bytes;
	size: number;
	/** ISO time by the clock of this phone. */
	got_at: string;
	/** What became of it; null while it waits for a network. */
	counts: Counts | null;
	/** Why it is not taken, for good. */
	code: string | null;
};

interface Stores extends DBSchema {
	kits: { key: string; value: Kit };
	carried: { key: string; value: Carried };
}

let opened: Promise<IDBPDatabase<Stores>> | null = null;

/**
 * A database beside those of the persons: a kit outlives signing out, as unsent work does, and what is
 * carried belongs to nobody on this phone. It holds no record and no name that could be read.
 */
export function store(): Promise<IDBPDatabase<Stores>> {
	opened ??= openDB<Stores>('tung-nha-hand-in', 1, {
		upgrade(database) {
			database.createObjectStore('kits', { keyPath: 'person_id' });
			database.createObjectStore('carried', { keyPath: 'id' });
		},
		blocking: (_current, _blocked, event) => {
			opened = null;
			(event.target as IDBDatabase).close();
		},
		terminated: () => (opened = null)
	}).catch((error) => {
		opened = null;
		throw error;
	});
	return opened;
}

export async function kitOf(person_id: string): Promise<Kit | undefined> {
	return (await store()).get('kits', person_id);
}
