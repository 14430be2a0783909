import type { PulledGroup } from '../domain/change';
import type { Row } from '../domain/record';
import type { Writing } from './database';

/** A change that the server has confirmed and that no pull has shown yet. */
type Unproven = { change_id: string; group_id: string; record_id: string; seq: number };

const KEY = 'unproven';

/**
 * Notes a confirmed change until a pull shows it. Between its confirmation and that pull the server
 * may be restored from a backup that lacks it, and the cursor, older than the change, would not tell.
 */
export async function doubt(transaction: Writing, one: Unproven): Promise<void> {
	await keep(transaction, [...(await read(transaction)), one]);
}

/**
 * Takes note of what a pull has shown of a group. Answers whether the group was told to its end and
 * something confirmed was not in it: then the server lost it.
 */
export async function prove(
	transaction: Writing,
	group: PulledGroup,
	rows: Row[]
): Promise<boolean> {
	const all = await read(transaction);
	if (all.length === 0) return false;
	const seqs = new Map(rows.map((row) => [row.id, row.seq ?? 0]));
	const left = all.filter((one) => (seqs.get(one.record_id) ?? -1) < one.seq);
	await keep(transaction, left);
	return !group.more && left.some((one) => one.group_id === group.group_id);
}

/** The group begins anew: everything that was sent is sent again. */
export async function undoubt(transaction: Writing, group_id: string): Promise<void> {
	const all = await read(transaction);
	if (all.length === 0) return;
	await keep(
		transaction,
		all.filter((one) => one.group_id !== group_id)
	);
}

async function read(transaction: Writing): Promise<Unproven[]> {
	return ((await transaction.objectStore('meta').get(KEY)) as Unproven[] | undefined) ?? [];
}

async function keep(transaction: Writing, all: Unproven[]): Promise<void> {
	await transaction.objectStore('meta').put(all, KEY);
}
