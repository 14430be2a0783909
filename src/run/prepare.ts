import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createHash } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { seedDemo } from '../../supabase/seed/demo/seed';
import { readConfig } from '../lib/server/config';
import { lockFolder } from '../lib/server/database/folder-lock';
import { StartError } from '../lib/server/start-error';
import { today } from '../lib/domain/day';
import { applyMigrations, readMigrations, type OwnerDatabase } from './migrations';

/**
 * Makes the embedded data in `dataDir` ready: a new folder gets the schema and the demo city, an
 * older one the migrations it lacks. The folder appears whole or not at all.
 */
export async function prepare(dataDir: string): Promise<void> {
	const folder = join(dataDir, 'city');
	const stamp = join(dataDir, 'prepared');
	const schema = schemaPrint();
	if (existsSync(folder) && existsSync(stamp) && readFileSync(stamp, 'utf8') === schema) return;

	const unlock = lockFolder(dataDir);
	try {
		if (existsSync(folder)) await bringUpToDate(folder);
		else await makeDemoCity(folder, join(dataDir, 'city.unfinished'));
		writeFileSync(stamp, schema);
	} finally {
		unlock();
	}
}

async function bringUpToDate(folder: string) {
	const { db, close } = await open(folder);
	try {
		await applyMigrations(db);
	} finally {
		await close();
	}
}

async function makeDemoCity(folder: string, unfinished: string) {
	process.stdout.write('Preparing the demo city …\n');
	rmSync(unfinished, { recursive: true, force: true });
	mkdirSync(unfinished, { recursive: true });
	const { db, close } = await open(unfinished);
	await applyMigrations(db);
	await db.exec('begin;');
	await seedDemo(db, { today: today() });
	await db.exec('commit;');
	await db.exec('analyze;');
	await close();
	renameSync(unfinished, folder);
}

/** PGlite as its owner; notices are left out. */
async function open(folder: string): Promise<{ db: OwnerDatabase; close(): Promise<void> }> {
	const lite = await PGlite.create(folder);
	return {
		db: {
			exec: (sql) => lite.exec(sql),
			query: async <T>(sql: string, params?: unknown[]) => (await lite.query<T>(sql, params)).rows
		},
		close: () => lite.close()
	};
}

function schemaPrint(): string {
	const hash = createHash('sha256');
	for (const migration of readMigrations()) hash.update(migration.version).update(migration.sql);
	return hash.digest('hex');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	const config = readConfig(process.env);
	if (config.profile !== 'embedded') process.exit(0);
	await prepare(config.dataDir).catch((error) => {
		process.stderr.write(
			error instanceof StartError
				? `${error.message}\n`
				: `The data in ${config.dataDir} could not be prepared: ${(error as Error).message}\n`
		);
		process.exit(1);
	});
}
