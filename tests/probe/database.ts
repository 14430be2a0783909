import postgres from 'postgres';
import { applyMigrations } from '../../src/run/migrations';
import type { Postgres } from '../support/postgres';
import { seedWorld } from './seed';
import type { World } from './world';

/** A new database with both cities in it; answers its name. */
export function seededDatabase(server: Postgres, world: World): Promise<string> {
	return server.createDatabaseLike('probe', async (draft) => {
		const sql = postgres(server.url(draft), { max: 1, onnotice: () => {} });
		const owner = {
			exec: (text: string) => sql.unsafe(text).simple(),
			query: async <T>(text: string, params: unknown[] = []) =>
				[...(await sql.unsafe(text, params as string[]))] as T[]
		};
		try {
			await applyMigrations(owner);
			await seedWorld(owner, world);
		} finally {
			await sql.end();
		}
	});
}
