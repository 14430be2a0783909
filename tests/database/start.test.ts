import { mkdirSync, writeFileSync, readFileSync, existsSync, rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openApp } from '../../src/lib/server/app';
import { readConfig } from '../../src/lib/server/config';
import { openEmbedded } from '../../src/lib/server/database/embedded';
import { openPool } from '../../src/lib/server/database/pool';
import { makeKey } from '../../src/lib/server/token/keys';
import { createSmallCity, withOwner } from '../support/databases';
import { makeDataFolder } from '../support/gateways';
import { sharedPostgres } from '../support/postgres_shared';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function postgresWith(
	fill: (sql: { exec(text: string): Promise<unknown> }) => Promise<unknown>
) {
	const server = sharedPostgres();
	const name = await createSmallCity();
	await withOwner(server.url(name), async (owner) => void (await fill(owner)));
	return name;
}

const configFor = async (DATABASE_URL: string) =>
	readConfig({
		DATABASE_URL,
		JWT_SIGNING_KEY: JSON.stringify(await makeKey()),
		LOG_LEVEL: 'silent'
	});

test('a superuser is refused as DATABASE_URL', async () => {
	await expect(openPool(sharedPostgres().url())).rejects.toThrow(/superusers are refused/);
});

test('a database without the schema is refused with the mend', async () => {
	const server = sharedPostgres();
	await postgresWith(async () => {}); // the roles belong to the server and exist from here on
	const empty = await server.createDatabase();
	await expect(openApp(await configFor(server.url(empty, 'authenticator')))).rejects.toThrow(
		/npm run migrate/
	);
});

test('no answer waits for its statement to be compiled', async () => {
	const name = await postgresWith(async () => {});
	const database = await openPool(sharedPostgres().url(name, 'authenticator'));
	expect(await database.inspect('show jit')).toEqual([{ jit: 'off' }]);
	await database.close();
});

test('a database that does not answer is refused with a sentence', async () => {
	await expect(openPool('postgres://authenticator@127.0.0.1:1/none')).rejects.toThrow(
		/does not answer/
	);
});

test('demo data on a configured database is refused', async () => {
	const server = sharedPostgres();
	const name = await postgresWith((sql) => sql.exec('update app.cities set demo = true'));
	await expect(openApp(await configFor(server.url(name, 'authenticator')))).rejects.toThrow(
		/demo city/
	);
});

test('a real city on a configured database opens, and says it is no demo', async () => {
	const server = sharedPostgres();
	const name = await postgresWith(async () => {});
	const app = await openApp(await configFor(server.url(name, 'authenticator')));
	expect(app.demo).toBe(false);
	await app.close();
});

test('configurations that cannot work are refused by name', async () => {
	const of = (env: NodeJS.ProcessEnv) => () => readConfig(env);
	expect(of({ DATABASE_URL: 'postgres://x' })).toThrow(/JWT_SIGNING_KEY/);
	expect(of({ PUBLIC_SUPABASE_URL: 'https://x' })).toThrow(/PUBLISHABLE_KEY/);
	expect(of({ PUBLIC_SUPABASE_URL: 'https://x', DATABASE_URL: 'y' })).toThrow(/not both/);
	expect(of({ PORT: 'abc' })).toThrow(/PORT/);
	await expect(
		openApp(readConfig({ DATABASE_URL: 'postgres://x', JWT_SIGNING_KEY: '{"secret":1}' }))
	).rejects.toThrow(/does not hold an ES256 private key/);
});

test('a second process on the same folder is refused, and the folder is free again afterwards', async () => {
	const folder = await makeDataFolder();
	folders.push(folder);
	const first = await openEmbedded(folder);
	await expect(openEmbedded(folder)).rejects.toThrow(/in use by another process/);
	await first.close();
	expect(existsSync(join(folder, 'lock'))).toBe(false);
	const second = await openEmbedded(folder);
	expect(await second.inspect('select 1 as one')).toEqual([{ one: 1 }]);
	await second.close();
});

test('the lock of a process that is gone is taken over', async () => {
	const folder = await makeDataFolder();
	folders.push(folder);
	writeFileSync(join(folder, 'lock'), `${process.pid} 12345`); // our number, another process's birth
	const database = await openEmbedded(folder);
	expect(readFileSync(join(folder, 'lock'), 'utf8')).not.toContain('12345');
	await database.close();
});

test('a data folder that is damaged or missing is refused with a sentence', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'tung-nha-'));
	folders.push(folder);
	await expect(openEmbedded(folder)).rejects.toThrow(/no prepared data/);
	mkdirSync(join(folder, 'city'));
	writeFileSync(join(folder, 'city', 'PG_VERSION'), 'garbage');
	await expect(openEmbedded(folder)).rejects.toThrow(/cannot be opened/);
	expect(existsSync(join(folder, 'lock'))).toBe(false);
});
