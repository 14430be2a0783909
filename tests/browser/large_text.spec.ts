import { expect, test } from '@playwright/test';
import { cut } from '../support/cut';
import { signInAs } from '../support/phone';
import { screens, viewers, WALK_MS } from '../support/screens/screens';
import { startServer, type Server } from '../support/server';

/** What the browser's own setting for the size of text changes: 32 px in the place of 16. */
const LARGE_TEXT = '--blink-settings=defaultFontSize=32';

let server: Server;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

for (const viewer of viewers)
	test(`with text of 200 % on 360 px nothing is cut and nothing scrolls sideways: ${viewer ?? 'nobody signed in'}`, async ({
		playwright
	}, info) => {
		test.setTimeout(WALK_MS);
		const { launchOptions, locale, timezoneId } = info.project.use;
		const browser = await playwright.chromium.launch({
			...launchOptions,
			args: [...(launchOptions?.args ?? []), LARGE_TEXT]
		});
		const page = await browser.newPage({
			locale,
			timezoneId,
			viewport: { width: 360, height: 740 },
			reducedMotion: 'reduce'
		});
		if (viewer) await signInAs(page, server.url, viewer);
		for (const { name, as, show } of screens) {
			if (as !== viewer) continue;
			await show(page, server.url);
			expect.soft(await cut(page), name).toEqual([]);
		}
		await browser.close();
	});
