import postgres from 'postgres';
import type { OwnerDatabase } from './migrations';

/**
 * Opens the database at DATABASE_ADMIN_URL, does the work and lets go of it. What goes wrong is said in
 * one sentence, with exit code 1.
 */
export async function asOwner(work: (db: OwnerDatabase) => Promise<void>): Promise<void> {
	const url = process.env.DATABASE_ADMIN_URL;
	if (!url) {
		process.stderr.write(
			'Set DATABASE_ADMIN_URL to a login that owns the database, e.g. postgres://postgres@localhost/tung_nha\n'
		);
		process.exit(1);
	}
	const sql = postgres(url, { max: 1, onnotice: () => {} });
	try {
		await work({
			exec: (text: string) => sql.unsafe(text).simple(),
			query: async <T>(text: string, params: unknown[] = []) =>
				[...(await sql.unsafe(text, params as string[]))] as T[]
		});
	} catch (error) {
		process.stderr.write(`${(error as Error).message}\n`);
		process.exitCode = 1;
	} finally {
		await sql.end();
	}
}
