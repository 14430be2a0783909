import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext, type Page, type TestInfo } from '@playwright/test';

/** A phone: a browser with a profile on disk that can be closed and opened again. */
export type Phone = Awaited<ReturnType<typeof openPhone>>;

/**
 * A phone of 360 by 740. What the pages complain about (policy violations, uncaught errors) is
 * collected in `complaints`; a network that is not there is no complaint.
 *
 * @param args for its browser
 */
export async function openPhone(test: TestInfo, args: string[] = []) {
	const profile = mkdtempSync(path.join(tmpdir(), 'tung-nha-phone-'));
	const complaints: string[] = [];
	const { launchOptions, locale, timezoneId } = test.project.use;
	let context: BrowserContext;
	let page: Page;

	async function open() {
		context = await chromium.launchPersistentContext(profile, {
			...launchOptions,
			args: [...(launchOptions?.args ?? []), ...args],
			locale,
			timezoneId,
			viewport: { width: 360, height: 740 }
		});
		page = context.pages()[0] ?? (await context.newPage());
		page.on('pageerror', (error) => complaints.push(error.message));
		page.on('console', (message) => {
			const text = message.text();
			if (message.type() === 'error' && !/ERR_|Failed to load resource/.test(text))
				complaints.push(text);
		});
	}
	await open();

	return {
		get page() {
			return page;
		},
		get context() {
			return context;
		},
		complaints,
		/** Where the browser keeps its files. */
		profile,
		/** The browser is closed, as a person closes it, and opened again. @param meanwhile what befalls its files */
		async restart(meanwhile?: () => void) {
			await context.close();
			meanwhile?.();
			await open();
		},
		/** The battery is taken out and put back: the browser gets no chance to close anything. */
		async kill() {
			const gone = new Promise((done) => context.once('close', done));
			const devtools = await context.newCDPSession(page);
			// It never answers.
			devtools.send('Browser.crash').catch(() => undefined);
			await gone;
			await open();
		},
		async close() {
			await context.close();
			rmSync(profile, { recursive: true, force: true });
		}
	};
}

/** Signs in as a member of the demo's cast, by the link that the demo prints. */
export async function signInAs(page: Page, url: string, role: string) {
	await page.goto(`${url}/demo/${role}`);
	await page.locator('form button').first().click();
	await page.waitForURL(/\/(log|coverage|wards|people)$/);
}
