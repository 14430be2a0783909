import {
	openDB,
	type DBSchema,
	type IDBPDatabase,
	type IDBPTransaction,
	type OpenDBCallbacks,
	type StoreNames
} from 'idb';
import type { Change, Verdict } from '../domain/change';
import type { Kind, Row } from '../domain/record';
import { DeviceError, deviceError, nameOf } from './problem';

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

export interface Stores extends DBSchema {
	/** What the server has confirmed. What was only written here is in the outbox. */
	records: { key: [Kind, string]; value: Row; indexes: { group: string } };
	/**
	 * In the order of writing, by a number of our own: change ids follow the phone's clock, and a
	 * clock that was set back would send the correction of a record before the record. What waits
	 * again after a restore still knows that it was taken once.
	 */
	outbox: {
		key: number;
		value: Sent;
		indexes: { change_id: string };
	};
	returned: { key: string; value: Returned };
	/** What the server has, kept a while in case it is restored from a backup that lacks it. */
	sent: { key: string; value: Sent; indexes: { group: string; place: number } };
	cursors: { key: string; value: string };
	drafts: { key: string; value: unknown };
	meta: { key: string; value: unknown };
}

export type StoreName = StoreNames<Stores>;
export type Reading = IDBPTransaction<Stores, StoreName[], 'readonly'>;
export type Writing = IDBPTransaction<Stores, StoreName[], 'readwrite'>;

const VERSION = 1;

/**
 * One browser database. The connection may go at any time (another tab brings a newer version, the
 * browser needs memory), so each transaction opens it again when it must.
 */
export class Database {
	#name: string;
	#connection: Promise<IDBPDatabase<Stores>> | null = null;

	constructor(name: string) {
		this.#name = name;
	}

	/** Everything that `work` reads, at one moment. */
	async read<T>(stores: StoreName[], work: (transaction: Reading) => Promise<T>): Promise<T> {
		const transaction = await this.#begin((connection) => connection.transaction(stores));
		return finish(transaction, work);
	}

	/**
	 * Everything that `work` writes, or nothing of it: any error inside takes all of it back.
	 * With `strict`, the answer comes only after the disk has it.
	 * @throws DeviceError
	 */
	async write<T>(
		stores: StoreName[],
		durability: 'strict' | 'relaxed',
		work: (transaction: Writing) => Promise<T>
	): Promise<T> {
		const transaction = await this.#begin((connection) =>
			connection.transaction(stores, 'readwrite', { durability })
		);
		return finish(transaction, work);
	}

	close(): void {
		this.#connection
			?.then((connection) => connection.close())
			.catch(() => {
				// It never opened: there is nothing to close.
			});
		this.#connection = null;
	}

	async #begin<T>(begin: (connection: IDBPDatabase<Stores>) => T): Promise<T> {
		try {
			return begin(await this.#open());
		} catch (error) {
			if (nameOf(error) !== 'InvalidStateError') throw deviceError(error);
			// The connection closed behind our back; nothing was begun, so once more is safe.
			this.#connection = null;
			return begin(await this.#open());
		}
	}

	#open(): Promise<IDBPDatabase<Stores>> {
		const forget = () => {
			if (this.#connection === opening) this.#connection = null;
		};
		const opening = (this.#connection ??= open(this.#name, forget));
		opening.catch(forget);
		return opening;
	}
}

/** @param onclose called when the connection is gone without our asking */
function open(name: string, onclose: () => void): Promise<IDBPDatabase<Stores>> {
	return new Promise((resolve, reject) => {
		let given_up = false;
		const options: OpenDBCallbacks<Stores> = {
			upgrade,
			blocked() {
				// A tab with an older version does not let go. Say so instead of waiting without a word.
				given_up = true;
				reject(new DeviceError('storage_blocked'));
			},
			blocking(_current, _blocked, event) {
				// Another tab brings a newer version: let it, and open again when needed.
				onclose();
				(event.target as IDBDatabase).close();
			},
			terminated: onclose
		};
		// Where databases are forbidden, already the call throws.
		const opening = (async () => openDB<Stores>(name, VERSION, options))();
		opening.then(
			(connection) => (given_up ? connection.close() : resolve(connection)),
			(error: unknown) => reject(openingError(error))
		);
	});
}

function upgrade(database: IDBPDatabase<Stores>): void {
	const records = database.createObjectStore('records', { keyPath: ['kind', 'id'] });
	records.createIndex('group', 'group_id');
	const outbox = database.createObjectStore('outbox', { keyPath: 'place', autoIncrement: true });
	outbox.createIndex('change_id', 'change.change_id', { unique: true });
	database.createObjectStore('returned', { keyPath: 'change.change_id' });
	const sent = database.createObjectStore('sent', { keyPath: 'change.change_id' });
	sent.createIndex('group', 'change.group_id');
	sent.createIndex('place', 'place');
	database.createObjectStore('cursors');
	database.createObjectStore('drafts');
	database.createObjectStore('meta');
}

function openingError(cause: unknown): DeviceError {
	const error = deviceError(cause);
	return error.code === 'storage_failed' ? new DeviceError('storage_unavailable', cause) : error;
}

async function finish<M extends 'readonly' | 'readwrite', T>(
	transaction: IDBPTransaction<Stores, StoreName[], M>,
	work: (transaction: IDBPTransaction<Stores, StoreName[], M>) => Promise<T>
): Promise<T> {
	try {
		const [result] = await Promise.all([work(transaction), transaction.done]);
		return result;
	} catch (error) {
		const abandoned = transaction.done.catch(() => undefined);
		try {
			transaction.abort();
		} catch {
			// It had aborted by itself: that is what brought us here.
		}
		await abandoned;
		throw deviceError(transaction.error ?? error);
	}
}
