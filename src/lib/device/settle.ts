import { VERDICTS, type Verdict } from '../domain/change';
import type { Row } from '../domain/record';
import type { Difference } from './difference';
import type { Logbook } from './logbook';
import type { SentLately } from './sent';
import { newRow, withChanges } from './shown';
import type { Returned, Sent, Unproven, Written } from './stores';
import { told } from './told';
import { doubt } from './unproven';

/** How long what was sent is kept, by the server's clock: the phone's own may jump by a year. */
const KEPT_MS = 14 * 24 * 60 * 60 * 1000;

/** Kept however old, since a phone may not have asked the server for long. */
const SENT_KEPT = 1000;

/** Where things stand in the middle of settling. */
type Settling = {
	outbox: readonly Sent[];
	returned: readonly Returned[];
	sent: Sent[];
	/** Confirmed now, and to be shown by a pull. */
	unproven: Unproven[];
	/** The confirmed records, those that were changed here over the others. */
	rows: Map<string, Row>;
	confirmed: (id: string) => Row | undefined;
	/** What lies in `sent` already. */
	sent_before: SentLately;
};

/**
 * What verdicts change: each change leaves the outbox for where it now belongs. A change that is not
 * in the outbox was settled by another tab, and a verdict that this version does not know settles
 * nothing.
 * @param confirmed the record of an id as the server confirmed it
 */
export async function settleAll(
	here: Logbook,
	sent_before: SentLately,
	confirmed: (id: string) => Row | undefined,
	verdicts: Verdict[],
	author_id: string,
	taken_at: string
): Promise<Difference> {
	const { outbox, returned } = here;
	const now: Settling = {
		...{ outbox, returned, sent: [], unproven: [], rows: new Map(), confirmed, sent_before }
	};
	const created = new Map<string, number>();
	for (const verdict of verdicts) {
		const row = await settleOne(now, verdict, author_id, taken_at);
		if (row && row.seq !== null && row.seq === verdict.seq) created.set(row.id, row.seq);
	}
	rebase(now, created);
	return {
		outbox: now.outbox,
		returned: now.returned,
		told: told({
			sent: now.sent,
			forgotten: await oldSent(now, Date.parse(taken_at) - KEPT_MS),
			confirmed: [...now.rows.values()],
			...(now.unproven.length === 0 ? {} : { unproven: doubt(here.unproven, now.unproven) })
		})
	};
}

async function settleOne(
	now: Settling,
	verdict: Verdict,
	author_id: string,
	taken_at: string
): Promise<Row | undefined> {
	const written = now.outbox.find(({ change }) => change.change_id === verdict.change_id);
	if (!written || !isKnown(verdict)) return undefined;

	now.outbox = now.outbox.filter((one) => one !== written);
	if (asksForALook(verdict, written)) {
		const based = await basedOnSent(now, written);
		sendBack(now, { ...based, verdict: firstOf(verdict) });
	}
	if (!isApplied(verdict)) return undefined;

	now.sent.push({ ...written, seq: verdict.seq, taken_at });
	// It is kept where its household has moved to; a phone that holds that group pulls it from there.
	if (verdict.group_id && verdict.group_id !== written.change.group_id) return undefined;
	return confirm(now, written, verdict, author_id);
}

function isKnown({ verdict }: Verdict): boolean {
	return VERDICTS.includes(verdict);
}

function isApplied({ verdict }: Verdict): boolean {
	return verdict === 'applied' || verdict === 'merged' || verdict === 'duplicate';
}

/** In the place of an earlier verdict on the same change, if there was one. */
function sendBack(now: Settling, returned: Returned): void {
	const { change_id } = returned.change;
	const others = now.returned.filter(({ change }) => change.change_id !== change_id);
	now.returned = [...others, returned];
}

/**
 * What a tab wrote before it heard that another had sent the record's creation says that it creates the
 * record itself; sent back like that, it would be shown as one.
 */
async function basedOnSent({ sent, sent_before }: Settling, written: Sent): Promise<Sent> {
	const { change } = written;
	if (change.base !== null) return written;
	const creation =
		sent.find((one) => one.change.record_id === change.record_id) ??
		(await sent_before.plain(change.group_id)).find((one) => one.record_id === change.record_id);
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
function confirm(
	now: Settling,
	{ change }: Written,
	verdict: Verdict,
	author_id: string
): Row | undefined {
	const { change_id, group_id, record_id, fields } = change;
	const known = now.rows.get(record_id) ?? now.confirmed(record_id);
	const already_pulled = known?.seq != null && verdict.seq != null && known.seq >= verdict.seq;
	if (already_pulled) return undefined;
	if (verdict.seq != null)
		now.unproven.push({ change_id, group_id, record_id, fields, seq: verdict.seq });

	const created = newRow(change, author_id);
	const before = known ?? (created && { ...created, seq: verdict.seq ?? null });
	const row = withChanges(before, [change]);
	if (row) now.rows.set(record_id, row);
	return row;
}

/**
 * What was written here on top of a record before the server had numbered it saw exactly the record
 * that was then created, so it is based on that number; also what was sent back by the same answer,
 * which would otherwise pass for the creation of a record.
 */
function rebase(now: Settling, created: Map<string, number>): void {
	if (created.size === 0) return;
	const onNumber = <W extends Written>(written: W): W => {
		const { change } = written;
		const base = created.get(change.record_id);
		if (change.base !== null || base === undefined) return written;
		return { ...written, change: { ...change, base } };
	};
	now.outbox = now.outbox.map(onNumber);
	now.returned = now.returned.map(onNumber);
}

/**
 * What was sent long ago need not be kept. Until then it is, because a server that was restored from
 * a backup may lack it, and this phone may be the only place that still has it.
 */
async function oldSent({ sent, sent_before }: Settling, before: number): Promise<string[]> {
	const oldest = await sent_before.surplus(SENT_KEPT - sent.length);
	// One that does not say when was sent by an earlier version: long ago.
	const old = oldest.filter(({ taken_at }) => !taken_at || Date.parse(taken_at) < before);
	return old.map(({ change_id }) => change_id);
}
