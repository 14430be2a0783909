import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedDemo } from '../../supabase/seed/demo/seed';
import { expectExact } from '../support/exact';
import { emptyDatabase } from './database';

let db: Awaited<ReturnType<typeof emptyDatabase>>;

beforeAll(async () => {
	db = await emptyDatabase();
	await seedDemo(db, { today: '2026-11-23' });
});
afterAll(() => db.close());

const RECORDS = `
	select 'household' as kind, to_jsonb(h) as row from app.households h
	union all select 'visit', to_jsonb(v) from app.visits v
	union all select 'signup', to_jsonb(s) from app.signups s
	union all select 'training', to_jsonb(t) from app.trainings t
	union all select 'request', to_jsonb(q) from app.requests q
	union all select 'goal', to_jsonb(g) from app.goals g`;

describe('every group', () => {
	test('has a log, whose head is its last change', async () => {
		const wrong = await db.query(
			`select u.name from app.units u
			left join app.group_logs l on l.group_id = u.unit_id
			left join app.changes c on c.group_id = l.group_id and c.seq = l.last_seq
			where u.level = 'group' and c.change_id is distinct from l.last_change_id
				or u.level = 'group' and l.group_id is null`
		);
		expect(wrong).toEqual([]);
	});

	test('numbered its changes 1, 2, 3 … in the order in which they were made', async () => {
		const wrong = await db.query(
			`select group_id from app.changes join app.group_logs l using (group_id) group by group_id, last_seq
			having count(*) <> last_seq or min(seq) <> 1 or max(seq) <> last_seq
				or array_agg(seq order by seq) <> array_agg(seq order by at, seq)`
		);
		expect(wrong).toEqual([]);
	});
});

test('every change holds what its record holds, and no record is without a change', async () => {
	const wrong = await db.query(
		`with records as (${RECORDS})
		select r.kind, r.row, c.fields from records r
		full join app.changes c on c.record_id = (r.row ->> 'id')::uuid
		where c.change_id is null or r.row is null
			or c.kind <> r.kind or c.seq <> (r.row ->> 'seq')::bigint or c.verdict <> 'applied'
			or c.group_id <> (r.row ->> 'group_id')::uuid or c.author_id <> (r.row ->> 'author_id')::uuid
			or c.at <> (r.row ->> 'recorded_at')::timestamptz or not r.row @> c.fields
			-- What a form does not ask for begins as every record does.
			or exists (
				select from app.record_fields f where f.kind = r.kind and not c.fields ? f.field
					and r.row -> f.field <> coalesce(to_jsonb(f.initial), 'null'))`
	);
	expect(wrong).toEqual([]);
});

test('ids carry the time at which the phone made them', async () => {
	const wrong = await db.query(
		`select change_id from app.changes
		where left(change_id::text, 8) || substr(change_id::text, 10, 4) <>
				lpad(to_hex(round(extract(epoch from at) * 1000)::bigint), 12, '0')
			or change_id::text !~ '^.{14}7.{4}[89ab]' or record_id::text !~ '^.{14}7.{4}[89ab]'`
	);
	expect(wrong).toEqual([]);
});

test('the totals equal a recount from the records', () => expectExact(db));
