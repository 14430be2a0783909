import { expect, test, type Page } from '@playwright/test';
import { makeKey } from '../../src/lib/server/token/keys';
import { root } from '../../src/run/step.js';
import { freePort } from '../support/free_port';
import { startPostgres } from '../support/postgres';
import { startServer, type Server } from '../support/server';

let postgres: Awaited<ReturnType<typeof startPostgres>>;
let server: Server;
/** What `npm run migrate -- --seed` printed. */
let printed = '';

const PASSWORD = 'đi từng ngõ gõ từng nhà';

test.beforeAll(async () => {
	postgres = await startPostgres({ fsync: false });
	const database = await postgres.createDatabase();
	const port = await freePort();
	const origin = `http://localhost:${port}`;
	const owner = { DATABASE_ADMIN_URL: postgres.url(database), ORIGIN: origin };
	printed = await said(['src/run/migrate.ts', '--seed'], owner);
	server = await startServer({
		port,
		env: {
			ORIGIN: origin,
			DATABASE_URL: postgres.url(database, 'authenticator'),
			JWT_SIGNING_KEY: JSON.stringify(await makeKey())
		}
	});
});
test.afterAll(async () => {
	await server.stop();
	await postgres.stop();
});

const codeIn = (text: string) => /#([0-9A-Z]{26})/.exec(text)?.[1] ?? '';

async function setPassword(page: Page, code: string, name: string) {
	await page.goto(`${server.url}/join#${code}`);
	await page.getByRole('button', { name: 'Nhận sổ ghi trên máy này' }).click();
	await page.getByLabel('Tên đăng nhập').fill(name);
	await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD);
	await page.getByRole('button', { name: 'Bắt đầu' }).click();
}

async function signIn(page: Page, name: string, password: string) {
	await page.goto(`${server.url}/sign-in`);
	await page.getByLabel('Tên đăng nhập').fill(name);
	await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
	await page.getByRole('button', { name: 'Đăng nhập' }).click();
}

test('a real city begins with a printed code; its staff sign in by a password', async ({
	page,
	browser
}) => {
	expect(printed).toContain('Quản trị của Đà Nẵng');

	await test.step('the first administrator sets a name and a password', async () => {
		await page.goto(`${server.url}/join#${codeIn(printed)}`);
		await page.getByRole('button', { name: 'Nhận sổ ghi trên máy này' }).click();
		await expect(page.getByRole('heading', { name: 'Chào Quản trị!' })).toBeVisible();
		await page.getByLabel('Tên đăng nhập').fill('quan.tri');
		await page.getByLabel('Mật khẩu', { exact: true }).fill('matkhau12345678');
		await page.getByRole('button', { name: 'Bắt đầu' }).click();
		await expect(page.getByText('Mật khẩu này dễ đoán')).toBeVisible();
		await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD);
		await page.getByRole('button', { name: 'Bắt đầu' }).click();
		await page.waitForURL(/\/wards$/);
	});

	await test.step('a wrong password is told without saying which part was wrong', async () => {
		const other = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
		await signIn(other, 'quan.tri', 'một mật khẩu sai hẳn');
		await expect(other.getByText('Tên đăng nhập hoặc mật khẩu chưa đúng.')).toBeVisible();
		await signIn(other, 'khong.co', 'một mật khẩu sai hẳn');
		await expect(other.getByText('Tên đăng nhập hoặc mật khẩu chưa đúng.')).toBeVisible();
		await signIn(other, 'Quản.Trị', PASSWORD);
		await other.waitForURL(/\/wards$/);
		await other.context().close();
	});

	await test.step('the administrator invites an officer, who sees the own ward alone', async () => {
		await page.goto(`${server.url}/people/staff`);
		await page.getByRole('searchbox').fill('hai chau');
		await page.getByRole('link', { name: /^Phường Hải Châu|^Hải Châu/ }).click();
		await page.getByRole('button', { name: 'Thêm người' }).click();
		await page.getByRole('dialog').getByLabel('Họ và tên').fill('Phạm Văn Khế');
		await page.getByRole('dialog').getByRole('button', { name: 'Lưu' }).click();
		await page.getByRole('button', { name: /Phạm Văn Khế/ }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Mời', exact: true }).click();
		const code = (
			await page
				.getByRole('article')
				.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{2,4}){6}$/)
				.innerText()
		).replaceAll('-', '');
		const officer = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
		await setPassword(officer, code, 'pham.khe');
		await officer.waitForURL(/\/coverage$/);
		await officer.goto(`${server.url}/people/staff`);
		await expect(
			officer.getByRole('list', { name: 'Cán bộ của đơn vị' }).getByRole('link')
		).toHaveCount(1);
		await officer.goto(`${server.url}/audit`);
		await expect(officer.getByText('Không được xem')).toBeVisible();
		await officer.context().close();
	});

	await test.step('what was done is in the log, and no page of another site can act for them', async () => {
		await page.goto(`${server.url}/audit`);
		await expect(page.getByRole('rowheader', { name: 'Mời' }).first()).toBeVisible();
		const cookies = (await page.context().cookies())
			.map((one) => `${one.name}=${one.value}`)
			.join('; ');
		for (const path of [
			'/api/join',
			'/api/join/look',
			'/api/sign-in-again',
			'/sign-in',
			'/api/sign-out'
		]) {
			const answer = await fetch(server.url + path, {
				method: 'POST',
				headers: {
					cookie: cookies,
					origin: 'https://elsewhere.example',
					'content-type': 'application/json'
				},
				body: '{}'
			});
			expect([path, answer.status]).toEqual([path, 403]);
		}
	});
});

/** What a program of ours prints. */
async function said(args: string[], env: Record<string, string>): Promise<string> {
	const { execFile } = await import('node:child_process');
	return new Promise((resolve, reject) =>
		execFile(
			process.execPath,
			['--import', 'tsx', ...args],
			{ cwd: root, env: { ...process.env, ...env } },
			(error, stdout) => (error ? reject(error) : resolve(stdout))
		)
	);
}
