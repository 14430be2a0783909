// The thread that holds the embedded database. JavaScript on purpose: a worker thread does not
// inherit a TypeScript loader, and starting one here would cost more than it saves.
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

/**
 * @typedef {{ text: string, params: (string | null)[] }} Statement
 * @typedef {{ id: number, ask: 'rows', statements: Statement[] } | { id: number, ask: 'close' }} Question
 * @typedef {{ code?: string, message: string, detail?: string, hint?: string }} Trouble
 * @typedef {{ id: number, rows?: object[], trouble?: Trouble }} Answer
 */

if (!parentPort) throw new Error('embedded-worker runs as a worker thread');
const port = parentPort;

const db = await PGlite.create(workerData.folder);
port.postMessage({ id: 0 });

// PGlite is one connection: without one queue, calls would run under each other's identity.
let queue = Promise.resolve();
port.on('message', (/** @type {Question} */ question) => {
	queue = queue.then(() => answer(question));
});

/** @param {Question} question */
async function answer(question) {
	const { id } = question;
	try {
		if (question.ask === 'close') await db.close();
		else return port.postMessage({ id, rows: await rowsOfLast(question.statements) });
		port.postMessage({ id });
		port.close();
	} catch (error) {
		const { code, message, detail, hint } = /** @type {Trouble} */ (error);
		port.postMessage({ id, trouble: { code, message, detail, hint } });
	}
}

/**
 * Runs the statements in one transaction and answers the rows of the last.
 * @param {Statement[]} statements
 * @returns {Promise<object[]>}
 */
function rowsOfLast(statements) {
	return db.transaction(async (tx) => {
		/** @type {object[]} */
		let rows = [];
		for (const { text, params } of statements) ({ rows } = await tx.query(text, params));
		return rows;
	});
}
