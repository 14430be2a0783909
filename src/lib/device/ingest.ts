import type { PullAnswer, PulledGroup } from '../domain/change';
import type { Row } from '../domain/record';
import type { Difference } from './difference';
import type { Logbook } from './logbook';
import { pulledRows } from './pulled';
import type { SentLately } from './sent';
import type { Sent, Unproven } from './stores';
import { told } from './told';
import { prove, undoubt } from './unproven';

/** What a pull changes, and whether every group of the answer was taken. */
export type Ingested = { difference: Difference; whole: boolean };

type Ingesting = {
	left: string[];
	confirmed: Row[];
	/** Of groups that something has moved away from: what is left. */
	staying: Row[];
	again: Sent[];
	forgotten: string[];
	cursors: Record<string, string>;
	unproven: Unproven[];
};

/**
 * Takes in a pull: the rows together with the cursors that stand behind them. It touches only what
 * the server confirmed and what the server lost; what waits is left alone.
 *
 * A group without a cursor begins anew like one that the server resets: if something was sent before
 * the first pull, only the cursor could have told that the server lost it since.
 *
 * @param asked the cursors that were asked with. A group that another tab has taken further meanwhile
 *   is left as it is: its newer cursor may be the one that the server no longer knows
 */
export async function ingestAll(
	here: Logbook,
	sent: SentLately,
	answer: PullAnswer,
	asked?: Record<string, string>
): Promise<Ingested> {
	const now: Ingesting = {
		...{ left: [], confirmed: [], staying: [], again: [], forgotten: [] },
		cursors: { ...here.cursors },
		unproven: here.unproven
	};
	const paged = new Set(here.pages.map((page) => page.group_id));
	const sent_from = new Set(await sent.groups());
	const known = new Set([...paged, ...sent_from, ...Object.keys(now.cursors)]);
	await leaveGroups(now, sent, answer, known);
	let whole = true;
	for (const group of answer.groups) {
		const { group_id } = group;
		const cursor = now.cursors[group_id] ?? '';
		if (asked && cursor !== (asked[group_id] ?? '')) {
			whole = false;
			continue;
		}
		if (group.reset || !cursor) {
			now.left.push(group_id);
			if (sent_from.has(group_id)) await sendAgain(now, sent, group_id);
			now.unproven = undoubt(now.unproven, group_id);
		}
		letGo(now, here, group);
		const rows = pulledRows(group);
		now.confirmed.push(...rows);
		const shown = [...rows, ...(group.moved ?? [])];
		const { left, lost } = prove(now.unproven, group, shown);
		now.unproven = left;
		// Without a cursor the group begins anew at the next call, like one that the server resets.
		if (lost) delete now.cursors[group_id];
		else now.cursors[group_id] = group.cursor;
	}
	// What has no page need not be taken out; a first pull would go through all of memory for it.
	now.left = now.left.filter((group_id) => paged.has(group_id));
	return { difference: differenceOf(now, here), whole };
}

/**
 * Drops the groups that are no longer in scope, also one that was never pulled: a change whose first
 * answer was lost may be confirmed only after its group has gone.
 */
async function leaveGroups(
	now: Ingesting,
	sent: SentLately,
	answer: PullAnswer,
	known: Set<string>
): Promise<void> {
	const in_scope = new Set(answer.groups.map((group) => group.group_id));
	for (const group_id of known) {
		if (in_scope.has(group_id)) continue;
		now.left.push(group_id);
		now.forgotten.push(...(await sent.ids(group_id)));
		delete now.cursors[group_id];
		now.unproven = undoubt(now.unproven, group_id);
	}
}

/**
 * The server no longer has the history of this group that this phone knew: it was restored from a
 * backup. What was sent lately waits again, at its old place in the order; what the backup did have
 * is answered as a duplicate.
 */
async function sendAgain(now: Ingesting, sent: SentLately, group_id: string): Promise<void> {
	const again = await sent.ofGroup(group_id);
	now.again.push(...again);
	now.forgotten.push(...again.map(({ change }) => change.change_id));
}

/**
 * What has moved to another group leaves the phone, unless it is here already as that group's. The
 * others of its group go to new pages: on an old one it would come to light again once that group left.
 */
function letGo(now: Ingesting, here: Logbook, { group_id, moved = [] }: PulledGroup): void {
	if (moved.length === 0 || now.left.includes(group_id)) return;
	const gone = new Set(moved.map(({ id }) => id));
	const pages = here.pages.filter((page) => page.group_id === group_id);
	if (!pages.some(({ rows }) => rows.some(({ id }) => gone.has(id)))) return;
	now.left.push(group_id);
	for (const row of here.rows().values())
		if (row.group_id === group_id && !gone.has(row.id)) now.staying.push(row);
}

/** Most pulls bring nothing; then nothing is written. */
function differenceOf(now: Ingesting, here: Logbook): Difference {
	const { again, cursors, unproven, staying, ...rest } = now;
	const { left, confirmed, forgotten } = rest;
	const pulled = new Set(confirmed.map(({ id }) => id));
	const went_on =
		Object.keys(cursors).length !== Object.keys(here.cursors).length ||
		Object.entries(cursors).some(([group_id, cursor]) => here.cursors[group_id] !== cursor);
	const idle = [left, confirmed, forgotten].every((all) => all.length === 0);
	if (idle && !went_on) return {};
	return {
		...(again.length === 0 ? {} : { outbox: [...here.outbox, ...again].sort(byPlace) }),
		told: told({
			...rest,
			confirmed: [...staying.filter(({ id }) => !pulled.has(id)), ...confirmed],
			cursors,
			before: here.cursors,
			...(unproven.length === here.unproven.length ? {} : { unproven })
		})
	};
}

function byPlace(a: Sent, b: Sent): number {
	return a.place - b.place;
}
