import type postgres from 'postgres';
import { assume, type Identity, type Statement } from '../../src/lib/server/database/database';

/** What came of a statement: its rows, or the SQLSTATE and words of its refusal. */
export type Outcome = { rows: Record<string, unknown>[]; code?: string; message?: string };
export type Knock = (
	statement: Statement,
	wrote?: boolean
) => Promise<Outcome & { wrote: unknown }>;

/** Refusals for want of a right or of a live session. */
export const isRefusal = ({ code }: Outcome) => code === '42501' || code === 'PT401';

/**
 * The identity taken on as the gateway does, from its own login role, in a transaction that leaves
 * nothing behind. Each statement begins where the first did; many are on their way at once, each in one
 * message with the return to the door before it, and after it with the owner's look at what it wrote, in
 * the caller's own transaction.
 */
export async function knockAs(
	sql: postgres.Sql,
	identity: Identity,
	work: (knock: Knock) => Promise<unknown>
): Promise<void> {
	const line = await sql.reserve();
	try {
		await line.unsafe('begin');
		// Longer than a person waits: a busy machine says nothing about rights.
		const as = assume(identity, 60_000);
		await line.unsafe(as.text, as.params);
		await line.unsafe('savepoint door');
		const knock: Knock = ({ text, params }, wrote = false) => {
			const statements = [
				'rollback to door',
				spliced(text, params),
				...(wrote ? ['select probe.written() as body'] : [])
			];
			return outcomeOf(line.unsafe(statements.join(';\n')));
		};
		await work(knock);
	} finally {
		await line.unsafe('rollback');
		line.release();
	}
}

/**
 * A statement with its parameters written into it: the driver asks the server about each parameter
 * first, and would wait for the answer. Only our own words are spliced in.
 */
function spliced(text: string, params: (string | null)[]): string {
	return text.replace(/\$(\d+)/g, (_, n) => {
		const value = params[Number(n) - 1];
		return value == null ? 'null' : `'${value.replaceAll("'", "''")}'`;
	});
}

async function outcomeOf(results: PromiseLike<unknown>): ReturnType<Knock> {
	try {
		const [, rows = [], written] = (await results) as Outcome['rows'][];
		return { rows: [...rows], wrote: written?.[0]?.body };
	} catch (error) {
		const { code, message } = error as { code: string; message: string };
		return { rows: [], code, message, wrote: undefined };
	}
}
