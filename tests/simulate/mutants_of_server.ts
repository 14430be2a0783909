import type { Mutant } from './mutant';

const AT = 'supabase/migrations/20261101';
const PULL = `${AT}001100_pull.sql`;
const PUSH = `${AT}001000_push.sql`;
const JUDGE = `${AT}000950_judge.sql`;

/** Ways in which the SQL would lose or double what people wrote. */
export const MUTANTS_OF_SERVER: Mutant[] = [
	{
		name: 'SQL: no idempotency by change id',
		file: PUSH,
		from: 'if before.change_id is not null and not (',
		to: 'if false and not (',
		also: {
			file: JUDGE,
			from: `where c.verdict = 'refused' and c.author_id`,
			to: 'where c.author_id'
		}
	},
	{
		name: 'SQL: the cursor is a timestamp',
		file: PULL,
		from: 'h.seq > o.since order by h.seq',
		to: `h.recorded_at > coalesce((select c.received_at from app.changes c
				where c.city_id = p_city_id and c.group_id = o.group_id and c.seq = o.since), '-infinity') order by h.seq`
	},
	{
		name: 'SQL: no tombstones',
		file: PULL,
		from: 'h.seq > o.since order by h.seq',
		to: 'h.seq > o.since and not h.discarded order by h.seq'
	},
	{
		name: 'SQL: an overlap is ignored',
		file: JUDGE,
		from: 'h.seq > coalesce(d.base, 0)',
		to: 'h.seq > coalesce(d.base, 0) + 1000'
	},
	{
		name: 'SQL: fields of a newer app are dropped',
		file: JUDGE,
		from: `(becomes -> 'extra') || (sent - array(select jsonb_object_keys(known)) - 'looked')`,
		to: `becomes -> 'extra'`
	},
	{
		name: 'SQL: a poisoned change blocks the rest',
		file: JUDGE,
		from: `done.verdict := 'invalid';`,
		to: `raise exception 'poison';`
	},
	{
		name: 'SQL: a restore is not told',
		file: PULL,
		from: `'reset', p.cursor <> '' and`,
		to: `'reset', false and`
	},
	{
		name: 'SQL: a correction counts once more',
		file: `${AT}000800_totals.sql`,
		from: 't.day, -count(*), -sum(t.people_helped)',
		to: 't.day, 0, -sum(t.people_helped)'
	},
	{
		name: 'SQL: a run that left a record out counts as written',
		file: `${AT}000960_many.sql`,
		from: 'if written <> jsonb_array_length(p_changes) then',
		to: 'if false then'
	},
	{
		name: 'SQL: the head of the log stays behind',
		file: PUSH,
		from: 'and l.last_seq < log.last_seq;',
		to: 'and l.last_seq = 0;'
	},
	{
		name: 'SQL: a page that was cut is taken for the whole',
		file: PULL,
		from: 'coalesce(t.up_to, h.since, 0) >= h.last_seq as whole',
		to: 'true as whole',
		also: { file: PULL, from: 'room constant integer := 1000;', to: 'room constant integer := 3;' }
	}
];
