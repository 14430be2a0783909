import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../src/run/step.js';
import { ensureChromium } from './chromium.js';
import { countReport, readPlaywright, readVitest, sum } from './counts.js';
import { ensurePostgres } from './postgres_programs.js';

/** @typedef {import('./counts.js').Counts} Counts */

/** A runner that takes longer hangs. */
const LIMIT_MS = 40 * 60 * 1000;

/**
 * The steps of `npm run check`, each counted as one test.
 * @returns {Promise<Counts>}
 */
export async function checks() {
	const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
	/** @type {Counts[]} */
	const counts = [];
	for (const step of scripts.check.split(' && ')) {
		const [program, ...args] = step.split(' ');
		const ok = (await show(program, args)) === 0;
		counts.push({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });
	}
	return sum(counts);
}

/**
 * @param {'unit' | 'database'} project
 * @returns {Promise<Counts>}
 * @throws {import('../../src/run/step.js').StepFailed} when there is no PostgreSQL
 */
export async function vitest(project) {
	/** @type {Record<string, string>} */
	const env = project === 'database' ? { PG_BIN: await ensurePostgres() } : {};
	return withReport(readVitest, (file) =>
		show(
			'vitest',
			[
				'run',
				`--project=${project}`,
				'--reporter=default',
				'--reporter=json',
				`--outputFile.json=${file}`
			],
			env
		)
	);
}

/**
 * @returns {Promise<Counts>}
 * @throws {import('../../src/run/step.js').StepFailed} when there is no browser
 */
export async function playwright() {
	const CHROMIUM_PATH = await ensureChromium();
	return withReport(readPlaywright, (file) =>
		show('playwright', ['test', '--reporter=line,json'], {
			CHROMIUM_PATH,
			PLAYWRIGHT_JSON_OUTPUT_FILE: file
		})
	);
}

/** How many made-up stories of sync are played each time; more are asked for by `npm run simulate`. */
const STORIES = { memory: 5000, postgres: 100, browser: 10 };

/**
 * The simulation of sync, each server counted as one test.
 * @returns {Promise<Counts>}
 * @throws {import('../../src/run/step.js').StepFailed} when there is no PostgreSQL or no browser
 */
export async function simulation() {
	const env = { PG_BIN: await ensurePostgres(), CHROMIUM_PATH: await ensureChromium() };
	/** @type {Counts[]} */
	const counts = [];
	for (const [against, schedules] of Object.entries(STORIES)) {
		// The same stories each time: a story that nobody has played yet is looked for by `npm run simulate`.
		const asked = ['--schedules', String(schedules), '--seed', '20261123', '--against', against];
		const program = ['--import', 'tsx', 'tests/simulate/run.ts', ...asked];
		const ok = (await show(process.execPath, program, env)) === 0;
		counts.push({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });
	}
	return sum(counts);
}

/**
 * Everybody at every door, counted as one test.
 * @returns {Promise<Counts>}
 * @throws {import('../../src/run/step.js').StepFailed} when there is no PostgreSQL
 */
export async function probe() {
	const env = { PG_BIN: await ensurePostgres() };
	const ok = (await show(process.execPath, ['--import', 'tsx', 'tests/probe/run.ts'], env)) === 0;
	return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

/**
 * @template Report
 * @param {(report: Report) => Counts} read
 * @param {(file: string) => Promise<number>} runner gets a path to write to, resolves to exit code
 */
async function withReport(read, runner) {
	const folder = mkdtempSync(path.join(tmpdir(), 'tung-nha-report-'));
	try {
		const file = path.join(folder, 'report.json');
		return countReport(file, await runner(file), read);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * Runs an installed program in full view.
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<number>} exit code; 1 when it could not be started or was killed
 */
function show(program, args, env = {}) {
	process.stdout.write(`\n> ${[program, ...args].join(' ')}\n`);
	const bin = path.join(root, 'node_modules', '.bin');
	const child = spawn(program, args, {
		cwd: root,
		env: { ...process.env, ...env, PATH: bin + path.delimiter + process.env.PATH },
		stdio: ['ignore', 'inherit', 'inherit'],
		timeout: LIMIT_MS,
		shell: process.platform === 'win32'
	});
	return new Promise((resolve) => {
		child.on('error', () => resolve(1));
		child.on('close', (code) => resolve(code ?? 1));
	});
}
