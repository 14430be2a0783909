import { expect, test, type Page } from '@playwright/test';
import { signInAs } from '../support/phone';
import { screens, viewers, WALK_MS } from '../support/screens/screens';
import { startServer, type Server } from '../support/server';

const looks = [
	{ said: '320 px wide', width: 320, args: [] },
	// What the browser's own setting for the size of text changes: 32 px in the place of 16.
	{
		said: '360 px wide with text of 200 %',
		width: 360,
		args: ['--blink-settings=defaultFontSize=32']
	}
];

let server: Server;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

/** What can be reached only by scrolling sideways, and words that leave what they are written on. */
function cut(page: Page) {
	return page.evaluate(() => {
		const seen = (element: Element) =>
			element.checkVisibility() && !element.closest('.visually-hidden');
		/** A table may be wider than the screen, where the keyboard reaches it and its name is said. */
		const wide = (element: Element) => element.closest('[role="region"][tabindex="0"][aria-label]');
		const name = (element: Element) => `${element.tagName} “${element.textContent.trim()}”`;
		const found: string[] = [];

		for (const element of document.querySelectorAll('*')) {
			if (!seen(element) || wide(element)) continue;
			const scrolls = element === document.scrollingElement;
			const clips = scrolls || getComputedStyle(element).overflowX !== 'visible';
			// One pixel is how words for a screen reader are hidden; a field of text scrolls as one types.
			const shown = element.clientWidth > 1 && !(element instanceof HTMLInputElement);
			if (clips && shown && element.scrollWidth > element.clientWidth)
				found.push(`${element.tagName}.${element.className} scrolls sideways`);
		}

		for (const control of document.querySelectorAll('a, button, label, summary, select')) {
			if (!seen(control)) continue;
			const box = control.getBoundingClientRect();
			const inside = (rect: DOMRect) =>
				rect.left >= box.left - 1 &&
				rect.right <= box.right + 1 &&
				rect.top >= box.top - 1 &&
				rect.bottom <= box.bottom + 1;
			if (!wide(control) && (box.left < -1 || box.right > innerWidth + 1))
				found.push(`${name(control)} leaves the screen`);
			const words = document.createTreeWalker(control, NodeFilter.SHOW_TEXT);
			for (let text = words.nextNode(); text; text = words.nextNode()) {
				if (!text.textContent?.trim() || !text.parentElement || !seen(text.parentElement)) continue;
				const range = document.createRange();
				range.selectNodeContents(text);
				if (
					getComputedStyle(control).display !== 'inline' &&
					![...range.getClientRects()].every(inside)
				)
					found.push(`${name(control)} is cut`);
			}
		}
		return found;
	});
}

for (const { said, width, args } of looks)
	for (const viewer of viewers)
		test(`on a screen ${said} nothing is cut and nothing scrolls sideways: ${viewer ?? 'nobody signed in'}`, async ({
			playwright
		}, info) => {
			test.setTimeout(WALK_MS);
			const { launchOptions, locale, timezoneId } = info.project.use;
			const browser = await playwright.chromium.launch({
				...launchOptions,
				args: [...(launchOptions?.args ?? []), ...args]
			});
			const page = await browser.newPage({
				locale,
				timezoneId,
				viewport: { width, height: 740 },
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
