import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import type { SeedDatabase } from '../../supabase/seed/database';

const MIGRATIONS = new URL('../../supabase/migrations/', import.meta.url);

/** A database in memory with every migration applied, in order, and nothing in it. */
export async function emptyDatabase(): Promise<SeedDatabase & { close(): Promise<void> }> {
	const lite = await PGlite.create();
	for (const file of readdirSync(MIGRATIONS).sort()) {
		if (file.endsWith('.sql')) await lite.exec(readFileSync(new URL(file, MIGRATIONS), 'utf8'));
	}
	return {
		exec: (sql) => lite.exec(sql),
		query: async <T>(sql: string, params?: unknown[]) => (await lite.query<T>(sql, params)).rows,
		close: () => lite.close()
	};
}

/** The rows of every table, by table; times at which the server itself wrote are left out. */
export async function everything(db: SeedDatabase): Promise<Record<string, unknown[]>> {
	const tables = await db.query<{ name: string }>(
		`select table_name as name from information_schema.tables
		where table_schema = 'app' and table_type = 'BASE TABLE' order by 1`
	);
	const all: Record<string, unknown[]> = {};
	for (const { name } of tables) {
		const rows = await db.query<{ row: unknown }>(
			`select to_jsonb(t) - 'changed_at' as row from app.${name} t order by row`
		);
		all[name] = rows.map((it) => it.row);
	}
	return all;
}

/** One word for all that a database holds. */
export async function fingerprint(db: SeedDatabase): Promise<string> {
	return createHash('sha256')
		.update(JSON.stringify(await everything(db)))
		.digest('hex');
}
