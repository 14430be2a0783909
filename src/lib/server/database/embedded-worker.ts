import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { DatabaseError, assume, type Identity, type Statement } from './database';

/** What the main thread asks, and what it is answered under the same id. */
export type Question = { id: number } & (
	| { ask: 'run'; identity: Identity; statement: Statement }
	| { ask: 'inspect'; text: string }
	| { ask: 'close' }
);
export type Answer = {
	id: number;
	value?: unknown;
	error?: Pick<DatabaseError, 'code' | 'message' | 'details' | 'hint'>;
};

const port = parentPort;
if (!port) throw new Error('embedded-worker runs as a worker thread');

const db = await PGlite.create(workerData.folder as string);
port.postMessage({ id: 0 } satisfies Answer);

// PGlite is one connection: without one queue, calls would run under each other's identity.
let queue: Promise<void> = Promise.resolve();
port.on('message', (question: Question) => {
	queue = queue.then(() => answer(question));
});

async function answer(question: Question) {
	try {
		const value = await carryOut(question);
		port?.postMessage({ id: question.id, value } satisfies Answer);
	} catch (thrown) {
		const { code, message, details, hint } = DatabaseError.from(thrown);
		port?.postMessage({
			id: question.id,
			error: { code, message, details, hint }
		} satisfies Answer);
	}
	if (question.ask === 'close') port?.close();
}

async function carryOut(question: Question): Promise<unknown> {
	switch (question.ask) {
		case 'run':
			return db.transaction(async (tx) => {
				const as = assume(question.identity);
				await tx.query(as.text, as.params);
				const { rows } = await tx.query<{ body: string }>(
					question.statement.text,
					question.statement.params
				);
				return rows[0]?.body ?? null;
			});
		case 'inspect':
			return (await db.query(question.text)).rows;
		case 'close':
			return db.close();
	}
}
