import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext, type CDPSession, type Page } from '@playwright/test';
import config from '../../../playwright.config';
import type { Bench } from './page';
import type { Web } from './web';

type Process = { id: number; cpuTime: number };

/** A page that holds one store, and what can be asked of it. */
export type StorePage = {
	store: string;
	page: Page;
	devtools: CDPSession;
	/** Has the page do something; the arguments and the answer cross as JSON. */
	ask<N extends keyof Bench>(
		name: N,
		...args: Parameters<Bench[N]>
	): Promise<Awaited<ReturnType<Bench[N]>>>;
	close(): Promise<void>;
};

export type Browser = Awaited<ReturnType<typeof openBrowser>>;

/** A browser with a profile on the disk: without one, Chromium keeps databases in memory only. */
export async function openBrowser(web: Web) {
	const profile = mkdtempSync(path.join(tmpdir(), 'tung-nha-peers-'));
	let context: BrowserContext = await launch();

	function launch() {
		return chromium.launchPersistentContext(profile, config.use?.launchOptions);
	}

	return {
		/** @param slow how many times slower than this machine */
		async open(store: string, slow = 1): Promise<StorePage> {
			const page = await context.newPage();
			const complaints: string[] = [];
			page.on('pageerror', (error) => complaints.push(error.message));
			const devtools = await context.newCDPSession(page);
			await devtools.send('Emulation.setCPUThrottlingRate', { rate: slow });
			await page.goto(web.address(store));
			const loaded = await page.evaluate(() => 'bench' in globalThis);
			if (!loaded) throw new Error(`${store} did not load: ${complaints.join('; ')}`);
			return {
				...{ store, page, devtools },
				async ask(name, ...args) {
					const asked = page.evaluate(
						([its, given]) => {
							const { bench } = globalThis as unknown as {
								bench: Record<string, (...all: unknown[]) => unknown>;
							};
							return bench[its]?.(...given);
						},
						[name, args] as [string, unknown[]]
					);
					return asked.catch((error: Error) => {
						throw new Error(`${store}.${name}: ${error.message} ${complaints.join('; ')}`);
					}) as never;
				},
				close: () => page.close()
			};
		},

		/** Milliseconds that all processes of the browser have worked so far. */
		async cpu(): Promise<number> {
			const session = await context.browser()?.newBrowserCDPSession();
			const found = await session?.send('SystemInfo.getProcessInfo');
			await session?.detach();
			const processes: Process[] = found?.processInfo ?? [];
			return processes.reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
		},

		/** Closes the browser as a person does, and starts it again. */
		async restart() {
			await context.close();
			context = await launch();
		},

		async close() {
			await context.close();
			rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
		}
	};
}
