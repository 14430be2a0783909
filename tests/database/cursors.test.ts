import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assume } from '../../src/lib/server/database/database';
import { household } from '../support/changes';
import { createSmallCity, identityOf } from '../support/databases';
import { sharedPostgres } from '../support/postgres_shared';
import type { CastName } from '../support/small_city';

// Two people write at once; the first to begin is the last to be done. Somebody pulls in between and
// pulls again afterwards. The obvious cursors are the control: they lose the first one's row for ever.

let url: string;
let slow: postgres.Sql;
let fast: postgres.Sql;
let reader: postgres.Sql;

beforeAll(async () => {
	url = sharedPostgres().url(await createSmallCity());
	[slow, fast, reader] = [connect(), connect(), connect()];
	await reader.unsafe(`create table control (
		name text, seq bigint generated always as identity, updated_at timestamptz default clock_timestamp())`);
});
afterAll(() => Promise.all([slow.end(), fast.end(), reader.end()]));

test.each(['seq', 'updated_at'])('a cursor on %s loses a row (control)', async (column) => {
	await reader.unsafe('truncate control');
	const seen: string[] = [];
	let cursor: string | null = null;
	const read = async () => {
		const rows = await reader.unsafe(
			`select name, ${column}::text as at from control where $1::text is null or ${column}::text > $1 order by ${column}`,
			[cursor]
		);
		seen.push(...rows.map((row) => String(row.name)));
		cursor = (rows.at(-1)?.at as string | undefined) ?? cursor;
	};
	await slow.unsafe(`begin; insert into control (name) values ('the slow one')`).simple();
	await fast.unsafe(`insert into control (name) values ('the fast one')`);
	await read();
	await slow.unsafe('commit');
	await read();
	expect(seen).toEqual(['the fast one']);
});

test('the cursor of a group loses none: the second waits for the first, and a pull sees both or neither', async () => {
	const first = household('Nhà ghi trước');
	const second = household('Nhà ghi sau');
	await slow.unsafe('begin');
	await push(slow, 'volunteer', first);
	const waiting = begun(fast).then(() => push(fast, 'teammate', second).then(() => commit(fast)));
	await untilBlocked();
	const between = await pull('leader', {});
	expect(between.labels).toEqual([]);
	await commit(slow);
	await waiting;
	const after = await pull('leader', between.cursors);
	expect(after.labels).toEqual(['Nhà ghi trước', 'Nhà ghi sau']);
});

function connect(): postgres.Sql {
	return postgres(url, { max: 1, onnotice: () => {} });
}

const begun = (sql: postgres.Sql) => sql.unsafe('begin');
const commit = (sql: postgres.Sql) => sql.unsafe('commit');

async function as(sql: postgres.Sql, who: CastName) {
	const { text, params } = assume(identityOf(who));
	await sql.unsafe(text, params as string[]);
}

async function push(sql: postgres.Sql, who: CastName, change: object) {
	await as(sql, who);
	await sql.unsafe(`select api.push(1, '{}', $1::text::json)`, [JSON.stringify([change])]);
}

async function pull(who: CastName, cursors: Record<string, string>) {
	await reader.unsafe('begin');
	await as(reader, who);
	const [row] = await reader.unsafe('select api.pull(1, $1::text::json) as answer', [
		JSON.stringify(cursors)
	]);
	await commit(reader);
	const { groups } = row?.answer as {
		groups: { group_id: string; cursor: string; households: { label: string[] } | null }[];
	};
	return {
		labels: groups.flatMap((group) => group.households?.label ?? []),
		cursors: Object.fromEntries(groups.map((group) => [group.group_id, group.cursor]))
	};
}

/** Resolves when somebody waits for a lock. */
async function untilBlocked() {
	for (;;) {
		const [row] =
			await reader`select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())
			union all select from pg_locks where not granted and locktype = 'transactionid'`;
		if (row) return;
	}
}
