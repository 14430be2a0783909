import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { readMigrations } from '../../src/run/migrations';
import { openPool } from '../../src/lib/server/database/pool';
import { createSmallCity, identityOf, withOwner } from '../support/databases';
import { sharedPostgres } from '../support/postgres_shared';
import { settleSmallCity } from '../support/small_city';

const run = promisify(execFile);

// The binary for Linux comes with the packages; elsewhere the operator's own `supabase` is used.
const packaged = 'node_modules/@supabase/cli-linux-x64/bin/supabase';

/** The Supabase CLI on our folder, told to stay offline and quiet. */
const supabase = (...args: string[]) =>
	run(existsSync(packaged) ? packaged : 'supabase', args, {
		env: { ...process.env, SUPABASE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', CI: 'true' },
		timeout: 60_000
	});

test('the migrations go through the Supabase CLI onto a plain PostgreSQL, once', async () => {
	const server = sharedPostgres();
	await createSmallCity(); // roles belong to the whole server: let nobody else make them meanwhile
	const url = `${server.url(await server.createDatabase())}?sslmode=disable`;
	await supabase('db', 'push', `--remote=${url}`, '--yes');
	await withOwner(url, async (owner) => {
		const rows = await owner.query<{ version: string }>(
			'select version from supabase_migrations.schema_migrations order by version'
		);
		expect(rows.map((row) => row.version)).toEqual(readMigrations().map((one) => one.version));
		const [{ n } = { n: 0 }] = await owner.query<{ n: number }>(
			`select count(*)::int as n from pg_proc where pronamespace = 'api'::regnamespace`
		);
		expect(n).toBeGreaterThan(10);
	});
	const again = await supabase('db', 'push', `--remote=${url}`, '--yes');
	expect(`${again.stdout}${again.stderr}`).toMatch(/up to date/i);
});

test('they need no superuser, just as a Supabase project gives none', async () => {
	const server = sharedPostgres();
	await createSmallCity();
	const name = await server.createDatabase();
	await withOwner(server.url(), async (admin) => {
		await admin.exec(`
			do $$ begin
				if not exists (select from pg_roles where rolname = 'project_owner') then
					create role project_owner login createrole bypassrls;
				end if;
			end $$;
			alter database ${name} owner to project_owner;`);
	});
	await supabase(
		'db',
		'push',
		`--remote=${server.url(name, 'project_owner')}?sslmode=disable`,
		'--yes'
	);
	await withOwner(server.url(name, 'project_owner'), async (owner) => {
		await settleSmallCity(owner);
		// What the definer functions need: the owner passes its own policies, the caller does not.
		const [{ n } = { n: 0 }] = await owner.query<{ n: number }>(
			'select count(*)::int as n from app.people'
		);
		expect(n).toBeGreaterThan(5);
	});
	const database = await openPool(server.url(name, 'authenticator'));
	const me = await database.run(identityOf('volunteer'), {
		text: 'select api.me()::text as body',
		params: []
	});
	expect(me).toContain('Trần Thị Bưởi');
	await database.close();
});
