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
		from: 'r.seq > p.above and r.seq <= p.up_to order by r.seq) h',
		to: `r.recorded_at > coalesce((select c.received_at from app.changes c
				where c.city_id = p_city_id and c.group_id = p.group_id and c.seq = p.above), '-infinity') order by r.seq) h`
	},
	{
		name: 'SQL: no tombstones',
		file: PULL,
		from: 'r.seq > p.above and r.seq <= p.up_to order by r.seq) h',
		to: 'r.seq > p.above and r.seq <= p.up_to and not r.discarded order by r.seq) h'
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
		from: `s.cursor <> '' and s.since is null and (`,
		to: 'false and ('
	},
	{
		name: 'SQL: a correction counts once more',
		file: `${AT}000820_counting.sql`,
		from: 't.day, -count(*), -sum(t.people_helped)',
		to: 't.day, 0, -sum(t.people_helped)'
	},
	{
		name: 'SQL: a run that left a record out counts as written',
		file: `${AT}000960_many.sql`,
		from: 'if written <> jsonb_array_length(p_changes) or',
		to: 'if'
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
		from: 'when coalesce(told.up_to, s.above) >= s.last_seq then s.head',
		to: 'when true then s.head',
		also: {
			file: PULL,
			from: 'app.pull_records(city, cursors, 3000)',
			to: 'app.pull_records(city, cursors, 3)'
		}
	},
	{
		name: 'SQL: a contact that was taken back stays',
		file: `${AT}000940_contacts.sql`,
		from: 'delete from app.household_contacts k where k.city_id = done.city_id and k.household_id = done.record_id;',
		to: ''
	},
	{
		name: 'SQL: a contact is taken without a consent',
		file: `${AT}000940_contacts.sql`,
		from: `is distinct from 'string' or not app.is_day(value ->> 'consented_on') then 'missing'`,
		to: `= 'object' then 'missing'`,
		also: {
			file: `${AT}000940_contacts.sql`,
			from: `(p_contact ->> 'consented_on')::date, p_contact`,
			to: `coalesce((p_contact ->> 'consented_on')::date, app.today()), p_contact`
		}
	},
	{
		name: 'SQL: the log keeps the number of a contact',
		file: JUDGE,
		from: `done.fields := done.fields || jsonb_build_object('contact', known -> 'contact' <> 'null');`,
		to: ''
	}
];
