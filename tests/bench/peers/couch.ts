import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PullAnswer } from '../../../src/lib/domain/change';
import { rowsOf } from './store';
import { homeDoc, visitDoc } from './stores/pouchdb_docs';

export type Couch = Awaited<ReturnType<typeof openCouch>>;

/** A server that speaks CouchDB's protocol, in this process, with its databases in memory. */
export async function openCouch() {
	const [core, memory, mapreduce, replication, http, express] = await Promise.all([
		import('pouchdb-core'),
		import('pouchdb-adapter-memory'),
		import('pouchdb-mapreduce'),
		import('pouchdb-replication'),
		import('pouchdb-adapter-http'),
		import('express-pouchdb')
	]);
	const PouchDB = [memory, mapreduce, replication, http].reduce(
		(pouch, plugin) => pouch.plugin(plugin.default),
		core.default
	);
	const app = express.default(PouchDB, { mode: 'minimumForPouchDB', inMemoryConfig: true });

	return {
		/** Fills a database with what a first pull brings. */
		async fill(name: string, answers: string[]) {
			const database = new PouchDB(name, { adapter: 'memory' });
			for (const text of answers) {
				const { households, visits } = rowsOf(JSON.parse(text) as PullAnswer);
				await database.bulkDocs([...households.map(homeDoc), ...visits.map(visitDoc)]);
			}
		},
		answer: (request: IncomingMessage, response: ServerResponse) => app(request, response)
	};
}
