import { spawn } from 'node:child_process';
import { root } from './step.js';

/** npm repeats a signal that the terminal has already sent to all; the echo comes within this. */
const ECHO_MS = 1000;

/**
 * Runs the server until it ends, and passes on what tells it to stop.
 *
 * The server stands in a process group of its own, so that Ctrl-C reaches it once and through us,
 * and not three times (terminal, npm, us): a second signal during the closing of the database is
 * what a server takes for "at once". It is tied to us by a channel instead (see leash.js).
 * @returns {Promise<number>} exit code
 */
export function serve() {
	const server = spawn(
		process.execPath,
		['--import', 'tsx', '--import', './src/run/leash.js', 'src/run/serve.ts'],
		{
			cwd: root,
			stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
			detached: process.platform !== 'win32'
		}
	);

	let told = -Infinity;
	/** @param {'SIGINT' | 'SIGTERM'} signal */
	function tell(signal) {
		if (Date.now() - told < ECHO_MS) return;
		told = Date.now();
		server.kill(signal);
	}
	process.on('SIGINT', () => tell('SIGINT'));
	process.on('SIGTERM', () => tell('SIGTERM'));
	process.on('SIGHUP', () => tell('SIGTERM')); // its terminal was closed
	const watch = onOrphaned(() => tell('SIGTERM'));

	return new Promise((resolve, reject) => {
		server.on('error', reject);
		server.on('exit', (code) => {
			clearInterval(watch);
			resolve(code ?? 1);
		});
	});
}

/**
 * npm passes on SIGINT and SIGTERM (the script says `exec`, or the shell between npm and us would
 * swallow them), but killed outright it can pass on nothing. What we see of it is another parent.
 * @param {() => void} then
 */
function onOrphaned(then) {
	const parent = process.ppid;
	if (!process.env.npm_lifecycle_event) return undefined;
	return setInterval(() => process.ppid !== parent && then(), 250);
}
