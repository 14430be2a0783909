import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
	chmodSync,
	chownSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeExit } from './before_exit';
import { freePort } from './free_port';
import { ensurePostgres } from './postgres_programs.js';

/** Whom PostgreSQL runs as; it refuses to run as root. */
interface Owner {
	uid?: number;
	gid?: number;
}

export type ClusterOptions = {
	fsync?: boolean;
	/** A folder that outlives the run and whose cluster is taken up again; a temporary one by default. */
	keptIn?: string;
	/** More settings of the server, by name. */
	settings?: Record<string, string | number>;
};

/**
 * Makes a cluster in a folder and starts it on a free port of 127.0.0.1 and on a socket in that
 * folder. Everyone is trusted; the superuser is `postgres`; UTF8, locale C.
 */
export async function startCluster({ fsync = true, keptIn, settings: more }: ClusterOptions) {
	const programs = await ensurePostgres();
	const owner = ownerOfServer();
	const folder = ownFolder(owner, keptIn);
	const data = path.join(folder, 'data');
	const options = { cwd: folder, ...owner };
	const run = (program: string, ...args: string[]) =>
		spawnSync(path.join(programs, program), ['-D', data, ...args], {
			...options,
			encoding: 'utf8'
		});

	/** Synchronous, because it is also the last thing a dying process does. */
	function remove() {
		run('pg_ctl', 'stop', '-m', keptIn ? 'fast' : 'immediate', '-w');
		if (!keptIn) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
	const forget = beforeExit(remove);

	try {
		if (existsSync(path.join(data, 'PG_VERSION'))) {
			// One that a killed run left behind would keep the folder to itself.
			run('pg_ctl', 'stop', '-m', 'fast', '-w');
		} else {
			const made = run(
				'initdb',
				...['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']
			);
			if (made.status !== 0) throw new Error(`initdb failed: ${made.error ?? made.stderr}`);
		}
		const port = await freePort();
		const settings = {
			port,
			listen_addresses: '127.0.0.1',
			unix_socket_directories: folder,
			fsync: fsync ? 'on' : 'off',
			max_connections: 200,
			...more
		};
		const server = spawn(
			path.join(programs, 'postgres'),
			[
				'-D',
				data,
				...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
			],
			{ ...options, stdio: ['ignore', 'ignore', 'pipe'] }
		);
		await ready(server);
		return {
			port,
			/** The process of the server. */
			pid: server.pid ?? 0,
			stop: async () => {
				await ended(server);
				remove();
				forget();
			}
		};
	} catch (error) {
		remove();
		forget();
		throw error;
	}
}

/** Ourselves, or, when we are root, Debian's `postgres` or at least `nobody`. */
function ownerOfServer(): Owner {
	if (process.getuid?.() !== 0) return {};
	const users = readFileSync('/etc/passwd', 'utf8')
		.split('\n')
		.map((line) => line.split(':'));
	const user =
		users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
	if (!user) throw new Error('PostgreSQL does not run as root, and there is no user "nobody".');
	return { uid: Number(user[2]), gid: Number(user[3]) };
}

/** A folder that only the owner may enter. */
function ownFolder({ uid, gid }: Owner, keptIn?: string) {
	const folder = keptIn ?? mkdtempSync(path.join(tmpdir(), 'tung-nha-postgres-'));
	mkdirSync(folder, { recursive: true });
	if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
	chmodSync(folder, 0o700);
	return folder;
}

/** Resolves when the server says that it takes connections. Rejects with its words when it ends. */
function ready(server: ChildProcess) {
	let log = '';
	return new Promise<void>((resolve, reject) => {
		server.stderr?.on('data', (chunk) => {
			// Read to the end of its life, or the pipe fills up and the server stands still.
			if (log.length < 10_000) log += String(chunk);
			if (log.includes('ready to accept connections')) resolve();
		});
		server.once('error', reject);
		server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${log}`)));
	});
}

/** Tells the server to end connections and close; resolves when it has. */
function ended(server: ChildProcess) {
	if (server.exitCode !== null || server.signalCode !== null) return;
	const exit = new Promise((resolve) => server.once('exit', resolve));
	server.kill('SIGINT');
	return exit;
}
