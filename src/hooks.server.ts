import { randomUUID } from 'node:crypto';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { building } from '$app/environment';
import { paraglideMiddleware } from '$lib/i18n/paraglide/server';
import { openApp, type App } from '$lib/server/app';
import { comesFromElsewhere } from '$lib/server/same-site';

const DAY_MS = 24 * 60 * 60 * 1000;

let app: App;

export const init: ServerInit = async () => {
	// The build renders the shell, which needs no data.
	if (building) return;
	app = await openApp();
	// The server around the handler emits this and waits until the database has let go.
	process.once('sveltekit:shutdown', () => {
		app.close().catch(() => app.log.error('the database did not close'));
	});
	const daily = () => {
		app.sessions.purge().catch(() => app.log.warn('sessions were not purged'));
		app.door('server_requests_empty').catch(() => app.log.warn('old requests were not emptied'));
		app
			.door('server_release_open_figures')
			.catch(() => app.log.warn('open figures were not released'));
	};
	daily();
	setInterval(daily, DAY_MS).unref();
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
	if (status >= 500) {
		const { name, stack } = error instanceof Error ? error : { name: 'unknown', stack: '' };
		// The frames without the message, which may quote what somebody sent.
		const frames = stack?.split('\n').filter((line) => /^\s+at /.test(line));
		app.log.error({ id, status, route: event.route.id, name, frames }, 'request failed');
	}
	return { message: 'error', id };
};
