import { spawn, type ChildProcess } from 'node:child_process';
import { chromium, type BrowserContext } from '@playwright/test';
import { beforeExit } from '../support/before_exit';
import { ensureChromium } from '../support/chromium.js';

const ARGS = [
	...[
		'--headless',
		'--disable-gpu',
		'--disable-quic',
		'--no-first-run',
		'--remote-debugging-port=0'
	],
	// Root may not have a sandbox.
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])
];

/** A Chromium that is the head of a process group of its own, so that all of it can be killed at once. */
export type Chromium = { context: BrowserContext; kill(): Promise<void> };

/** Starts one on a profile, also on one that the last was killed on. */
export async function startChromium(profile: string): Promise<Chromium> {
	const program = await ensureChromium();
	const child = spawn(program, [...ARGS, `--user-data-dir=${profile}`, 'about:blank'], {
		detached: true,
		stdio: ['ignore', 'ignore', 'pipe']
	});
	const goes = beforeExit(() => signal(child));
	const browser = await chromium.connectOverCDP(await address(child));
	const [context] = browser.contexts();
	if (!context) throw new Error('the browser has no window');
	return {
		context,
		async kill() {
			const ended = new Promise((resolve) => child.once('close', resolve));
			signal(child);
			// Its last process holds the other end of the pipe.
			await ended;
			goes();
		}
	};
}

/** Nothing of it gets a chance to close anything. */
function signal({ pid }: ChildProcess): void {
	if (!pid) return;
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// It has gone already.
	}
}

/** Resolves with where it listens; rejects with its words when it ends before. */
function address(child: ChildProcess): Promise<string> {
	let said = '';
	return new Promise((resolve, reject) => {
		child.stderr?.on('data', (chunk) => {
			said += String(chunk);
			const found = /ws:\/\/\S+/.exec(said);
			if (found) resolve(found[0]);
		});
		child.once('error', reject);
		child.once('exit', () => reject(new Error(`Chromium did not start:\n${said}`)));
	});
}
