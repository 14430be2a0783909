import type { Change } from '../../../../src/lib/domain/change';
import { cardOf, PAGE, type Home, type Seen, type Store } from '../store';

/**
 * IndexedDB without a package, as a careful developer writes it: a record a row, a page of the pull
 * and its cursors in one transaction, a record and its outbox entry in one transaction.
 */
export function raw(durability: 'strict' | 'relaxed'): Store {
	let database: IDBDatabase;

	function writing(...stores: string[]) {
		const transaction = database.transaction(stores, 'readwrite', { durability });
		const done = new Promise<void>((resolve, reject) => {
			transaction.oncomplete = () => resolve();
			transaction.onabort = () => reject(transaction.error);
		});
		return { done, of: (name: string) => transaction.objectStore(name) };
	}

	return {
		async open(name) {
			const opening = indexedDB.open(name, 1);
			opening.onupgradeneeded = () => {
				const its = opening.result;
				its.createObjectStore('households', { keyPath: 'id' }).createIndex('label', 'label');
				its
					.createObjectStore('visits', { keyPath: 'id' })
					.createIndex('household_id', 'household_id');
				its.createObjectStore('outbox', { autoIncrement: true });
				its.createObjectStore('cursors');
			};
			database = await answerOf(opening);
		},

		async ingest({ groups }, { households, visits }) {
			const { done, of } = writing('households', 'visits', 'cursors');
			const [homes, seen, cursors] = [of('households'), of('visits'), of('cursors')];
			for (const row of households) homes.put(row);
			for (const row of visits) seen.put(row);
			for (const { group_id, cursor } of groups) cursors.put(cursor, group_id);
			await done;
		},

		async page() {
			const transaction = database.transaction(['households', 'visits']);
			const labels = transaction.objectStore('households').index('label');
			const visits = transaction.objectStore('visits').index('household_id');
			const homes = await answerOf<Home[]>(labels.getAll(null, PAGE));
			return Promise.all(
				homes.map(async (home) => cardOf(home, await answerOf<Seen[]>(visits.getAll(home.id))))
			);
		},

		async all() {
			const transaction = database.transaction(['households', 'visits']);
			const [households, visits] = await Promise.all([
				answerOf<Home[]>(transaction.objectStore('households').getAll()),
				answerOf<Seen[]>(transaction.objectStore('visits').getAll())
			]);
			return { households, visits };
		},

		async save(change: Change) {
			const { done, of } = writing('visits', 'outbox');
			of('visits').put({ id: change.record_id, group_id: change.group_id, ...change.fields });
			of('outbox').add(change);
			await done;
		},

		async close() {
			database.close();
		}
	};
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}
