import type { Page } from '@playwright/test';
import { execFile } from 'node:child_process';
import { makeKey } from '../../src/lib/server/token/keys';
import { root } from '../../src/run/step.js';
import { freePort } from './free_port';
import { startPostgres } from './postgres';
import { startServer } from './server';

/** A real city on a PostgreSQL of its own, with nobody in it yet: its server, and the first code. */
export type RealCity = Awaited<ReturnType<typeof startRealCity>>;

export async function startRealCity() {
	const postgres = await startPostgres({ fsync: false });
	const database = await postgres.createDatabase();
	const port = await freePort();
	const origin = `http://localhost:${port}`;
	const owner = { DATABASE_ADMIN_URL: postgres.url(database), ORIGIN: origin };
	const printed = await said(['src/run/migrate.ts', '--seed'], owner);
	const server = await startServer({
		port,
		env: {
			ORIGIN: origin,
			DATABASE_URL: postgres.url(database, 'authenticator'),
			JWT_SIGNING_KEY: JSON.stringify(await makeKey())
		}
	});
	return {
		url: server.url,
		/** What `npm run migrate -- --seed` printed. */
		printed,
		/** The first administrator's code in it. */
		code: /#([0-9A-Z]{26})/.exec(printed)?.[1] ?? '',
		async stop() {
			await server.stop();
			await postgres.stop();
		}
	};
}

/** Comes in by a code of staff, and sets the name and the password. */
export async function setPassword(
	page: Page,
	{ url, code, name, password }: { url: string; code: string; name: string; password: string }
) {
	await page.goto(`${url}/join#${code}`);
	await page.getByRole('button', { name: 'Nhận sổ ghi trên máy này' }).click();
	await page.getByLabel('Tên đăng nhập').fill(name);
	await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
	await page.getByRole('button', { name: 'Bắt đầu' }).click();
}

export async function signInByPassword(page: Page, url: string, name: string, password: string) {
	await page.goto(`${url}/sign-in`);
	await page.getByLabel('Tên đăng nhập').fill(name);
	await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
	await page.getByRole('button', { name: 'Đăng nhập' }).click();
}

/** What a program of ours prints. */
async function said(args: string[], env: Record<string, string>): Promise<string> {
	return new Promise((resolve, reject) =>
		execFile(
			process.execPath,
			['--import', 'tsx', ...args],
			{ cwd: root, env: { ...process.env, ...env } },
			(error, stdout) => (error ? reject(error) : resolve(stdout))
		)
	);
}
