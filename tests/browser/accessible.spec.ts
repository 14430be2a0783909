import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { cut } from '../support/cut';
import { signInAs } from '../support/phone';
import { screens, viewers, WALK_MS } from '../support/screens/screens';
import { startServer, type Server } from '../support/server';
import { unstyled } from '../support/unstyled';

const PHONE = { width: 360, height: 740 };
const NARROW = { width: 320, height: 740 };

let server: Server;

// What rises or fades in is judged when it stands.
test.use({ viewport: PHONE, contextOptions: { reducedMotion: 'reduce' } });
test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

/** What axe finds: its default rules, and the WCAG 2.2 rule that is off by default. In the dark only colours differ. */
async function findings(page: Page, colorScheme: 'light' | 'dark') {
	const axe = new AxeBuilder({ page }).setLegacyMode();
	const { violations } = await (
		colorScheme === 'light'
			? axe.options({ rules: { 'target-size': { enabled: true } } })
			: axe.withRules(['color-contrast', 'link-in-text-block'])
	).analyze();
	return violations.flatMap(({ id, nodes }) =>
		nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`)
	);
}

/** A colour on its way from light to dark is not judged: what turns without end is left alone. */
function stands(page: Page) {
	return page.evaluate(async () => {
		const ending = document
			.getAnimations()
			.filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
		await Promise.allSettled(ending.map(({ finished }) => finished));
	});
}

for (const viewer of viewers)
	test(`every screen can be read and worked by everyone, in light, in dark and 320 px wide: ${viewer ?? 'nobody signed in'}`, async ({
		page
	}) => {
		test.setTimeout(WALK_MS);
		if (viewer) await signInAs(page, server.url, viewer);
		for (const { name, as, show } of screens) {
			if (as !== viewer) continue;
			await show(page, server.url);
			expect.soft(await unstyled(page), `${name}, its styles`).toEqual([]);
			for (const colorScheme of ['light', 'dark'] as const) {
				await page.emulateMedia({ colorScheme });
				await stands(page);
				expect.soft(await findings(page, colorScheme), `${name}, ${colorScheme}`).toEqual([]);
			}
			await page.setViewportSize(NARROW);
			expect.soft(await cut(page), `${name}, narrow`).toEqual([]);
			await page.setViewportSize(PHONE);
		}
	});
