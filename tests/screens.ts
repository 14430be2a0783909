// Pictures of every screen, on a phone and on a laptop, in light and in dark:
//
//   node --import tsx tests/screens.ts [folder] [part of their names]
//
// The build must be current (npm run build).
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findChromium } from './support/chromium.js';
import { signInAs } from './support/phone';
import { screens } from './support/screens/screens';
import { startServer } from './support/server';

const folder = path.resolve(process.argv[2] ?? 'test-results/screens');
const asked = process.argv[3] ?? '';
const sizes = { phone: { width: 360, height: 740 }, laptop: { width: 1280, height: 800 } };

await mkdir(folder, { recursive: true });
const server = await startServer();
const browser = await chromium.launch({
	executablePath: await findChromium(),
	args: ['--disable-gpu', '--disable-quic']
});
let page: Page | undefined;
let signedIn: string | null | undefined;

for (const { name, as, show } of screens.filter((screen) => screen.name.includes(asked))) {
	if (!page || as !== signedIn) {
		page = await browser.newPage({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' });
		await page.setViewportSize(sizes.phone);
		if (as) await signInAs(page, server.url, as);
		signedIn = as;
	}
	await page.setViewportSize(sizes.phone);
	await show(page, server.url);
	for (const [size, viewport] of Object.entries(sizes)) {
		await page.setViewportSize(viewport);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.screenshot({
				path: path.join(folder, `${name}-${size}-${colorScheme}.png`),
				animations: 'disabled'
			});
		}
	}
}
await browser.close();
await server.stop();
