import postgres from 'postgres';
import type { Postgres } from '../support/postgres';

/** Every commit takes 5 ms longer meanwhile, as on a network's disk, also when nobody else commits. */
export async function withSlowCommits(server: Postgres, work: () => Promise<void>): Promise<void> {
	await set(server, ['commit_delay = 5000', 'commit_siblings = 0']);
	try {
		await work();
	} finally {
		await set(server, ['commit_delay = 0', 'commit_siblings = 5']);
	}
}

async function set(server: Postgres, settings: string[]): Promise<void> {
	const sql = postgres(server.admin);
	for (const setting of settings) await sql.unsafe(`alter system set ${setting}`);
	await sql`select pg_reload_conf()`;
	await sql.end();
}
