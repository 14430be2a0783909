import { spawn, type ChildProcess } from 'node:child_process';
import { root } from '../../src/run/step.js';
import { beforeExit } from './before_exit';
import { freePort } from './free_port';
import { forgetData, freshData } from './server_data';

/** As `npm start` runs it; on the leash, so that it goes when the tests are killed. */
const program = ['--import', 'tsx', '--import', './src/run/leash.js', 'src/run/serve.ts'];

/** The production server as a program of its own, as a user runs it. */
export type Server = Awaited<ReturnType<typeof startServer>>;

/**
 * Starts the built product and resolves when it has said its address. Without `dataDir` it serves a
 * fresh copy of the prepared demo data, which outlives `stop` (so that `restart` finds it) and goes
 * when the test process ends.
 *
 * @param options dataDir: yours, stays; env: on top of this process's own
 */
export async function startServer(
	options: { dataDir?: string; port?: number; env?: Record<string, string> } = {}
) {
	const port = options.port ?? (await freePort());
	const dataDir = options.dataDir ?? (await freshData());
	const env = {
		...process.env,
		PORT: String(port),
		ORIGIN: `http://localhost:${port}`,
		DATA_DIR: dataDir,
		LOG_LEVEL: 'warn',
		...options.env
	};

	let output = '';
	let server = start();
	beforeExit(() => {
		server.kill('SIGKILL');
		if (!options.dataDir) forgetData(dataDir);
	});
	const url = await address(server, () => output);

	function start() {
		const child = spawn(process.execPath, program, {
			cwd: root,
			env,
			stdio: ['ignore', 'pipe', 'pipe', 'ipc']
		});
		for (const stream of [child.stdout, child.stderr])
			stream?.on('data', (chunk) => (output += String(chunk)));
		return child;
	}

	/** Asks it to end and resolves with its exit code (null: the signal ended it). */
	async function stop(signal: NodeJS.Signals = 'SIGTERM') {
		await ended(server, signal);
		return server.exitCode;
	}

	return {
		url,
		dataDir,
		/** All it has said, over restarts. */
		output: () => output,
		stop,
		/** The power is cut: it gets no chance to close anything. */
		kill: () => stop('SIGKILL'),
		/** Stops it if it runs, and starts it on the same port and data. */
		restart: async () => {
			await stop();
			const said = output.length;
			server = start();
			await address(server, () => output.slice(said));
		}
	};
}

/** Resolves with the address that the server prints; rejects with its words when it ends before. */
function address(server: ChildProcess, output: () => string) {
	return new Promise<string>((resolve, reject) => {
		server.stdout?.on('data', () => {
			const said = /https?:\/\/[^\s"']+/.exec(output());
			if (said) resolve(said[0].replace(/\/$/, ''));
		});
		server.once('error', reject);
		server.once('exit', () => reject(new Error(`The server did not start:\n${output()}`)));
	});
}

/** Resolves when the process is gone. */
function ended(server: ChildProcess, signal: NodeJS.Signals) {
	if (server.exitCode !== null || server.signalCode !== null) return;
	const exit = new Promise((resolve) => server.once('exit', resolve));
	server.kill(signal);
	return exit;
}
