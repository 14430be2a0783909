import { openDB } from 'idb';
import type { Row } from '../../src/lib/domain/record';
import type { Returned, Sent } from '../../src/lib/device/stores';

/** What a phone held in version 1 of its database, where everything lay in the clear. */
export type HeldInVersion1 = {
	records?: Row[];
	outbox?: Omit<Sent, 'place'>[];
	returned?: Returned[];
	sent?: Sent[];
	cursors?: Record<string, string>;
	drafts?: Record<string, unknown>;
	meta?: Record<string, unknown>;
};

/** Opens the database of a person as version 1 laid it out; that code is no longer there. */
export function openVersion1(person_id: string, blocking?: () => void) {
	return openDB(`tung-nha-${person_id}`, 1, {
		upgrade(database) {
			const records = database.createObjectStore('records', { keyPath: ['kind', 'id'] });
			records.createIndex('group', 'group_id');
			const outbox = database.createObjectStore('outbox', {
				keyPath: 'place',
				autoIncrement: true
			});
			outbox.createIndex('change_id', 'change.change_id', { unique: true });
			database.createObjectStore('returned', { keyPath: 'change.change_id' });
			const sent = database.createObjectStore('sent', { keyPath: 'change.change_id' });
			sent.createIndex('group', 'change.group_id');
			sent.createIndex('place', 'place');
			database.createObjectStore('cursors');
			database.createObjectStore('drafts');
			database.createObjectStore('meta');
		},
		blocking(_current, _blocked, event) {
			blocking?.();
			(event.target as IDBDatabase).close();
		}
	});
}

/** Leaves a phone as version 1 left it. */
export async function leaveVersion1(person_id: string, held: HeldInVersion1): Promise<void> {
	const database = await openVersion1(person_id);
	const { records = [], outbox = [], returned = [], sent = [] } = held;
	for (const row of records) await database.put('records', row);
	for (const written of outbox) await database.add('outbox', written);
	for (const one of returned) await database.put('returned', one);
	for (const one of sent) await database.put('sent', one);
	for (const store of ['cursors', 'drafts', 'meta'] as const)
		for (const [key, value] of Object.entries(held[store] ?? {}))
			await database.put(store, value, key);
	database.close();
}
