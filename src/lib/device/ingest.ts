import type { PullAnswer, PulledGroup } from '../domain/change';
import type { Row } from '../domain/record';
import type { Writing } from './database';
import { pulledRows } from './shown';
import { cursorsOf } from './cursors';
import { prove, undoubt } from './unproven';

/** The stores that taking in a pull touches. */
export const INGESTED = ['records', 'cursors', 'sent', 'outbox', 'meta'] as const;

/** The ids of records that left the phone, the records that came, and where to go on. */
export type Ingested = {
	dropped: string[];
	confirmed: Row[];
	cursors: Record<string, string>;
	/** Whether every group of the answer was taken. */
	whole: boolean;
};

/**
 * Takes in a pull inside a transaction: the rows together with the cursors that stand behind them.
 * It writes only what the server confirmed and what the server lost; what waits is left alone.
 *
 * A group without a cursor begins anew like one that the server resets: if something was sent before
 * the first pull, only the cursor could have told that the server lost it since.
 *
 * @param asked the cursors that were asked with. A group that another tab has taken further meanwhile
 *   is left as it is: its newer cursor may be the one that the server no longer knows
 */
export async function ingestAll(
	transaction: Writing,
	answer: PullAnswer,
	asked?: Record<string, string>
): Promise<Ingested> {
	const dropped = await leaveGroups(transaction, answer);
	const confirmed: Row[] = [];
	const cursors = transaction.objectStore('cursors');
	let whole = true;
	for (const group of answer.groups) {
		const cursor = (await cursors.get(group.group_id)) ?? '';
		if (asked && cursor !== (asked[group.group_id] ?? '')) {
			whole = false;
			continue;
		}
		if (group.reset || !cursor) {
			dropped.push(...(await dropRecords(transaction, group.group_id)));
			await sendAgain(transaction, group.group_id);
			await undoubt(transaction, group.group_id);
		}
		dropped.push(...(await letGo(transaction, group)));
		confirmed.push(...(await store(transaction, group)));
	}
	const [keys, values] = [await cursors.getAllKeys(), await cursors.getAll()];
	return { dropped, confirmed, cursors: cursorsOf(keys, values), whole };
}

/**
 * Drops the groups that are no longer in scope, also one that was never pulled: a change whose first
 * answer was lost may be confirmed only after its group has gone.
 */
async function leaveGroups(transaction: Writing, answer: PullAnswer): Promise<string[]> {
	const in_scope = new Set(answer.groups.map((group) => group.group_id));
	const cursors = transaction.objectStore('cursors');
	const sent = transaction.objectStore('sent');
	const dropped: string[] = [];
	for (const group_id of await groupsHere(transaction)) {
		if (in_scope.has(group_id)) continue;
		dropped.push(...(await dropRecords(transaction, group_id)));
		const keys = await sent.index('group').getAllKeys(group_id);
		await Promise.all(keys.map((change_id) => sent.delete(change_id)));
		await cursors.delete(group_id);
		await undoubt(transaction, group_id);
	}
	return dropped;
}

async function groupsHere(transaction: Writing): Promise<Set<string>> {
	const here = new Set(await transaction.objectStore('cursors').getAllKeys());
	for (const name of ['records', 'sent'] as const) {
		const groups = transaction.objectStore(name).index('group');
		let next = await groups.openKeyCursor(null, 'nextunique');
		for (; next; next = await next.continue()) here.add(next.key);
	}
	return here;
}

async function dropRecords(transaction: Writing, group_id: string): Promise<string[]> {
	const records = transaction.objectStore('records');
	const keys = await records.index('group').getAllKeys(group_id);
	await Promise.all(keys.map((key) => records.delete(key)));
	return keys.map(([, id]) => id);
}

/**
 * The server no longer has the history of this group that this phone knew: it was restored from a
 * backup. What was sent lately waits again, at its old place in the order; what the backup did have
 * is answered as a duplicate.
 */
async function sendAgain(transaction: Writing, group_id: string): Promise<void> {
	const sent = transaction.objectStore('sent');
	for (const written of await sent.index('group').getAll(group_id)) {
		await transaction.objectStore('outbox').put(written);
		await sent.delete(written.change.change_id);
	}
}

/** What has moved to another group leaves the phone, unless it is here already as that group's. */
async function letGo(transaction: Writing, { group_id, moved = [] }: PulledGroup) {
	const records = transaction.objectStore('records');
	const dropped: string[] = [];
	for (const { kind, id } of moved) {
		if ((await records.get([kind, id]))?.group_id !== group_id) continue;
		await records.delete([kind, id]);
		dropped.push(id);
	}
	return dropped;
}

async function store(transaction: Writing, group: PulledGroup): Promise<Row[]> {
	const rows = pulledRows(group);
	const records = transaction.objectStore('records');
	await Promise.all(rows.map((row) => records.put(row)));
	// Without a cursor the group begins anew at the next call, like one that the server resets.
	const cursors = transaction.objectStore('cursors');
	if (await prove(transaction, group, [...rows, ...(group.moved ?? [])]))
		await cursors.delete(group.group_id);
	else await cursors.put(group.cursor, group.group_id);
	return rows;
}
