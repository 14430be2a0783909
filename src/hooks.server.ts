import { randomUUID } from 'node:crypto';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { building } from '$app/environment';
import { paraglideMiddleware } from '$lib/i18n/paraglide/server';
import { openApp, type App } from '$lib/server/app';
import { comesFromElsewhere } from '$lib/server/same-site';

let app: App;

export const init: ServerInit = async () => {
	// The build renders the shell, which needs no data.
	if (building) return;
	app = await openApp();
	// The server around the handler emits this and waits until the database has let go.
	process.once('sveltekit:shutdown', () => void app.close());
};

const lend: Handle = ({ event, resolve }) => {
	event.locals.app = app;
	return resolve(event);
};

/** A request that changes something under a cookie must come from our own pages. */
const guard: Handle = ({ event, resolve }) => {
	if (!building && comesFromElsewhere(event.request, app.config.origin))
		return new Response(JSON.stringify({ code: 'other_site' }), {
			status: 403,
			headers: { 'content-type': 'application/json', 'cache-control': 'no-store' }
		});
	return resolve(event);
};

const speak: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, ({ request, locale }) => {
		event.request = request;
		return resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', locale) });
	});

export const handle = sequence(lend, guard, speak);

/** People get an id to quote, the log gets the rest. */
export const handleError: HandleServerError = ({ error, event, status }) => {
	const id = randomUUID().slice(0, 8);
	if (status !== 404) {
		const { name, stack } = error instanceof Error ? error : { name: 'unknown', stack: undefined };
		app.log.error({ id, status, route: event.route.id, name, stack }, 'request failed');
	}
	return { message: 'error', id };
};
