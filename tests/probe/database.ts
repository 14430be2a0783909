import postgres from 'postgres';
import { applyMigrations } from '../../src/run/migrations';
import type { Postgres } from '../support/postgres';
import { seedWorld } from './seed';
import type { World } from './world';

/** A database: its name, and where it is to its owner and to the gateway's login role. */
export type Copy = { name: string; owner: string; gateway: string };

/** A new database with both cities in it; all are copies of one. */
export async function seededCopy(server: Postgres, world: World): Promise<Copy> {
	const name = await server.createDatabaseLike('probe', async (draft) => {
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
	return { name, owner: server.url(name), gateway: server.url(name, 'authenticator') };
}
