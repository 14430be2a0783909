import { defineConfig } from '@playwright/test';
import { findChromium } from './tests/support/chromium.js';

/** On top of what Playwright gives: no sandbox, which root may not have, and no calls home. */
const args = ['--disable-gpu', '--disable-quic'];

export default defineConfig({
	testDir: 'tests',
	testMatch: '**/*.spec.ts',
	globalSetup: './tests/support/server_setup.ts',
	// Generous, because a machine with two cores may be busy; what passes is not slowed by it.
	timeout: 120_000,
	expect: { timeout: 15_000 },
	// Each has a server and a browser of its own, and for a third of the time a test waits.
	workers: 2,
	retries: 0,
	forbidOnly: true,
	reporter: 'line',
	use: {
		browserName: 'chromium',
		locale: 'vi-VN',
		timezoneId: 'Asia/Ho_Chi_Minh',
		launchOptions: { executablePath: await findChromium(), args }
	}
});
