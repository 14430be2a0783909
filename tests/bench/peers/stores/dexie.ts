import Dexie from 'dexie';
import type { Change } from '../../../../src/lib/domain/change';
import { cardOf, PAGE, type Home, type Seen, type Store } from '../store';

let database: typeof Dexie;

/** Dexie with `bulkPut`, a page of the pull and its cursors in one transaction, strict as ours is. */
export default {
	async open(name) {
		database = new Dexie(name, { chromeTransactionDurability: 'strict' });
		database.version(1).stores({
			households: 'id, label',
			visits: 'id, household_id',
			outbox: '++place',
			cursors: ''
		});
		await database.open();
	},

	async ingest({ groups }, { households, visits }) {
		const stores = [database.households, database.visits, database.cursors];
		await database.transaction('rw', stores, async () => {
			await Promise.all([
				database.households.bulkPut(households),
				database.visits.bulkPut(visits),
				database.cursors.bulkPut(
					groups.map(({ cursor }) => cursor),
					groups.map(({ group_id }) => group_id)
				)
			]);
		});
	},

	async page() {
		const homes: Home[] = await database.households.orderBy('label').limit(PAGE).toArray();
		const ids = homes.map(({ id }) => id);
		const visits: Seen[] = await database.visits.where('household_id').anyOf(ids).toArray();
		return homes.map((home) =>
			cardOf(
				home,
				visits.filter((one) => one.household_id === home.id)
			)
		);
	},

	async all() {
		const [households, visits] = await Promise.all([
			database.households.toArray(),
			database.visits.toArray()
		]);
		return { households, visits };
	},

	async save(change: Change) {
		await database.transaction('rw', [database.visits, database.outbox], async () => {
			const row = { id: change.record_id, group_id: change.group_id, ...change.fields };
			await Promise.all([database.visits.put(row), database.outbox.add(change)]);
		});
	},

	async close() {
		database.close();
	}
} satisfies Store;
