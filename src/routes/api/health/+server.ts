import { version } from '$app/environment';
import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** Whether the server can do its work now: asks the database, every time. */
export const GET: RequestHandler = async ({ locals: { app } }) => {
	const headers = { 'cache-control': 'no-store' };
	try {
		await app.door('server_health');
		return json({ ok: true, database: true, demo: app.demo, version }, { headers });
	} catch {
		return json({ ok: false, database: false, version }, { status: 503, headers });
	}
};
