import { VERDICTS, type Verdict } from '../domain/change';
import type { Row } from '../domain/record';
import type { Sent, Writing, Written } from './database';
import { newRow, withChanges } from './shown';
import { doubt, type Unproven } from './unproven';

/** The stores that settling touches. */
export const SETTLED = ['outbox', 'returned', 'sent', 'records', 'meta'] as const;

/** How long what was sent is kept, by the server's clock: the phone's own may jump by a year. */
const KEPT_MS = 14 * 24 * 60 * 60 * 1000;

/** Kept however old, since a phone may not have asked the server for long. */
const SENT_KEPT = 1000;

/**
 * Settles verdicts inside a transaction: each change leaves the outbox for where it now belongs.
 * A change that is not in the outbox was settled by another tab, and a verdict that this version
 * does not know settles nothing. Answers the records whose confirmed state changed.
 */
export async function settleAll(
	transaction: Writing,
	verdicts: Verdict[],
	author_id: string,
	taken_at: string
): Promise<Row[]> {
	const confirmed: Row[] = [];
	const created = new Map<string, number>();
	const unproven: Unproven[] = [];
	for (const verdict of verdicts) {
		const row = await settleOne(transaction, verdict, author_id, taken_at, unproven);
		if (!row) continue;
		confirmed.push(row);
		if (row.seq !== null && row.seq === verdict.seq) created.set(row.id, row.seq);
	}
	await doubt(transaction, unproven);
	await rebase(transaction, created);
	await forgetOldSent(transaction, Date.parse(taken_at) - KEPT_MS);
	return confirmed;
}

async function settleOne(
	transaction: Writing,
	verdict: Verdict,
	author_id: string,
	taken_at: string,
	unproven: Unproven[]
): Promise<Row | undefined> {
	const outbox = transaction.objectStore('outbox');
	const written = await outbox.index('change_id').get(verdict.change_id);
	if (!written || !isKnown(verdict)) return undefined;

	await outbox.delete(written.place);
	if (asksForALook(verdict, written)) {
		const based = await basedOnSent(transaction, written);
		await transaction.objectStore('returned').put({ ...based, verdict: firstOf(verdict) });
	}
	if (!isApplied(verdict)) return undefined;

	await transaction.objectStore('sent').put({ ...written, seq: verdict.seq, taken_at });
	// It is kept where its household has moved to; a phone that holds that group pulls it from there.
	if (verdict.group_id && verdict.group_id !== written.change.group_id) return undefined;
	return confirm(transaction, written, verdict, author_id, unproven);
}

function isKnown({ verdict }: Verdict): boolean {
	return VERDICTS.includes(verdict);
}

function isApplied({ verdict }: Verdict): boolean {
	return verdict === 'applied' || verdict === 'merged' || verdict === 'duplicate';
}

/**
 * What a tab wrote before it heard that another had sent the record's creation says that it creates the
 * record itself; sent back like that, it would be shown as one.
 */
async function basedOnSent(transaction: Writing, written: Sent): Promise<Sent> {
	const { change } = written;
	if (change.base !== null) return written;
	const sent = await transaction.objectStore('sent').index('group').getAll(change.group_id);
	const creation = sent.find((one) => one.change.record_id === change.record_id);
	return creation ? { ...written, change: { ...change, base: creation.seq ?? 0 } } : written;
}

/** The verdict as it was given first: a resend whose first answer was lost is told as a duplicate. */
function firstOf(verdict: Verdict): Verdict {
	return { ...verdict, verdict: verdict.was ?? verdict.verdict };
}

/** What was not taken as it was written, or was written over someone else's words. */
function asksForALook({ verdict, fields }: Verdict, { change, seq }: Sent): boolean {
	if (verdict === 'refused' || verdict === 'invalid') return true;
	// Written to a record that someone else discarded meanwhile. Discarding it twice is no trouble.
	if (verdict === 'discarded') return change.fields.discarded !== true;
	// What the server still has of before a restore was settled then, and has been looked at or waits for it.
	if (verdict === 'duplicate' && seq !== undefined) return false;
	return (fields?.length ?? 0) > 0;
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
	author_id: string,
	unproven: Unproven[]
): Promise<Row | undefined> {
	const records = transaction.objectStore('records');
	const known = await records.get([change.kind, change.record_id]);
	const already_pulled = known?.seq != null && verdict.seq != null && known.seq >= verdict.seq;
	if (already_pulled) return undefined;
	const { change_id, group_id, record_id, fields } = change;
	if (verdict.seq != null)
		unproven.push({ change_id, group_id, record_id, fields, seq: verdict.seq });

	const created = newRow(change, author_id);
	const before = known ?? (created && { ...created, seq: verdict.seq ?? null });
	const row = withChanges(before, [change]);
	if (row) await records.put(row);
	return row;
}

/**
 * What was written here on top of a record before the server had numbered it saw exactly the record
 * that was then created, so it is based on that number; also what was sent back by the same answer,
 * which would otherwise pass for the creation of a record.
 */
async function rebase(transaction: Writing, created: Map<string, number>): Promise<void> {
	if (created.size === 0) return;
	const outbox = transaction.objectStore('outbox');
	const returned = transaction.objectStore('returned');
	for (const written of await outbox.getAll())
		if (isBuiltOn(written, created)) await outbox.put(rebased(written, created));
	for (const written of await returned.getAll())
		if (isBuiltOn(written, created)) await returned.put(rebased(written, created));
}

function isBuiltOn({ change }: Written, created: Map<string, number>): boolean {
	return change.base === null && created.has(change.record_id);
}

function rebased<W extends Written>(written: W, created: Map<string, number>): W {
	const base = created.get(written.change.record_id) ?? null;
	return { ...written, change: { ...written.change, base } };
}

/**
 * Forgets what was sent long ago. Until then it is kept, because a server that was restored from a
 * backup may lack it, and this phone may be the only place that still has it.
 */
async function forgetOldSent(transaction: Writing, before: number): Promise<void> {
	const sent = transaction.objectStore('sent');
	const surplus = (await sent.count()) - SENT_KEPT;
	if (surplus <= 0) return;
	const oldest = await sent.index('place').getAll(null, surplus);
	// One that does not say when was sent by an earlier version: long ago.
	const old = oldest.filter(({ taken_at }) => !taken_at || Date.parse(taken_at) < before);
	await Promise.all(old.map(({ change }) => sent.delete(change.change_id)));
}
