import { json } from '@sveltejs/kit';
import { DoorError } from '$lib/server/door';
import { mintToken } from '$lib/server/token/mint';
import type { RequestHandler } from './$types';

const HEADERS = { 'cache-control': 'no-store' };

/** A database that does not answer is no reason to call anybody signed out. */
function unavailable(error: unknown): 'unavailable' {
	if (error instanceof DoorError) return 'unavailable';
	throw error;
}

/** Who is signed in, and a short-lived token to reach the data with. 401 when nobody is. */
export const GET: RequestHandler = async ({ locals: { app }, cookies, url }) => {
	const cookie = app.cookie.read(cookies);
	const session = cookie ? await app.sessions.find(cookie).catch(unavailable) : null;
	if (session === 'unavailable')
		return json(
			{ code: 'unavailable' },
			{ status: 503, headers: { ...HEADERS, 'retry-after': '5' } }
		);
	if (!cookie || !session) {
		if (cookie) app.cookie.clear(cookies);
		return json({ code: 'signed_out' }, { status: 401, headers: HEADERS });
	}
	if (session.fresh) app.cookie.set(cookies, cookie, session.person_id);
	const { person_id, name, demo, sid } = session;
	const minted = await mintToken(app.keys, { role: 'authenticated', sub: person_id, sid });
	const api =
		app.config.profile === 'supabase'
			? { url: app.config.supabaseUrl, key: app.config.publishableKey }
			: { url: url.origin, key: 'own' };
	return json({ person_id, name, demo, ...minted, api }, { headers: HEADERS });
};
