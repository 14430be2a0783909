import type { DBSchema, IDBPTransaction, StoreNames } from 'idb';
import type { Change, Verdict } from '../domain/change';

/** A change that was written here, with its place in the order of writing. */
export type Written = { place: number; change: Change };

/** A change that the server has. What was sent by an earlier version knows nothing of the answer. */
export type Sent = Written & {
	/** The number that the change got in its group. */
	seq?: number | null;
	/** When the server answered, by its clock (ISO). */
	taken_at?: string;
};

/** A change that the server sent back, for a look. */
export type Returned = Written & { verdict: Verdict };

/** A change that the server has confirmed and that no pull has shown yet. */
export type Unproven = Pick<Change, 'change_id' | 'group_id' | 'record_id' | 'fields'> & {
	seq: number;
};

/** Bytes that only the key of this phone opens. */
export type Sealed = Uint8Array<ArrayBuffer>;

/** A change as it lies on the disk: in the clear is only what it is found and ordered by. */
export type SealedChange = Omit<Sent, 'change'> &
	Omit<Change, 'fields' | 'at'> & { sealed: Sealed };

export type SealedReturned = SealedChange & { verdict: Sealed };

/** Records of a group as they lie on the disk. */
export type SealedPage = {
	/** The write that brought it, and which page of that write it is: the order of all pages. */
	place: [write: number, page: number];
	group_id: string;
	/** Whether it is what many pages were packed into, or what came since. */
	packed: boolean;
	sealed: Sealed;
};

export interface Stores extends DBSchema {
	/** The key of this phone. It cannot be taken out of the browser, only used in it. */
	keys: { key: string; value: CryptoKey };
	/** `writes`: how often the logbook was written in. Who writes first looks whether it has moved. */
	counts: { key: string; value: number };
	/** What the server has confirmed, a later page over an earlier one; what was only written here is in the outbox. */
	pages: { key: SealedPage['place']; value: SealedPage; indexes: { group: string } };
	/**
	 * In the order of writing, by a number of our own: change ids follow the phone's clock, and a
	 * clock that was set back would send the correction of a record before the record. What waits
	 * again after a restore still knows that it was taken once.
	 */
	outbox: { key: number; value: SealedChange; indexes: { change_id: string } };
	returned: { key: string; value: SealedReturned };
	/** What the server has, kept a while in case it is restored from a backup that lacks it. */
	sent: { key: string; value: SealedChange; indexes: { group: string; place: number } };
	cursors: { key: string; value: string };
	drafts: { key: string; value: Sealed };
	meta: { key: string; value: Sealed };
}

export type StoreName = StoreNames<Stores>;
export type Reading = IDBPTransaction<Stores, StoreName[], 'readonly'>;
export type Writing = IDBPTransaction<Stores, StoreName[], 'readwrite'>;

export const VERSION = 2;

/** Where in `keys` the key of this phone lies. */
export const KEY = 'records';

/** Where in `meta` it is noted what no pull has shown yet. */
export const UNPROVEN = 'unproven';
