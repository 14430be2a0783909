import { defineConfig } from '@playwright/test';
import { findChromium } from './tests/support/chromium.js';

/** Root may not use Chromium's sandbox; the rest keeps the browser from calling home. */
const args = [
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

export default defineConfig({
	testDir: 'tests',
	testMatch: '**/*.spec.ts',
	globalSetup: './tests/support/server_setup.ts',
	timeout: 60_000,
	workers: 1,
	retries: 0,
	forbidOnly: true,
	reporter: 'line',
	use: {
		browserName: 'chromium',
		locale: 'vi-VN',
		timezoneId: 'Asia/Ho_Chi_Minh',
		trace: 'retain-on-failure',
		launchOptions: { executablePath: await findChromium(), args }
	}
});
