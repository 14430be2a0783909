import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout; every step runs in it, wherever it was called from. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A step that ended badly. The message is the one sentence to show; empty when it has spoken. */
export class StepFailed extends Error {
	/**
	 * @param {string} sentence
	 * @param {number} exitCode
	 */
	constructor(sentence, exitCode = 1) {
		super(sentence);
		this.exitCode = exitCode;
	}
}

/**
 * Runs one program in the checkout and resolves when it ended well. Its output is shown, or kept
 * back and, when it fails, written to `start.log`.
 * @param {string} command
 * @param {string[]} args
 * @param {{ failed: string, show?: boolean, env?: NodeJS.ProcessEnv }} options failed: the sentence
 * @throws {StepFailed}
 */
export function run(command, args, { failed, show = false, env = process.env }) {
	/** @type {string[]} */
	const output = [];
	const child = spawn(command, args, {
		cwd: root,
		env,
		stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
		// On Windows npm is a script, which only a shell can start.
		shell: process.platform === 'win32' && command === 'npm'
	});
	child.stdout?.on('data', (chunk) => output.push(String(chunk)));
	child.stderr?.on('data', (chunk) => output.push(String(chunk)));

	return /** @type {Promise<void>} */ (
		new Promise((resolve, reject) => {
			child.on('error', (error) => reject(new StepFailed(`${failed} (${error.message})`)));
			child.on('close', (code, signal) => {
				if (code === 0) resolve();
				else if (signal) reject(new StepFailed('Stopped.', 130));
				else reject(new StepFailed(show ? failed : `${failed} ${keepLog(output)}`));
			});
		})
	);
}

/** @param {string[]} output */
function keepLog(output) {
	writeFileSync(path.join(root, 'start.log'), output.join(''));
	return 'The reason is in start.log.';
}

/**
 * Runs npm, the one that started us when there is one.
 * @param {string[]} args
 * @param {{ failed: string, show?: boolean }} options
 * @throws {StepFailed}
 */
export function runNpm(args, options) {
	const npm = process.env.npm_execpath;
	return npm?.endsWith('.js')
		? run(process.execPath, [npm, ...args], options)
		: run('npm', args, options);
}
