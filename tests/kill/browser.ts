import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { beforeExit } from '../support/before_exit';
import { bundle } from '../support/bundle';
import { startServer } from '../support/server';
import { startChromium } from './chromium';
import { missing } from './missing';
import type { Outcome } from './outcome';
import type { Acknowledged } from './page';
import { pusher } from './pusher';
import { signIn } from './sign_in';

const PAGE =
	'<!doctype html><title>Từng Nhà</title><script type="module" src="/assets/page.js"></script>';
/** At most so many answers are waited for before a kill. */
const MOST = 40;
/** More than are written before one kill. */
const NUMBERS = 100_000;

/**
 * Kills a whole Chromium with SIGKILL while its page writes records and drafts and sends them to the
 * real server, so many times on one profile. What the phone has said that it has ("Đã lưu trên máy":
 * the promise was fulfilled, and this process was told) must be there at the next opening, with what
 * was said last or something newer, and at the end on the server.
 *
 * The operating system lives on, so what it has taken over from the browser is not lost with it:
 * this proves that nothing is called kept while only the browser knows it, and that what was half
 * written does no harm. It does not prove what a cut of the power leaves; for that, saving asks the
 * browser for `strict` durability, which waits for the disk.
 *
 * Chromium itself deletes all databases when its LevelDB finds them corrupted ("checksum mismatch"), which
 * kills in the middle of writes have brought about. What the server had comes back with the next pull,
 * what only this phone had from its second copy; it is told when that happens.
 */
export async function killBrowser(times: number): Promise<Outcome> {
	const files = await bundle('tests/kill/page.ts');
	const server = await startServer();
	const asMember = await signIn(server.url);
	const { person_id } = await asMember.session();
	const { group_id } = await pusher(server.url, asMember);
	const profile = mkdtempSync(path.join(tmpdir(), 'tung-nha-kill-'));
	const forgetProfile = () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
	beforeExit(forgetProfile);

	const acknowledged = new Map<string, number>();
	const lost = new Set<string>();
	let count = 0;
	const check = async (page: Page) => {
		const recovered = await page.evaluate(() => globalThis.killed.recovered());
		if (recovered) {
			process.stdout.write(`the databases were lost: ${JSON.stringify(recovered)}\n`);
			// What the server had is pulled anew.
			await page.evaluate(() => globalThis.killed.send());
		}
		const held = await page.evaluate(() => globalThis.killed.held());
		const gone = missing(acknowledged, held);
		if (gone.length > 0)
			process.stdout.write(`${gone.length} of ${acknowledged.size} are missing\n`);
		for (const id of gone) lost.add(id);
		const halves = await page.evaluate(() => globalThis.killed.halves());
		for (const id of halves) lost.add(`the other half of ${id}`);
	};

	/** Starts the browser, and opens the page on it. */
	async function open(tell: (acknowledged: Acknowledged[]) => void) {
		const chromium = await startChromium(profile);
		const { context } = chromium;
		await context.addCookies(asMember.cookies());
		for (const [address, body] of [['/page', PAGE], ...files] as const)
			await context.route(server.url + address, (route) =>
				route.fulfill({ body, contentType: address === '/page' ? 'text/html' : 'text/javascript' })
			);
		await context.exposeBinding('acknowledge', (_, told: Acknowledged[]) => tell(told));
		const page = await context.newPage();
		await page.goto(`${server.url}/page`);
		await page.evaluate((person_id) => globalThis.killed.open(person_id), person_id);
		return { page, kill: chromium.kill };
	}

	for (let time = 0; time < times; time++) {
		let left = (time * 7) % MOST;
		let enough = () => {};
		const written = new Promise<void>((resolve) => (enough = resolve));
		const { page, kill } = await open((told) => {
			for (const { id, n } of told) acknowledged.set(id, n);
			count += told.length;
			if (left-- <= 0) enough();
		});
		await check(page);
		const broke = new Promise((_, reject) => page.once('pageerror', reject));
		await page.evaluate(([group_id, first]) => globalThis.killed.write(group_id, first), [
			group_id,
			time * NUMBERS
		] as const);
		// The other writes are under way at this moment, and so is what is sent.
		await Promise.race([written, broke]);
		await kill();
	}

	const { page, kill } = await open(() => {});
	await check(page);
	const left = await page.evaluate(() => globalThis.killed.send());
	if (left > 0) lost.add(`${left} were not taken by the server`);
	// Now the phone has drafts, and no record but those that come from the server.
	await page.evaluate(() => globalThis.killed.forget());
	await page.evaluate(() => globalThis.killed.send());
	await check(page);
	await kill();
	forgetProfile();
	await server.stop();
	return { acknowledged: count, lost: lost.size };
}
