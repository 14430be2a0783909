import type { Verdict } from '../domain/change';
import type { Row } from '../domain/record';
import type { Writing, Written } from './database';
import { newRow, withChanges } from './shown';

/** The stores that settling touches. */
export const SETTLED = ['outbox', 'returned', 'sent', 'records'] as const;

const DAY = 24 * 60 * 60 * 1000;
const SENT_KEPT = 14 * DAY;

/**
 * Settles one verdict inside a transaction: the change leaves the outbox for where it now belongs.
 * A change that is not in the outbox was settled by another tab, and a verdict that this version
 * does not know settles nothing. Answers the record as it is now confirmed, if that changed.
 */
export async function settleOne(
	transaction: Writing,
	verdict: Verdict,
	author_id: string,
	now: number
): Promise<Row | undefined> {
	const outbox = transaction.objectStore('outbox');
	const written = await outbox.index('change_id').get(verdict.change_id);
	if (!written || !isKnown(verdict)) return undefined;

	await outbox.delete(written.place);
	if (asksForALook(verdict, written))
		await transaction.objectStore('returned').put({ ...written, verdict });
	if (!isApplied(verdict)) return undefined;

	await transaction.objectStore('sent').put({ ...written, sent_at: now });
	await rebase(transaction, written, verdict);
	return confirm(transaction, written, verdict, author_id);
}

/**
 * Forgets what was sent long ago. Until then it is kept, because a server that was restored from a
 * backup may lack it, and this phone may be the only place that still has it.
 */
export async function forgetOldSent(transaction: Writing, now: number): Promise<void> {
	const sent = transaction.objectStore('sent');
	const old = await sent.index('sent_at').getAllKeys(IDBKeyRange.upperBound(now - SENT_KEPT));
	await Promise.all(old.map((change_id) => sent.delete(change_id)));
}

function isKnown({ verdict }: Verdict): boolean {
	return ['applied', 'merged', 'duplicate', 'discarded', 'refused', 'invalid'].includes(verdict);
}

function isApplied({ verdict }: Verdict): boolean {
	return verdict === 'applied' || verdict === 'merged' || verdict === 'duplicate';
}

/** What was not taken as it was written, or was written over someone else's words. */
function asksForALook({ verdict, fields }: Verdict, { change }: Written): boolean {
	if (verdict === 'refused' || verdict === 'invalid') return true;
	// Written to a record that someone else discarded meanwhile. Discarding it twice is no trouble.
	if (verdict === 'discarded') return change.fields.discarded !== true;
	return (fields?.length ?? 0) > 0;
}

/**
 * What was written here on top of a record before the server had numbered it saw exactly the record
 * that was then created, so it is based on that number.
 */
async function rebase(transaction: Writing, { change }: Written, verdict: Verdict): Promise<void> {
	if (change.base !== null || verdict.seq == null) return;
	const outbox = transaction.objectStore('outbox');
	for (const later of await outbox.getAll())
		if (later.change.record_id === change.record_id && later.change.base === null)
			await outbox.put({ ...later, change: { ...later.change, base: verdict.seq } });
}

/**
 * Takes the change over into the confirmed record, so that it stays in sight until it is pulled.
 * The record keeps the number that was pulled, not the one of this change: others may have changed
 * it in between, and the next change must not claim to have seen that.
 */
async function confirm(
	transaction: Writing,
	{ change }: Written,
	verdict: Verdict,
	author_id: string
): Promise<Row | undefined> {
	const records = transaction.objectStore('records');
	const known = await records.get([change.kind, change.record_id]);
	const already_pulled = known?.seq != null && verdict.seq != null && known.seq >= verdict.seq;
	if (already_pulled) return undefined;

	const created = newRow(change, author_id);
	const before = known ?? (created && { ...created, seq: verdict.seq ?? null });
	const row = withChanges(before, [change]);
	if (row) await records.put(row);
	return row;
}
