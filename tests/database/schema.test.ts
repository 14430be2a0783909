import postgres from 'postgres';
import { expect, test } from 'vitest';
import { readMigrations } from '../../src/run/migrations';
import { createSmallCity } from '../support/databases';
import { sharedPostgres } from '../support/postgres_shared';
import { brokenRules, RULES } from '../probe/rules';

/** The name and the head of every function that the migrations make: all that stands before its body. */
const heads = readMigrations().flatMap(({ name, sql }) =>
	[...sql.matchAll(/create (?:or replace )?function ([\w.]+)([\s\S]*?)\bas \$\$/g)].map(
		([, fn, head = '']) => ({ fn: `${name}: ${fn}`, head })
	)
);

test('the schema keeps its rules', async () => {
	const sql = await connect();
	expect(await brokenRules(sql)).toEqual([]);
	await sql.end();
});

test('each rule of the schema says so when it is broken', async () => {
	const sql = await connect();
	for (const { says, break_it } of RULES) {
		await sql.unsafe('begin');
		await sql.unsafe(break_it);
		expect((await brokenRules(sql)).join('\n'), break_it).toContain(says);
		await sql.unsafe('rollback');
	}
	await sql.end();
});

test('every function says how volatile it is', () => {
	expect(heads.length).toBeGreaterThan(80);
	const silent = heads.filter(({ head }) => !/\b(immutable|stable|volatile)\b/.test(head));
	expect(silent.map(({ fn }) => fn)).toEqual([]);
});

async function connect() {
	const server = sharedPostgres();
	return postgres(server.url(await createSmallCity(server)), { max: 1, onnotice: () => {} });
}
