import type { RequestHandler } from './$types';

/** Ends the session on the server: the next request with its token reads nothing. */
export const POST: RequestHandler = async ({ locals: { app }, cookies }) => {
	const cookie = app.cookie.read(cookies);
	if (cookie) await app.sessions.end(cookie);
	app.cookie.clear(cookies);
	return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
};
