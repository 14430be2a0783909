import type { ProblemCode } from './problems';
import type { Kind } from './record';

/**
 * The fields that a change carries: only those that changed; `discarded` and `reason` to discard;
 * `looked` when somebody has looked at what two people had changed at once.
 */
export type ChangedFields = Record<string, unknown>;

/** What a screen hands over to be kept: a new record (`base` null, all fields) or a change of one. */
export type Edit = {
	kind: Kind;
	record_id: string;
	group_id: string;
	/** The `seq` of the record that the writer saw; null for a new one. */
	base: number | null;
	fields: ChangedFields;
};

/** An edit on its way to the server. Its id makes sending it twice harmless. */
export type Change = Edit & {
	change_id: string;
	/** ISO time by the clock of the device. */
	at: string;
};

export const VERDICTS = [
	'applied',
	'merged',
	'duplicate',
	'discarded',
	'refused',
	'invalid'
] as const;

/** The server's answer to one change. */
export type Verdict = {
	change_id: string;
	verdict: (typeof VERDICTS)[number];
	code?: ProblemCode | null;
	field?: string | null;
	/** For `merged`: the fields that someone else had changed too. */
	fields?: string[] | null;
	/** The number that the record got by this change. */
	seq?: number | null;
	/** For `duplicate`: what was answered the first time. */
	was?: 'applied' | 'merged' | null;
	/** The group where the record is, when it has left the one of the change: `seq` is a number there. */
	group_id?: string | null;
};

export type PushAnswer = { verdicts: Verdict[]; server_time: string };

/**
 * Records of one kind as they are pulled: each field with its values, in the order of the records. What
 * was left empty is null.
 */
export type Columns = { id: string[]; seq: number[] } & Record<string, unknown[]>;

export type PulledGroup = {
	group_id: string;
	/** Opaque; handed back at the next pull. */
	cursor: string;
	more: boolean;
	/** Drop what was pulled of this group before storing these rows. */
	reset: boolean;
	households: Columns | null;
	visits: Columns | null;
	signups: Columns | null;
	trainings: Columns | null;
	requests: Columns | null;
	goals: Columns | null;
	thanks: Columns | null;
	/** Records that have left the group with their household. An older server does not tell. */
	moved?: { id: string; kind: Kind; seq: number }[];
};

/** One entry for every group in scope; a group that is missing has left the scope. */
export type PullAnswer = { server_time: string; groups: PulledGroup[] };

/** The fields that differ, with their new values; for a change that carries only those. */
export function differences<F extends object>(before: F, now: F): Partial<F> {
	const names = Object.keys(now) as (keyof F)[];
	const changed = names.filter(
		(name) => JSON.stringify(now[name]) !== JSON.stringify(before[name])
	);
	return Object.fromEntries(changed.map((name) => [name, now[name]])) as Partial<F>;
}
