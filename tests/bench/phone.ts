import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, expect, type Page } from '@playwright/test';
import config from '../../playwright.config';
import { signInAs } from '../support/phone';
import { startServer } from '../support/server';
import { plain, quantile, within, type Line } from './line';

const STARTS = 9;
const SAVES = 15;
const HOUSEHOLDS = 500;

/**
 * A volunteer's phone at a quarter of this machine's speed, without network and without server, whose
 * group holds 500 households: what it loads before the home can be used, how long that takes, and
 * how long a save takes from the tap to the words that it is kept.
 */
export async function phone(): Promise<Line[]> {
	const server = await startServer();
	const browser = await chromium.launch(config.use?.launchOptions);
	const context = await browser.newContext({
		viewport: { width: 360, height: 740 },
		locale: 'vi-VN'
	});
	// The runner of this file names functions by a helper that no page has.
	await context.addInitScript({ content: 'globalThis.__name = (named) => named' });
	const page = await context.newPage();
	await signInAs(page, server.url, 'member');
	await expect(page.getByText('Đã gửi hết')).toBeVisible({ timeout: 30_000 });
	await page.evaluate(() => navigator.serviceWorker.ready);
	await page.evaluate(fillGroup, HOUSEHOLDS);
	await page.reload();
	await expect(page.getByText('Đã gửi hết')).toBeVisible({ timeout: 30_000 });

	await server.kill();
	await context.setOffline(true);
	const slow = await context.newCDPSession(page);
	await slow.send('Emulation.setCPUThrottlingRate', { rate: 4 });

	const loaded = new Set<string>();
	page.on('response', (response) => loaded.add(new URL(response.url()).pathname));
	const starts: number[] = [];
	for (let i = 0; i < STARTS; i++) starts.push(await untilUsable(page, `${server.url}/log`));
	const bytes = (ending: string) => gzipped([...loaded].filter((path) => path.endsWith(ending)));
	const lines = [
		within('phone.javascript', bytes('.js').size / 1000, 'kB gzip', 60),
		within('phone.javascript.late_libraries', bytes('.js').late, 'files', 0),
		within('phone.css', bytes('.css').size / 1000, 'kB gzip', 8),
		plain('phone.offline_start.p50', quantile(starts, 0.5), 'ms at 4x'),
		plain('phone.offline_start.p95', quantile(starts, 0.95), 'ms at 4x')
	];
	const saves: number[] = [];
	for (let i = 0; i < SAVES; i++) saves.push(await repeatOnce(page));
	lines.push(plain('phone.tap_to_saved.p50', quantile(saves, 0.5), 'ms at 4x'));
	lines.push(plain('phone.tap_to_saved.p95', quantile(saves, 0.95), 'ms at 4x'));
	await browser.close();
	return lines;
}

/** Milliseconds from the navigation to a household in the list, by the page's own clock. */
async function untilUsable(page: Page, url: string): Promise<number> {
	await page.goto(url);
	const list = page.getByRole('button', { name: /^Ghi lại/ }).first();
	await list.waitFor();
	return page.evaluate(() => performance.now());
}

/** Milliseconds from a tap on "Ghi lại" to the words that it is kept. */
function repeatOnce(page: Page): Promise<number> {
	return page.evaluate(
		() =>
			new Promise<number>((done) => {
				const said = () => document.body.innerText.split('Đã lưu trên máy').length;
				const tap = [...document.querySelectorAll('button')].find((one) =>
					(one.getAttribute('aria-label') ?? one.innerText).startsWith('Ghi lại')
				);
				const began = performance.now();
				const watch = new MutationObserver(() => {
					if (said() < 2) return;
					watch.disconnect();
					done(performance.now() - began);
				});
				watch.observe(document.body, { subtree: true, childList: true, characterData: true });
				tap?.click();
			})
	);
}

/** Size of built files, each gzipped by itself, and how many of them hold a library meant to come late. */
function gzipped(paths: string[]): { size: number; late: number } {
	const files = paths.filter((path) => path.startsWith('/_app/'));
	const bodies = files.map((path) => readFileSync(join('build/client', path)));
	return {
		size: bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).byteLength, 0),
		late: bodies.filter((body) => /PostgrestClient|registerables/.test(body.toString())).length
	};
}

/** Runs in the page: writes households into the person's group until it holds about this many. */
async function fillGroup(count: number) {
	const session = await (await fetch('/api/session')).json();
	const rpc = async (name: string, args: object) =>
		(
			await fetch(`/rest/v1/rpc/${name}`, {
				method: 'POST',
				headers: { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' },
				body: JSON.stringify(args)
			})
		).json();
	const { groups } = await rpc('me', {});
	const changes = Array.from({ length: count - 100 }, (_, i) => ({
		change_id: crypto.randomUUID(),
		kind: 'household',
		record_id: crypto.randomUUID(),
		group_id: groups[0].id,
		base: null,
		fields: { label: `Căn hộ ${i}` },
		at: new Date().toISOString()
	}));
	await rpc('push', { protocol: 1, device: {}, changes });
}
