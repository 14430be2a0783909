import { openDB, type IDBPDatabase, type IDBPTransaction, type OpenDBCallbacks } from 'idb';
import { DeviceError, deviceError, nameOf } from './problem';
import { Seal } from './seal';
import type { SecondCopy } from './second_copy';
import { KEY, VERSION, type Reading, type StoreName, type Stores, type Writing } from './stores';

type Mode = 'readonly' | 'readwrite';
type Work<M extends Mode, T> = (transaction: IDBPTransaction<Stores, StoreName[], M>) => Promise<T>;

/**
 * One browser database. The connection may go at any time (another tab brings a newer version, the
 * browser needs memory), so each transaction opens it again when it must.
 *
 * A transaction ends by itself when it has nothing to do for a moment, and sealing takes a moment:
 * whatever is written is sealed before, whatever is read is opened afterwards.
 */
export class Database {
	#name: string;
	#connection: Promise<IDBPDatabase<Stores>> | null = null;
	#seal: Promise<Seal> | null = null;
	#copy: Promise<SecondCopy | null> | null = null;
	#closed = false;

	constructor(name: string) {
		this.#name = name;
	}

	/** Everything that `work` reads, at one moment. */
	read<T>(stores: StoreName[], work: (transaction: Reading) => Promise<T>): Promise<T> {
		return this.#once((connection) => connection.transaction(stores), work);
	}

	/**
	 * Everything that `work` writes, or nothing of it: any error inside takes all of it back.
	 * With `strict`, the answer comes only after the disk has it.
	 * @param work may be called twice, when the connection went: it writes by keys, or looks first
	 *   whether it was there before
	 * @throws DeviceError
	 */
	write<T>(
		stores: StoreName[],
		durability: 'strict' | 'relaxed',
		work: (transaction: Writing) => Promise<T>
	): Promise<T> {
		return this.#once(
			(connection) => connection.transaction(stores, 'readwrite', { durability }),
			work
		);
	}

	/** What closes and opens everything that lies here; its key is made with the database. */
	seal(): Promise<Seal> {
		const finding = (this.#seal ??= this.#findKey().then((key) => new Seal(key)));
		finding.catch(() => (this.#seal = null));
		return finding;
	}

	/** The second copy of what lies only here; null where there is none. The next who asks tries again. */
	copy(): Promise<SecondCopy | null> {
		return (this.#copy ??= import('./later')
			.then(({ copyOf }) => copyOf(this, this.#name))
			.catch(() => (this.#copy = null)));
	}

	/** Whether it was let go of. What was under way is still written, but nothing is to be begun. */
	get isClosed(): boolean {
		return this.#closed;
	}

	close(): void {
		this.#closed = true;
		void this.#copy?.then((copy) => copy?.close());
		this.#connection
			?.then((connection) => connection.close())
			.catch(() => {
				// It never opened: there is nothing to close.
			});
		this.#connection = null;
	}

	async #findKey(): Promise<CryptoKey> {
		const known = await this.read(['keys'], (transaction) =>
			transaction.objectStore('keys').get(KEY)
		);
		// It was there once: what it sealed is lost, and what comes is sealed anew.
		return known ?? (await bringingUp()).replaceKey(this);
	}

	/** Once, or once more on a new connection when the old one was gone. */
	async #once<M extends Mode, T>(
		begin: (connection: IDBPDatabase<Stores>) => IDBPTransaction<Stores, StoreName[], M>,
		work: Work<M, T>
	): Promise<T> {
		for (let again = false; ; again = true) {
			const opening = this.#open();
			const connection = await opening;
			try {
				return await finish(begin(connection), work);
			} catch (error) {
				if (again || !(await this.#isGone(opening, error))) throw deviceError(error);
				connection.close();
				if (this.#connection === opening) this.#connection = this.#seal = null;
			}
		}
	}

	/** Whether a transaction failed because its connection went, and not by itself. */
	async #isGone(opening: Promise<unknown>, error: unknown): Promise<boolean> {
		const name = nameOf(error);
		if (name === 'InvalidStateError' || name === 'UnknownError') return true;
		// The news that the connection went may come just behind that of the transaction.
		await new Promise((heard) => setTimeout(heard));
		return this.#connection !== opening;
	}

	#open(): Promise<IDBPDatabase<Stores>> {
		const forget = () => {
			if (this.#connection !== opening) return;
			this.#connection = null;
			// The browser may have lost all of it, the key too.
			this.#seal = null;
		};
		const opening = (this.#connection ??= open(this.#name, forget));
		opening.catch(forget);
		return opening;
	}
}

/** @param onclose called when the connection is gone without our asking */
async function open(name: string, onclose: () => void): Promise<IDBPDatabase<Stores>> {
	for (;;) {
		const opened = await openLatest(name, onclose);
		if (typeof opened === 'object') return opened;
		try {
			await (await bringingUp()).bringUp(name, opened);
		} catch (error) {
			throw openingError(error);
		}
	}
}

/** The number of its version when that is an older one: what is to be done needs a key first. */
function openLatest(name: string, onclose: () => void): Promise<IDBPDatabase<Stores> | number> {
	return new Promise((resolve, reject) => {
		let given_up = false;
		let found = VERSION;
		const options: OpenDBCallbacks<Stores> = {
			upgrade(_database, version, _newer, transaction) {
				found = version;
				transaction.done.catch(() => {
					// That is how it is left as it was.
				});
				transaction.abort();
			},
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
			(error: unknown) => (found < VERSION ? resolve(found) : reject(openingError(error)))
		);
	});
}

function openingError(cause: unknown): DeviceError {
	const error = deviceError(cause);
	return error.code === 'storage_failed' ? new DeviceError('storage_unavailable', cause) : error;
}

async function finish<M extends Mode, T>(
	transaction: IDBPTransaction<Stores, StoreName[], M>,
	work: Work<M, T>
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
		throw transaction.error ?? error;
	}
}

/** Needed once on each phone. */
function bringingUp() {
	return import('./bring_up');
}
