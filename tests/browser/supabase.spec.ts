import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import postgres from 'postgres';
import { openKeys, makeKey } from '../../src/lib/server/token/keys';
import { applyMigrations } from '../../src/run/migrations';
import { startPostgres } from '../support/postgres';
import { startServer } from '../support/server';
import { cast, settleSmallCity } from '../support/small_city';
import { startSupabase } from '../support/supabase';

const APIKEY = 'sb_publishable_for_tests';
const COOKIE = 'a-session-of-the-volunteer';

/** A PostgreSQL with the small city, where the volunteer is signed in by COOKIE. */
async function prepareDatabase() {
	const cluster = await startPostgres();
	const name = await cluster.createDatabase();
	const sql = postgres(cluster.url(name), { max: 1, onnotice: () => {} });
	const owner = {
		exec: (text: string) => sql.unsafe(text).simple(),
		query: async <T>(text: string, params: unknown[] = []) =>
			[...(await sql.unsafe(text, params as string[]))] as T[]
	};
	await applyMigrations(owner);
	await settleSmallCity(owner);
	const hash = createHash('sha256').update(COOKIE).digest('hex');
	await sql`insert into app.sessions (session_hash, sid, city_id, person_id, expires_at)
		select ${hash}, gen_random_uuid(), city_id, person_id, now() + interval '20 days'
		from app.people where person_id = ${cast.volunteer.person_id}`;
	return {
		sql,
		url: cluster.url(name, 'authenticator'),
		stop: async () => (await sql.end(), cluster.stop())
	};
}

test('with a Supabase project configured, phones talk to it and our gateway is off', async ({
	browser
}) => {
	const jwk = JSON.stringify(await makeKey());
	const keys = await openKeys({
		origin: '',
		logLevel: '',
		profile: 'embedded',
		dataDir: '',
		signing: { jwk }
	});
	const database = await prepareDatabase();
	const supabase = await startSupabase(database.url, keys, APIKEY);
	const server = await startServer({
		env: {
			PUBLIC_SUPABASE_URL: supabase.url,
			PUBLIC_SUPABASE_PUBLISHABLE_KEY: APIKEY,
			JWT_SIGNING_KEY: jwk
		}
	});
	const context = await browser.newContext();
	await context.addCookies([{ name: 'session', value: COOKIE, url: server.url }]);
	const page = await context.newPage();
	const violations: string[] = [];
	page.on('console', (message) => {
		if (message.type() === 'error') violations.push(message.text());
	});

	await test.step('the gateway answers nobody, and there is no demo', async () => {
		const rpc = await context.request.post(`${server.url}/rest/v1/rpc/me`, {
			data: {},
			headers: { origin: server.url }
		});
		expect(rpc.status()).toBe(404);
		expect((await context.request.get(`${server.url}/demo`)).status()).toBe(404);
	});

	await test.step("a volunteer logs a household, and it is in the project's database", async () => {
		await page.goto(`${server.url}/households/new`);
		await page.getByLabel('Tên gọi hoặc số nhà').fill('Nhà cô Năm');
		await page.getByRole('button', { name: /LƯU/ }).click();
		await expect(page.getByText('Đã lưu hộ trên máy')).toBeVisible();
		// Saving leads on to the first visit; only then is the page left.
		await expect(page.getByRole('dialog')).toBeVisible();
		await page.goto(`${server.url}/log`);
		await expect(page.getByText('Đã gửi hết')).toBeVisible();
		const rows = await database.sql`select label from app.households`;
		expect(rows.map((row) => row.label)).toEqual(['Nhà cô Năm']);
		expect(supabase.called).toEqual(
			expect.arrayContaining(['server_session_find', 'me', 'push', 'pull'])
		);
		expect(violations).toEqual([]);
	});

	await context.close();
	await server.stop();
	await supabase.stop();
	await database.stop();
});
