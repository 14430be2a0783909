import type { Change } from '../domain/change';
import { dayOf } from '../domain/day';
import { saidOn } from '../domain/household';
import { blankRow, type Row } from '../domain/record';

/** What was written here about one record and is not confirmed, each part in the order of writing. */
export type Log = { waiting: Change[]; sent_back: Change[] };

/**
 * A record as it is shown: what the server confirmed, with what still waits on top. A change that
 * was sent back is not shown on a confirmed record, since nobody else sees it either; but a record
 * that only exists in what was sent back stays visible, or it would be lost from sight.
 *
 * Undefined when there is nothing to show: what waits are changes of a record that left the phone.
 */
export function shownRow(
	confirmed: Row | undefined,
	{ waiting, sent_back }: Log,
	author_id: string
): Row | undefined {
	const changes = confirmed ? waiting : [...sent_back, ...waiting];
	return withChanges(confirmed ?? newRow(changes[0], author_id), changes);
}

/** A record after changes, in their order. Undefined stays undefined. */
export function withChanges<R extends Row>(row: R | undefined, changes: Change[]): R | undefined {
	if (!row || changes.length === 0) return row;
	const said = Object.assign({}, ...changes.map((change) => change.fields));
	const { reason: _why, looked, ...fields } = said;
	const after = { ...row, ...fields, ...(looked ? { overlap: [] } : {}) };
	if (after.kind !== 'household') return after;
	const said_on = changes.reduce(
		(days, change) => saidOn(days, change.fields, dayOf(new Date(change.at))),
		after.said_on
	);
	return { ...after, said_on };
}

/** The record that a change creates; undefined when it changes one that should exist. */
export function newRow(change: Change | undefined, author_id: string): Row | undefined {
	if (!change || change.base !== null) return undefined;
	return blankRow(change.kind, {
		id: change.record_id,
		group_id: change.group_id,
		seq: null,
		author_id,
		recorded_at: change.at,
		discarded: false
	});
}
