import postgres from 'postgres';
import { seedCatalogue, seedUnits } from '../../supabase/seed/seed';
import { daNang } from '../../supabase/seed/city';
import { applyMigrations } from './migrations';

/**
 * `npm run migrate`: brings the database at DATABASE_ADMIN_URL (a login that owns it) up to date,
 * and with `--seed` loads the units and the catalogue. Both may be run again at any time.
 */
const url = process.env.DATABASE_ADMIN_URL;
if (!url) {
	process.stderr.write(
		'Set DATABASE_ADMIN_URL to a login that owns the database, e.g. postgres://postgres@localhost/tung_nha\n'
	);
	process.exit(1);
}

const sql = postgres(url, { max: 1, onnotice: () => {} });
const db = {
	exec: (text: string) => sql.unsafe(text).simple(),
	query: async <T>(text: string, params: unknown[] = []) =>
		[...(await sql.unsafe(text, params as string[]))] as T[]
};
try {
	const applied = await applyMigrations(db);
	process.stdout.write(applied.length > 0 ? `Applied: ${applied.join(', ')}\n` : 'Up to date.\n');
	if (process.argv.includes('--seed')) {
		await db.exec('begin');
		await seedUnits(db, daNang);
		await seedCatalogue(db, daNang);
		await db.exec('commit');
		process.stdout.write('Units and catalogue are there.\n');
	}
} catch (error) {
	process.stderr.write(`${(error as Error).message}\n`);
	process.exitCode = 1;
} finally {
	await sql.end();
}
