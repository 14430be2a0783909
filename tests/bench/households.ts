import { chromium, expect, type Browser, type Page } from '@playwright/test';
import { search } from '../../src/lib/device/search';
import type { HouseholdCard } from '../../src/lib/device/cards';
import config from '../../playwright.config';
import { signInAs } from '../support/phone';
import { startServer } from '../support/server';
import { plain, quantile, within, type Line } from './line';

const HOUSEHOLDS = 10_000;
const AT_4X = 'ms of the processor at 4x';
const AT_ONCE = 500;
/** Typed letter by letter, as a person does, each one searched for. */
const QUERIES = ['nha co nam', 'tap hoa 12', 'Nhà bác Sáu', '9999', 'k32 hem 6', 'zzz'];
const SCREENS = 60;

/**
 * A phone at a quarter of this machine's speed that holds 10,000 households, which is what a ward officer
 * has: how long a letter in the search takes until the list shows it, and whether the list stutters when
 * it is scrolled.
 */
export async function households(): Promise<Line[]> {
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
	const labels = Array.from({ length: HOUSEHOLDS }, (_, n) => labelOf(n));
	for (let n = 0; n < HOUSEHOLDS; n += AT_ONCE)
		await page.evaluate(addHouseholds, labels.slice(n, n + AT_ONCE));
	await page.goto(`${server.url}/households`);
	await expect(page.getByText(/^10[.,]?\d{3} hộ$/)).toBeVisible({ timeout: 60_000 });

	const letters = await tasksOf(browser, page, 'input', () => typeAll(page, QUERIES));
	await page.getByRole('searchbox').fill('');
	const frames = await tasksOf(browser, page, 'frame', () => page.evaluate(scroll, SCREENS));
	await browser.close();
	await server.stop();
	return [
		within('households.search.p95', quantile(searches(), 0.95), AT_4X, 16),
		plain('households.letter.p50', quantile(letters, 0.5), AT_4X),
		within('households.letter.p95', quantile(letters, 0.95), AT_4X, 50),
		plain('households.scroll.frame.p50', quantile(frames, 0.5), AT_4X),
		within('households.scroll.frame.worst', Math.max(...frames), AT_4X, 50)
	];
}

/** Runs in the page: scrolls by a quarter of a screen a frame, 11,000 pixels a second: a hard flick. */
function scroll(screens: number): Promise<void> {
	return new Promise((done) => {
		let left = screens * 4;
		const step = () => {
			if (left-- === 0) return done();
			scrollBy(0, innerHeight / 4);
			requestAnimationFrame(step);
		};
		requestAnimationFrame(step);
	});
}

/** The same letters without a screen: only what was searched for, once the labels have been read. */
function searches(): number[] {
	const cards = Array.from({ length: HOUSEHOLDS }, (_, n) => ({
		household: { label: labelOf(n) },
		merged: []
	})) as unknown as HouseholdCard[];
	for (const query of QUERIES) search(cards, query);
	return QUERIES.flatMap((query) =>
		Array.from(query, (_, n) => {
			const before = process.cpuUsage();
			search(cards, query.slice(0, n + 1));
			return (4 * process.cpuUsage(before).user) / 1000;
		})
	);
}

function labelOf(n: number): string {
	const owners = ['cô Năm tạp hóa', 'bác Sáu', 'chị Hoa bán bún', 'ông Tư sửa xe', 'dì Út'];
	return `Nhà ${owners[n % owners.length]} K32/H${n}`;
}

type Traced = {
	name: string;
	pid: number;
	tid: number;
	/** Microseconds: begun at, lasted, held the processor. */
	ts: number;
	dur?: number;
	tdur?: number;
	args?: { data?: { type?: string } };
};

/**
 * The tasks of a page in which a letter arrived or a frame was made: four times the milliseconds for which
 * each held the processor. Not by the clock, which counts whatever else this machine is doing.
 */
async function tasksOf(
	browser: Browser,
	page: Page,
	of: 'input' | 'frame',
	doing: () => Promise<unknown>
): Promise<number[]> {
	await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
	await doing();
	const traced: Traced[] = JSON.parse((await browser.stopTracing()).toString()).traceEvents;
	const tasks = traced.filter(({ name }) => name.endsWith('::RunTask'));
	const wanted = traced.filter(({ name, args }) =>
		of === 'input'
			? name === 'EventDispatch' && args?.data?.type === of
			: name === 'FireAnimationFrame'
	);
	return wanted.map(({ pid, tid, ts }) => {
		const around = tasks.filter(
			(task) =>
				task.pid === pid && task.tid === tid && task.ts <= ts && ts <= task.ts + (task.dur ?? 0)
		);
		return (4 * Math.max(...around.map(({ tdur = NaN }) => tdur))) / 1000;
	});
}

async function typeAll(page: Page, queries: string[]): Promise<void> {
	for (const query of queries) {
		await page.getByRole('searchbox').fill('');
		await page.getByRole('searchbox').pressSequentially(query, { delay: 60 });
	}
}

/** Runs in the page: writes households into the person's group. */
async function addHouseholds(labels: string[]) {
	const session = await (await fetch('/api/session')).json();
	const headers = {
		authorization: `Bearer ${session.token}`,
		'content-type': 'application/json'
	};
	const rpc = async (name: string, args: object) => {
		const body = JSON.stringify(args);
		const answer = await fetch(`/rest/v1/rpc/${name}`, { method: 'POST', headers, body });
		if (!answer.ok) throw new Error(await answer.text());
		return answer.json();
	};
	const { groups } = await rpc('me', {});
	const changes = labels.map((label) => ({
		change_id: crypto.randomUUID(),
		kind: 'household',
		record_id: crypto.randomUUID(),
		group_id: groups[0].id,
		base: null,
		fields: { label },
		at: new Date().toISOString()
	}));
	await rpc('push', { protocol: 1, device: {}, changes });
}
