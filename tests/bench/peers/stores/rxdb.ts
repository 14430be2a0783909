import { createRxDatabase } from 'rxdb/plugins/core';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { PROTOCOL } from '../../../../src/lib/data/functions';
import type { Change, PullAnswer, PushAnswer } from '../../../../src/lib/domain/change';
import { newId } from '../../../../src/lib/domain/id';
import {
	cardOf,
	PAGE,
	rowsOf,
	type All,
	type Home,
	type Seen,
	type Server,
	type Store
} from '../store';

type Doc = { id: string; kind: 'household' | 'visit'; sort: string; group_id: string };
type Found = { toJSON(): Doc & Home & Seen };
type Batch = { newDocumentState: Doc & Record<string, unknown> }[];

/** As many as our own push sends at once; its default of 100 would ask twice as often. */
const PUSHED = 200;
/** As many as our server gives at once. */
const PULLED = 3000;

/**
 * One collection, since our server answers all kinds of a group together; `sort` is what a page is
 * ordered or looked up by. Without the checking of schemas, which is meant for development.
 */
const schema = {
	version: 0,
	primaryKey: 'id',
	type: 'object',
	properties: {
		id: { type: 'string', maxLength: 36 },
		kind: { type: 'string', maxLength: 9 },
		sort: { type: 'string', maxLength: 80 },
		group_id: { type: 'string', maxLength: 36 }
	},
	required: ['id', 'kind', 'sort', 'group_id'],
	indexes: [['kind', 'sort']]
};

let database: Awaited<ReturnType<typeof createRxDatabase>>;

/** RxDB on its open-source storage, with `bulkInsert`, and a replication of our own to our server. */
export default {
	async open(name) {
		database = await createRxDatabase({
			name,
			storage: getRxStorageDexie(),
			multiInstance: false,
			eventReduce: true
		});
		await database.addCollections({ records: { schema } });
	},

	async ingest(_, rows) {
		const { error } = await database.records.bulkInsert(docsOf(rows));
		if (error.length > 0) throw new Error(JSON.stringify(error[0]));
	},

	async page() {
		const homes = await find({ kind: 'household' }, PAGE);
		const sorts = homes.map(({ id }) => id);
		const visits = await find({ kind: 'visit', sort: { $in: sorts } });
		return homes.map((home) =>
			cardOf(
				home,
				visits.filter((one) => one.sort === home.id)
			)
		);
	},

	async all() {
		const [households, visits] = [await find({ kind: 'household' }), await find({ kind: 'visit' })];
		return { households, visits };
	},

	async save(change: Change) {
		await database.records.insert(docOf(change));
	},

	async queue(changes: Change[]) {
		await database.records.bulkInsert(changes.map(docOf));
	},

	async sync(server: Server) {
		const replication = replicateRxCollection({
			collection: database.records,
			replicationIdentifier: server.api,
			live: false,
			push: { batchSize: PUSHED, handler: (rows: Batch) => push(server, rows) },
			pull: {
				batchSize: PULLED,
				handler: (checkpoint: Record<string, string> | undefined) => pull(server, checkpoint ?? {})
			}
		});
		const failed = new Promise<never>((_, reject) => replication.error$.subscribe(reject));
		await Promise.race([replication.awaitInitialReplication(), failed]);
	},

	async close() {
		await database.close();
	}
} satisfies Store;

async function find(selector: object, limit?: number) {
	const query = { selector, sort: [{ kind: 'asc' }, { sort: 'asc' }], limit };
	const found: Found[] = await database.records.find(query).exec();
	return found.map((one) => one.toJSON());
}

async function push(server: Server, rows: Batch): Promise<unknown[]> {
	const at = new Date().toISOString();
	const changes = rows.map(({ newDocumentState: { id, kind, group_id, sort, ...rest } }) => {
		const ours = Object.entries(rest).filter(([name]) => !name.startsWith('_'));
		const edit = { kind, record_id: id, group_id, base: null, fields: Object.fromEntries(ours) };
		return { ...edit, change_id: newId(), at };
	});
	const answer = await ask<PushAnswer>(server, 'push', { device: {}, changes });
	const odd = answer.verdicts.find(({ verdict }) => verdict !== 'applied');
	if (odd) throw new Error(JSON.stringify(odd));
	return [];
}

async function pull(server: Server, cursors: Record<string, string>) {
	const documents: object[] = [];
	let more = true;
	// Fewer than asked for means the end to it: a short page is filled up by the next one.
	while (more && documents.length < PULLED) {
		const answer = await ask<PullAnswer>(server, 'pull', { cursors });
		documents.push(...docsOf(rowsOf(answer)).map((doc) => ({ ...doc, _deleted: false })));
		cursors = Object.fromEntries(answer.groups.map((one) => [one.group_id, one.cursor]));
		more = answer.groups.some((group) => group.more);
	}
	return { documents, checkpoint: cursors };
}

async function ask<T>(server: Server, name: string, args: object): Promise<T> {
	const response = await fetch(`${server.api}/rest/v1/rpc/${name}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${server.token}` },
		body: JSON.stringify({ protocol: PROTOCOL, ...args })
	});
	if (!response.ok) throw new Error(await response.text());
	return response.json();
}

function docsOf({ households, visits }: All): Doc[] {
	return [
		...households.map((row) => ({ ...row, kind: 'household' as const, sort: row.label })),
		...(visits as (Seen & { group_id: string })[]).map((row) => ({
			...row,
			kind: 'visit' as const,
			sort: row.household_id ?? ''
		}))
	];
}

function docOf({ record_id: id, group_id, fields }: Change): Doc {
	const { household_id } = fields as Pick<Seen, 'household_id'>;
	return { id, kind: 'visit', group_id, sort: household_id ?? '', ...fields };
}
