import { existsSync } from 'node:fs';
import { StepFailed } from '../../src/run/step.js';
import { aptInstall, onPath } from './apt.js';

/**
 * Finds a Chromium for the browser tests: the one named in CHROMIUM_PATH, Playwright's own, or the
 * system's. Imports Playwright late, because packages may have been installed a moment ago.
 * @returns {Promise<string | undefined>} path of the program
 */
export async function findChromium() {
	const named = process.env.CHROMIUM_PATH;
	if (named) return named;
	const { chromium } = await import('@playwright/test');
	const own = chromium.executablePath();
	if (existsSync(own)) return own;
	return onPath('chromium', 'chromium-browser', 'google-chrome');
}

/**
 * Finds a Chromium, or installs one.
 * @returns {Promise<string>} path of the program
 * @throws {StepFailed}
 */
export async function ensureChromium() {
	const found = await findChromium();
	if (found && existsSync(found)) return found;
	if (found) throw new StepFailed(`CHROMIUM_PATH names "${found}", which does not exist.`);
	aptInstall('chromium');
	const installed = await findChromium();
	if (installed) return installed;
	throw new StepFailed(
		'The browser tests need Chromium: install it (npx playwright install chromium, or apt-get install chromium), or name it in CHROMIUM_PATH.'
	);
}
