import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import config from '../../playwright.config';
import { bundle } from './bundle';
import { plain, quantile, within, type Line } from './line';

const DEVICE = 'src/lib/device/device.ts';
const OPENINGS = 15;

/**
 * The local store alone, in a page with nothing else: what its code weighs together with that of sync,
 * and how long a phone at a quarter of this machine's speed takes to open a team's records.
 */
export async function store(): Promise<Line[]> {
	const entries = [DEVICE, 'src/lib/sync/sync.ts'];
	const [ours, all] = [await bundle(entries, { libraries: false }), await bundle(entries)];
	return [
		within('store.javascript', gzipped(ours), 'kB gzip', 15),
		plain('store.javascript.with_libraries', gzipped(all), 'kB gzip'),
		within('store.cold_open.p50', quantile(await openings(), 0.5), 'ms at 4x', 100)
	];
}

function gzipped(code: string[]): number {
	return code.reduce((sum, one) => sum + gzipSync(one, { level: 9 }).byteLength, 0) / 1000;
}

/** Milliseconds until 500 households and 2,000 visits can be asked for, each time by a new page. */
async function openings(): Promise<number[]> {
	const [script = ''] = await bundle([DEVICE], { whole: true });
	const browser = await chromium.launch(config.use?.launchOptions);
	const context = await browser.newContext();
	await context.addInitScript({ content: 'globalThis.__name = (named) => named' });
	await context.route('http://localhost/**', (route) =>
		route.request().url().endsWith('.js')
			? route.fulfill({ contentType: 'text/javascript', body: script })
			: route.fulfill({ contentType: 'text/html', body: '<!doctype html>' })
	);
	const page = await context.newPage();
	await page.goto('http://localhost/');
	await page.evaluate(fill);
	const slow = await context.newCDPSession(page);
	await slow.send('Emulation.setCPUThrottlingRate', { rate: 4 });
	const taken: number[] = [];
	for (let n = 0; n < OPENINGS; n++) {
		await page.reload();
		taken.push(await page.evaluate(open));
	}
	await browser.close();
	return taken;
}

type Module = typeof import('../../src/lib/device/device');

async function fill() {
	const address = '/device.js';
	const { Device } = (await import(address)) as Module;
	const device = await Device.open('b0000000-0000-7000-8000-000000000001');
	const group_id = 'a0000000-0000-7000-8000-000000000003';
	const common = (n: number) => ({
		id: crypto.randomUUID(),
		seq: n,
		author_id: device.person_id,
		recorded_at: '2026-11-01T02:00:00Z',
		discarded: false
	});
	const columns = (rows: Record<string, unknown>[]) =>
		Object.fromEntries(
			Object.keys(rows[0] ?? {}).map((field) => [field, rows.map((row) => row[field])])
		);
	const households = Array.from({ length: 500 }, (_, n) => ({
		...common(n),
		label: `Nhà số ${n} đường Hoa Sữa`,
		adults: n % 5
	}));
	const visits = Array.from({ length: 2000 }, (_, n) => ({
		...common(500 + n),
		household_id: households[n % 500]?.id,
		day: '2026-11-01',
		place: 'home',
		topics: ['vneid', 'qr'],
		outcome: 'helped',
		people_helped: 1,
		note: `Lượt thứ ${n}`
	}));
	for (let n = 0; n < 5; n++) {
		const part = (all: Record<string, unknown>[], size: number) =>
			columns(all.slice(n * size, (n + 1) * size)) as never;
		const group = {
			group_id,
			cursor: `${n}`,
			more: n < 4,
			reset: false,
			trainings: null,
			requests: null,
			goals: null,
			thanks: null,
			signups: null
		};
		const rows = { households: part(households, 100), visits: part(visits, 400) };
		await device.ingest({ server_time: '', groups: [{ ...group, ...rows }] });
	}
	await device.compact(0);
	device.close();
}

async function open(): Promise<number> {
	const address = '/device.js';
	const { Device } = (await import(address)) as Module;
	const began = performance.now();
	const device = await Device.open('b0000000-0000-7000-8000-000000000001');
	const taken = performance.now() - began;
	if (device.households().length !== 500 || device.visits().length !== 2000)
		throw new Error('not everything was opened');
	return taken;
}
