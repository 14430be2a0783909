import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import type { Database } from '../../../src/lib/server/database/database';
import { beforeExit } from '../../support/before_exit';
import { ensureChromium } from '../../support/chromium.js';
import type { Phone, Place } from '../place';
import type { Phones } from '../target';
import { bundle } from '../../support/bundle';
import type { Opening, Standing } from './page';
import { BrowserTab } from './tab';
import { serve } from './web';

/** What a phone has room for at a time (bytes): far more than a story writes, and soon filled up. */
const ROOM = 2 * 1024 * 1024;

/**
 * Phones that are origins of one Chromium: each has databases, locks and channels of its own, on a
 * real disk, and its tabs are real pages.
 */
export async function browserPhones(database: Database): Promise<Phones> {
	const web = await serve(database, await bundle('tests/simulate/browser/page.ts'));
	const profile = mkdtempSync(path.join(tmpdir(), 'tung-nha-phones-'));
	const forgetProfile = () => rmSync(profile, { recursive: true, force: true });
	beforeExit(forgetProfile);
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: await ensureChromium(),
		args: ['--disable-gpu', '--disable-quic', '--host-resolver-rules=MAP *.localhost 127.0.0.1']
	});
	const devtools = await context.newCDPSession(context.pages()[0] ?? (await context.newPage()));
	const tabOf = new Map<Page, BrowserTab>();
	await context.exposeBinding('tellStanding', ({ page }, standing: Standing) =>
		tabOf.get(page)?.stood(standing)
	);
	await context.exposeBinding('beforeNote', ({ page }) => tabOf.get(page)?.notes());

	let story = 0;
	let opened = 0;
	let tabs = new Map<Place, Set<BrowserTab>>();
	const origins = new Set<string>();
	const full = new Set<string>();
	const originOf = ({ n }: Phone) => `http://phone${n}.story${story}.localhost:${web.port}`;

	async function open(place: Place): Promise<BrowserTab> {
		const { phone, person_id, world } = place;
		if (!origins.has(originOf(phone))) await giveRoom(originOf(phone));
		const page = await context.newPage();
		const others = tabs.get(place) ?? new Set();
		tabs.set(place, others);
		const address = `/tab/${opened++}`;
		const tab = new BrowserTab(place, page, others);
		web.tabs.set(address, tab);
		tabOf.set(page, tab);
		page.on('pageerror', ({ message }) => world.ledger.findings.diverged.push(message));
		await page.goto(originOf(phone) + address);
		const { device_id, has_locks, ahead } = phone;
		const opening: Opening = { person_id, device_id, has_locks, ahead };
		tab.stood(await page.evaluate((opening) => globalThis.simulated.open(opening), opening));
		return tab;
	}

	/** Nothing of a story is left, also of one that broke off. */
	async function putAway(): Promise<void> {
		await makeRoom();
		for (const tab of [...tabs.values()].flatMap((some) => [...some])) await tab.kill();
		tabs = new Map();
		tabOf.clear();
		web.tabs.clear();
		for (const origin of origins)
			await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
		origins.clear();
	}

	async function makeRoom(): Promise<void> {
		for (const origin of full) await giveRoom(origin);
		full.clear();
	}

	async function giveRoom(origin: string): Promise<void> {
		origins.add(origin);
		const { usage } = await devtools.send('Storage.getUsageAndQuota', { origin });
		await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + ROOM });
	}

	return {
		open,
		makeRoom,
		async begin() {
			await putAway();
			story += 1;
		},
		async lose(phone) {
			const page = await context.newPage();
			await page.goto(`${originOf(phone)}/bare`);
			await page.evaluate(async () => {
				for (const { name = '' } of await indexedDB.databases())
					await new Promise<void>((resolve, reject) => {
						const deleting = indexedDB.deleteDatabase(name);
						deleting.onsuccess = () => resolve();
						deleting.onerror = () => reject(new Error(`${name} stays`));
					});
			});
			await page.close();
		},
		async fill(phone) {
			const origin = originOf(phone);
			full.add(origin);
			await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
			const [tab] = [...tabs].flatMap(([place, some]) =>
				place.phone === phone ? [...some].filter((tab) => tab.alive) : []
			);
			await tab?.page.evaluate(() => globalThis.simulated.fillUp());
		},
		async end() {
			await putAway();
			await context.close();
			await web.close();
			forgetProfile();
		}
	};
}
