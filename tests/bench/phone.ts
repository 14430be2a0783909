import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
	chromium,
	expect,
	type BrowserContext,
	type CDPSession,
	type Page
} from '@playwright/test';
import config from '../../playwright.config';
import { signInAs } from '../support/phone';
import { startServer } from '../support/server';
import { beside, plain, quantile, within, type Line } from './line';

const STARTS = 9;
const SAVES = 25;
const HOUSEHOLDS = 500;
const PEER = '/icons/icon.svg';

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
	await context.addInitScript(noteUsable);
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

	const starts: number[] = [];
	let loaded: string[] = [];
	for (let i = 0; i < STARTS; i++) {
		const start = await untilUsable(page, `${server.url}/log`);
		starts.push(start.usable);
		loaded = start.loaded;
	}
	const peers: number[] = [];
	for (let i = 0; i < STARTS; i++) peers.push(await untilShown(page, `${server.url}${PEER}`));
	const saves: number[] = [];
	await untilUsable(page, `${server.url}/log`);
	const held: number[] = [];
	await slow.send('Performance.enable', { timeDomain: 'threadTicks' });
	for (let i = 0; i < SAVES; i++) {
		await page.evaluate(atRest);
		const before = await processorOf(slow);
		saves.push(await repeatOnce(page));
		held.push((await processorOf(slow)) - before);
	}

	await server.restart();
	const scripts = loaded.filter((path) => path.endsWith('.js'));
	const needed = await neededOf(scripts, context, `${server.url}/log`);
	await browser.close();
	await server.stop();
	const start = quantile(starts, 0.5);
	return [
		within('phone.javascript', gzipped(needed).size / 1000, 'kB gzip', 60),
		plain('phone.javascript.with_early_extras', gzipped(scripts).size / 1000, 'kB gzip'),
		within('phone.javascript.late_libraries', gzipped(scripts).late, 'files', 0),
		within(
			'phone.css',
			gzipped(loaded.filter((path) => path.endsWith('.css'))).size / 1000,
			'kB gzip',
			8
		),
		beside(
			'phone.offline_start.p50',
			start,
			'ms at 4x',
			'an icon by the same worker',
			quantile(peers, 0.5)
		),
		within('phone.offline_start.p95', quantile(starts, 0.95), 'ms at 4x', 1000),
		plain('phone.tap_to_saved.p50', quantile(saves, 0.5), 'ms at 4x'),
		within('phone.tap_to_saved.p95', quantile(saves, 0.95), 'ms at 4x', 100),
		// To what comes after the words, too; whatever else the machine is doing does not stretch it.
		plain('phone.tap_to_saved.processor.p95', quantile(held, 0.95), 'ms of the processor at 4x')
	];
}

/** Runs in the page: until it has nothing left to do, as when somebody looks for the door they were at. */
function atRest() {
	return new Promise<void>((done) => requestIdleCallback(() => requestIdleCallback(() => done())));
}

/** Milliseconds from the navigation to something that is only fetched and shown: the floor of a start. */
async function untilShown(page: Page, url: string): Promise<number> {
	await page.goto(url, { waitUntil: 'load' });
	return page.evaluate(() => {
		const [navigation] = performance.getEntriesByType(
			'navigation'
		) as PerformanceNavigationTiming[];
		return navigation?.loadEventStart ?? NaN;
	});
}

/**
 * The scripts without which the home does not come up: each is withheld in turn. The others are
 * asked for early, but nobody waits for them.
 */
async function neededOf(
	scripts: string[],
	context: BrowserContext,
	url: string
): Promise<string[]> {
	const bare = await context
		.browser()!
		.newContext({ serviceWorkers: 'block', storageState: await context.storageState() });
	await bare.addInitScript(noteUsable);
	const needed: string[] = [];
	for (const script of ['', ...scripts]) {
		const page = await bare.newPage();
		if (script) await page.route(`**${script}`, (route) => route.abort());
		await page.goto(url);
		const patience = script ? 5000 : 30_000;
		const usable = await page
			.waitForFunction(() => 'usable' in window, null, { timeout: patience })
			.then(
				() => true,
				() => false
			);
		await page.close();
		if (!script && !usable) throw new Error('the home does not come up');
		if (!usable) needed.push(script);
	}
	return needed;
}

/**
 * Milliseconds from the navigation to a household in the list, by the page's own clock, and what had
 * been asked for by then.
 */
async function untilUsable(page: Page, url: string): Promise<{ usable: number; loaded: string[] }> {
	await page.goto(url);
	await page.waitForFunction(() => 'usable' in window);
	return page.evaluate(() => {
		const { usable } = window as unknown as { usable: number };
		const asked = performance.getEntriesByType('resource').filter((one) => one.startTime < usable);
		return { usable, loaded: asked.map((one) => new URL(one.name).pathname) };
	});
}

/** Runs in the page: notes the moment at which the first household of the list stands. */
function noteUsable() {
	const watch = new MutationObserver(() => {
		const buttons = [...document.querySelectorAll('main button')];
		if (!buttons.some((one) => one.getAttribute('aria-label')?.startsWith('Ghi lại'))) return;
		watch.disconnect();
		Object.assign(window, { usable: performance.now() });
	});
	watch.observe(document, { subtree: true, childList: true, attributes: true });
}

/** Milliseconds for which the page has held the processor so far, what it is slowed down by included. */
async function processorOf(session: CDPSession): Promise<number> {
	const { metrics } = await session.send('Performance.getMetrics');
	return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
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
