import type { ChangedFields, PulledGroup } from '../domain/change';
import type { Row } from '../domain/record';
import type { Unproven } from './stores';

/** Greater than any number that a pull shows. */
const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * Notes the changes that an answer has confirmed until a pull shows them. Between their confirmation
 * and that pull the server may be restored from a backup that lacks them, and the cursor, older than
 * they, would not tell. Of those that wait for a pull longer, some can no longer be shown by one: when
 * a number is not greater than theirs, the server has gone back; and words of ours that were written
 * over by newer ones would look the same with and without them.
 */
export function doubt(all: Unproven[], fresh: Unproven[]): Unproven[] {
	const hidden = (old: Unproven) =>
		fresh.some((one) => one.group_id === old.group_id && (one.seq <= old.seq || covers(one, old)));
	return [...all.map((one) => (hidden(one) ? { ...one, seq: NEVER } : one)), ...fresh];
}

function covers(one: Unproven, old: Unproven): boolean {
	return (
		one.record_id === old.record_id && Object.keys(one.fields).some((field) => field in old.fields)
	);
}

/**
 * Answers what is left after a pull of a group, and whether the group was told to its end and
 * something confirmed was not in it: then the server lost it.
 */
export function prove(
	all: Unproven[],
	group: PulledGroup,
	rows: Shown[]
): { left: Unproven[]; lost: boolean } {
	const shown = new Map(rows.map((row) => [row.id, row]));
	const left = all.filter((one) => !isShown(one, all, shown.get(one.record_id)));
	return { left, lost: !group.more && left.some((one) => one.group_id === group.group_id) };
}

/** What a pull shows of a record; of one that has moved away, only that. */
type Shown = Pick<Row, 'id' | 'seq'>;

/** The group begins anew: everything that was sent is sent again. */
export function undoubt(all: Unproven[], group_id: string): Unproven[] {
	return all.filter((one) => one.group_id !== group_id);
}

/**
 * Whether a row has this change in it, by its number and by its words: behind a restore, the number may
 * be another change's. Words that somebody wrote over meanwhile look lost; then the group begins anew
 * without need, and what is sent again is a duplicate.
 */
function isShown({ record_id, seq }: Unproven, all: Unproven[], row?: Shown): boolean {
	const now = row?.seq ?? -1;
	if (!row || now < seq) return false;
	const here = all.filter((one) => one.record_id === record_id && one.seq <= now);
	const said: ChangedFields = Object.assign({}, ...here.map(({ fields }) => fields));
	return Object.entries(row).every(([field, value]) => isSaid(said[field], value));
}

/** Lists and what was left out are not compared: the others tell enough. */
function isSaid(said: unknown, value: unknown): boolean {
	return said === undefined || said === null || typeof said === 'object' || said === value;
}
