import { isDeepStrictEqual } from 'node:util';
import { hasIdNumber } from '../../src/lib/domain/checks/note';
import type { Change, Verdict } from '../../src/lib/domain/change';
import type { ProblemCode } from '../../src/lib/domain/problems';
import { dayOf } from '../../src/lib/domain/day';
import { saidOn } from '../../src/lib/domain/household';
import { blankRow, KINDS, type Kind, type Row } from '../../src/lib/domain/record';

/** A change as the server keeps it, with what was said of it. */
export type Applied = {
	change: Change;
	author_id: string;
	device_id: string | null;
	verdict: Verdict;
	seq: number | null;
};

/** A record as it is pulled: fields that this version does not know are carried in `extra`. */
export type ServerRow = Row & { extra?: Record<string, unknown> };

/** What judging looks at, and nothing else. */
export type Known = {
	rows: Map<string, ServerRow>;
	applied: Map<string, Applied>;
	followers: Set<string>;
};

const COMMON = { id: '', group_id: '', seq: 0, author_id: '', recorded_at: '', discarded: false };

const NEEDED: Record<Kind, string[]> = {
	household: ['label'],
	visit: ['day', 'outcome'],
	signup: ['day', 'service', 'result'],
	training: ['day', 'topics', 'headcount'],
	request: ['label', 'asked_on', 'source', 'consent'],
	goal: ['from_week', 'households'],
	thank: ['week', 'words']
};

/** What was done: corrected with a reason. */
const CORRECTED: Kind[] = ['visit', 'signup', 'training'];

/** What becomes of a record, as app.apply_change says it; a verdict alone when nothing does. */
export function applied(
	known: Known,
	by: Omit<Applied, 'verdict' | 'seq'>,
	seq: number
): { verdict: Verdict; row?: ServerRow } {
	const { change_id, kind, record_id, group_id, at } = by.change;
	const { reason: why, ...fields } = by.change.fields;
	const no = (code: ProblemCode, field: string) => ({
		verdict: { change_id, verdict: 'invalid' as const, code, field }
	});
	if (!KINDS.includes(kind)) return no('unknown_kind', 'kind');
	const was = known.rows.get(record_id);
	if (was && was.group_id !== group_id) return no('record_of_another_group', 'group_id');
	if (was?.discarded && !('discarded' in fields))
		return { verdict: { change_id, verdict: 'discarded' } };

	const { contact } = fields;
	if (contact && !Object.hasOwn(contact, 'consented_on')) return no('missing', 'contact');
	const { household_id } = fields;
	if (typeof household_id === 'string') {
		const home = known.rows.get(household_id);
		if (!home) return no('unknown_household', 'household_id');
		if (home.group_id !== group_id) return no('household_of_another_group', 'household_id');
	}
	const { merged_into } = fields;
	const arranged = was?.kind === 'household' ? was.merged_into : null;
	if (merged_into !== undefined && merged_into !== arranged && known.followers.has(by.author_id))
		return no('not_yours_to_arrange', 'merged_into');
	const rows = [...known.rows.values()].filter((row) => row.kind === 'household');
	const has_merged = rows.some((row) => row.merged_into === record_id && !row.discarded);
	if (fields.discarded === true && has_merged) return no('household_merged', 'discarded');
	if (typeof merged_into === 'string') {
		const home = rows.find(({ id }) => id === merged_into);
		if (!home) return no('unknown_household', 'merged_into');
		if (home.group_id !== group_id) return no('household_of_another_group', 'merged_into');
		const gone = home.merged_into !== null || home.discarded;
		if (gone || has_merged || merged_into === record_id)
			return no('household_merged', 'merged_into');
	}
	const corrected =
		was && Object.entries(fields).some(([field, value]) => isCorrected(was, field, value));
	if (CORRECTED.includes(kind) && corrected && !why) return no('missing', 'reason');
	const missing = NEEDED[kind].find((field) => fields[field] === '' || (!was && !fields[field]));
	if (missing) return no('missing', missing);
	if (typeof fields.note === 'string' && hasIdNumber(fields.note))
		return no('id_number_in_note', 'note');

	const blank = blankRow(kind, COMMON);
	const common = { id: record_id, group_id, author_id: by.author_id, recorded_at: at };
	const row: Record<string, unknown> = { ...(was ?? { ...blank, ...common }), seq };
	const extra = { ...(was?.extra ?? {}) };
	for (const [field, value] of Object.entries(fields))
		(field in blank ? row : extra)[field] = value;
	if (kind === 'household')
		row.said_on = saidOn(row.said_on as object, fields, dayOf(new Date(at)));
	if (contact) row.contact = { ...contact, recorded_by: by.author_id };
	if (kind === 'household' && row.discarded) row.contact = null;
	const others = was ? overlap(known, by, blank) : [];
	const verdict: Verdict = { change_id, verdict: 'applied', seq };
	return {
		verdict: others.length > 0 ? { ...verdict, verdict: 'merged', fields: others } : verdict,
		row: { ...row, extra } as ServerRow
	};
}

/** The fields that somebody else, or the same person on another phone, changed since the writer looked. */
function overlap(known: Known, by: Omit<Applied, 'verdict' | 'seq'>, blank: Row): string[] {
	const others = [...known.applied.values()].filter(
		(one) =>
			one.change.record_id === by.change.record_id &&
			(one.author_id !== by.author_id || one.device_id !== by.device_id) &&
			(one.seq ?? -1) > (by.change.base ?? 0)
	);
	return Object.keys(by.change.fields)
		.filter(
			(field) =>
				field in blank && field !== 'taken_by' && others.some((one) => field in one.change.fields)
		)
		.sort();
}

function isCorrected(was: Row, field: string, value: unknown): boolean {
	return (
		field in was &&
		field !== 'discarded' &&
		!isDeepStrictEqual((was as Record<string, unknown>)[field], value)
	);
}

/** What is said of a change that comes again: the same, to its author; to anybody else nothing. */
export function verdictAgain(before: Applied, author_id: string): Verdict {
	const { change_id } = before.change;
	if (before.author_id !== author_id)
		return { change_id, verdict: 'refused', code: 'not_your_change', field: 'change_id' };
	const { verdict, fields, ...rest } = before.verdict;
	if (before.seq === null) return before.verdict;
	const was = verdict === 'merged' ? 'merged' : 'applied';
	return { ...rest, verdict: 'duplicate', seq: before.seq, was, ...(fields ? { fields } : {}) };
}
