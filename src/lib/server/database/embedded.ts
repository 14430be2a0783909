import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { StartError } from '../start-error';
import { DatabaseError, assume, type Database, type Statement } from './database';
import type { Answer } from './embedded-worker.js';
import { lockFolder } from './folder-lock';

/** Longer than any call may take. PGlite has no timers, so a statement timeout means nothing to it. */
const PATIENCE_MS = 20_000;

/**
 * The embedded PostgreSQL (PGlite) in `dataDir`, in a thread of its own so that a long query does
 * not hold up the web server. The folder is locked: two processes on one folder lose rows silently.
 *
 * @param lost called when the thread ends without having been asked, or no longer answers: then
 * nothing can be read or kept any more, and the process had better end and be started anew
 */
export async function openEmbedded(
	dataDir: string,
	lost: (error: Error) => void = () => {}
): Promise<Database> {
	const folder = join(dataDir, 'city');
	if (!existsSync(folder))
		throw new StartError(`There is no prepared data in ${dataDir}. Run npm start, which makes it.`);
	const unlock = lockFolder(dataDir);
	const thread = startThread(folder, unlock, lost);
	try {
		await thread.ready;
	} catch (error) {
		unlock();
		throw new StartError(
			`The data in ${dataDir} cannot be opened (${(error as Error).message}). ` +
				'Move the folder away and run npm start to begin anew.'
		);
	}
	return {
		async run(identity, statement) {
			const rows = await thread.rows([assume(identity), statement]);
			return (rows[0] as { body: string | null } | undefined)?.body ?? null;
		},
		inspect: async <T>(text: string) => (await thread.rows([{ text, params: [] }])) as T[],
		close: thread.close
	};
}

/** The worker thread as promises: each question is answered, or refused when the thread is gone. */
function startThread(folder: string, unlock: () => void, lost: (error: Error) => void) {
	// From the working directory and not from this module, which the build moves elsewhere.
	const worker = new Worker(resolve('src/lib/server/database/embedded-worker.js'), {
		workerData: { folder }
	});
	const waiting = new Map<
		number,
		{ resolve: (rows: object[]) => void; reject: (error: Error) => void }
	>();
	let last = 0;
	let gone: Error | null = null;
	let opened = false;
	let closing = false;

	const answered = (id: number) =>
		new Promise<object[]>((resolve, reject) => {
			if (gone) reject(gone);
			else waiting.set(id, { resolve, reject });
		});
	const ask = (question: { ask: 'rows'; statements: Statement[] } | { ask: 'close' }) => {
		const id = ++last;
		const answer = answered(id);
		worker.postMessage({ ...question, id });
		const watch = setTimeout(() => end(new Error('the database does not answer')), PATIENCE_MS);
		return answer.finally(() => clearTimeout(watch));
	};
	const end = (error: Error) => {
		if (gone) return;
		gone = new DatabaseError('57P01', 'the database is closed', null, null);
		for (const { reject } of waiting.values()) reject(opened ? gone : error);
		waiting.clear();
		if (closing) unlock();
		// The lock stays until the process ends: the thread may still be writing.
		else if (opened) lost(error);
	};

	worker.on('message', ({ id, rows, trouble }: Answer) => {
		opened = true;
		const asker = waiting.get(id);
		waiting.delete(id);
		if (trouble) asker?.reject(DatabaseError.from(trouble));
		else asker?.resolve(rows ?? []);
	});
	worker.on('error', end);
	worker.on('exit', () => end(new Error('the database thread has ended')));

	return {
		ready: answered(0),
		rows: (statements: Statement[]) => ask({ ask: 'rows', statements }),
		async close() {
			if (gone) return;
			closing = true;
			const exited = new Promise((resolve) => worker.once('exit', resolve));
			await ask({ ask: 'close' });
			await exited;
		}
	};
}
