import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { StartError } from '../start-error';
import { DatabaseError, type Database } from './database';
import type { Answer, Question } from './embedded-worker';
import { lockFolder } from './folder-lock';

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void };
type Ask = Question extends infer Q ? (Q extends { id: number } ? Omit<Q, 'id'> : never) : never;

/**
 * The embedded PostgreSQL (PGlite) in `dataDir`, in a thread of its own so that a long query does
 * not hold up the web server. The folder is locked: two processes on one folder lose rows silently.
 */
export async function openEmbedded(dataDir: string): Promise<Database> {
	const folder = join(dataDir, 'city');
	if (!existsSync(folder))
		throw new StartError(`There is no prepared data in ${dataDir}. Run npm start, which makes it.`);
	const unlock = lockFolder(dataDir);
	const worker = new Worker(resolve('src/lib/server/database/embedded-worker.ts'), {
		workerData: { folder },
		execArgv: ['--import', 'tsx']
	});
	const waiting = new Map<number, Waiting>();
	let last = 0;
	let over: Error | null = null;

	const ask = (question: Ask): Promise<unknown> =>
		new Promise((resolve, reject) => {
			if (over) return reject(over);
			const id = ++last;
			waiting.set(id, { resolve, reject });
			worker.postMessage({ ...question, id });
		});
	const end = (error: Error) => {
		over ??= error;
		for (const one of waiting.values()) one.reject(over);
		waiting.clear();
		unlock();
	};

	const ready = new Promise<unknown>((resolve, reject) => waiting.set(0, { resolve, reject }));
	worker.on('message', ({ id, value, error }: Answer) => {
		const one = waiting.get(id);
		waiting.delete(id);
		if (error) one?.reject(new DatabaseError(error.code, error.message, error.details, error.hint));
		else one?.resolve(value);
	});
	worker.on('error', (error) => end(error));
	worker.on('exit', () => end(new DatabaseError('57P01', 'the database is closed', null, null)));
	try {
		await ready;
	} catch (error) {
		throw new StartError(
			`The data in ${dataDir} cannot be opened (${(error as Error).message}). ` +
				'Move the folder away and run npm start to begin anew.'
		);
	}

	return {
		run: (identity, statement) =>
			ask({ ask: 'run', identity, statement }) as Promise<string | null>,
		inspect: <T>(text: string) => ask({ ask: 'inspect', text }) as Promise<T[]>,
		async close() {
			const exited = new Promise((resolve) => worker.once('exit', resolve));
			await ask({ ask: 'close' });
			await exited;
		}
	};
}
