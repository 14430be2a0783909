import type { RequestHandler } from './$types';

/** Ends the session on the server: the next request with its token reads nothing. */
export const POST: RequestHandler = async ({ locals: { app }, cookies }) => {
	const cookie = app.cookie.read(cookies);
	// The cookie first: leaving a phone must work when the database does not.
	app.cookie.clear(cookies);
	if (cookie) await app.sessions.end(cookie).catch(() => app.log.warn('a session was not ended'));
	return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
};
