import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** One file of supabase/migrations. */
export type Migration = { version: string; name: string; sql: string };

/** A database open to its owner: many statements at once, or one with parameters. */
export type OwnerDatabase = {
	exec(sql: string): Promise<unknown>;
	query<T>(sql: string, params?: unknown[]): Promise<T[]>;
};

/** The migrations in the order of their versions. */
export function readMigrations(folder = 'supabase/migrations'): Migration[] {
	return readdirSync(folder)
		.filter((file) => /^\d{14}_\w+\.sql$/.test(file))
		.sort()
		.map((file) => {
			const [version, ...words] = basename(file, '.sql').split('_');
			return {
				version: version ?? '',
				name: words.join('_'),
				sql: readFileSync(join(folder, file), 'utf8')
			};
		});
}

/**
 * Applies what is not applied yet, each file in a transaction of its own, and answers the names.
 * Keeps the same list as the Supabase CLI does, so that either may go on where the other stopped.
 */
export async function applyMigrations(
	db: OwnerDatabase,
	migrations = readMigrations()
): Promise<string[]> {
	// Two deploys at once take turns.
	await db.exec('select pg_advisory_lock(7201);');
	await db.exec(`
		create schema if not exists supabase_migrations;
		create table if not exists supabase_migrations.schema_migrations (
			version text not null primary key, statements text[], name text
		);`);
	const rows = await db.query<{ version: string }>(
		'select version from supabase_migrations.schema_migrations'
	);
	const done = new Set(rows.map((row) => row.version));
	const applied: string[] = [];
	for (const { version, name, sql } of migrations) {
		if (done.has(version)) continue;
		const noted = `insert into supabase_migrations.schema_migrations (version, name, statements)
			values ('${version}', '${name}', '{}');`;
		await db.exec(`begin;\n${sql}\n${noted}\ncommit;`).catch(async (error) => {
			await db.exec('rollback;');
			throw new Error(`migration ${version}_${name}: ${(error as Error).message}`);
		});
		applied.push(name);
	}
	await db.exec('select pg_advisory_unlock(7201);');
	return applied;
}
