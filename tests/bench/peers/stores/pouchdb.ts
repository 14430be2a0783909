import PouchDB from 'pouchdb-browser';
import type { Change } from '../../../../src/lib/domain/change';
import { cardOf, PAGE, type Home, type Seen, type Server, type Store } from '../store';
import { homeDoc, visitDoc } from './pouchdb_docs';

type Found<T> = { rows: { doc: T }[] };

const BATCH = { batch_size: 1000, batches_limit: 5 };
/** Behind every id that begins with the same words. */
const END = '\uffff';

let database: typeof PouchDB;

/**
 * PouchDB with `bulkDocs` and with ids that sort as the page needs them, which its guide prefers to
 * an index of its own. It promises no more of a write than that the browser took it.
 */
export default {
	async open(name) {
		database = new PouchDB(name, { auto_compaction: true, revs_limit: 1 });
		await database.info();
	},

	async ingest(_, { households, visits }) {
		await database.bulkDocs([...households.map(homeDoc), ...visits.map(visitDoc)]);
	},

	async page() {
		const homes = await between<Home>('household:', PAGE);
		return Promise.all(
			homes.map(async (home) => cardOf(home, await between<Seen>(`visit:${home.id}:`)))
		);
	},

	async all() {
		const [households, visits] = await Promise.all([
			between<Home>('household:'),
			between<Seen>('visit:')
		]);
		return { households, visits };
	},

	async save({ record_id: id, group_id, fields }: Change) {
		await database.put(visitDoc({ id, group_id, ...(fields as Omit<Seen, 'id'>) }));
	},

	async queue(changes: Change[]) {
		await database.bulkDocs(
			changes.map(({ record_id: id, group_id, fields }) =>
				visitDoc({ id, group_id, ...(fields as Omit<Seen, 'id'>) })
			)
		);
	},

	async sync({ couch }: Server) {
		const server = new PouchDB(couch, { skip_setup: true });
		await PouchDB.replicate(database, server, BATCH);
		await PouchDB.replicate(server, database, BATCH);
	},

	async close() {
		await database.close();
	}
} satisfies Store;

async function between<T>(start: string, limit?: number): Promise<T[]> {
	const options = { startkey: start, endkey: start + END, include_docs: true };
	const found: Found<T> = await database.allDocs(limit ? { ...options, limit } : options);
	return found.rows.map(({ doc }) => doc);
}
