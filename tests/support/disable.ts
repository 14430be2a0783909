import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Server } from './server';

/** Disables a person of the demo city, as of some days ago. The server is down meanwhile. */
export async function disable(server: Server, name: string, days = 0): Promise<void> {
	await server.stop();
	const lite = await PGlite.create(path.join(server.dataDir, 'city'));
	const { affectedRows } = await lite.query(
		`update app.people set disabled_at = now() - make_interval(days => $2) where name = $1`,
		[name, days]
	);
	await lite.close();
	if (affectedRows !== 1) throw new Error(`there is no single ${name}`);
	await server.restart();
}
