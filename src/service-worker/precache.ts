/// <reference types="@sveltejs/kit" />
import { build, files, prerendered, version } from '$service-worker';
import { PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope;

const PREFIX = 'tung-nha-pages-';

/** The pages, scripts, styles, fonts and icons of this version: never anything that holds data. */
export const pages = new PrecacheController({ cacheName: PREFIX + version });

/**
 * Fetches them when the worker is installed and answers for them from then on. Each version has a
 * cache of its own, and the one before it stays: a tab that was opened with the old version may still
 * ask for a part of it that it has not loaded yet, and offline nobody else could answer.
 */
export function startPrecache() {
	pages.precache([
		// The build names its files by their content, so they need no revision.
		...build.map((url) => ({ url, revision: null })),
		...[...files.filter(worthKeeping), ...prerendered].map((url) => ({ url, revision: version }))
	]);
	registerRoute(new PrecacheRoute(pages));
	registerRoute(
		({ url }) => url.pathname.startsWith('/_app/immutable/'),
		async ({ request }) => (await caches.match(request)) ?? fetch(request)
	);
	self.addEventListener('activate', (event) => event.waitUntil(dropOldVersions()));
}

/** Pictures for the shops' install pages are of no use to a phone that has the application. */
function worthKeeping(url: string) {
	return !url.startsWith('/screenshots/');
}

async function dropOldVersions() {
	// In the order they were made: the last two are this version and the one before it.
	const ours = (await caches.keys()).filter((name) => name.includes(PREFIX));
	await Promise.all(ours.slice(0, -2).map((name) => caches.delete(name)));
}
