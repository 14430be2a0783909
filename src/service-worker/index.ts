/// <reference types="@sveltejs/kit" />
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { pages, startPrecache } from './precache';

declare const self: ServiceWorkerGlobalScope;

startPrecache();

/**
 * The pages that a phone can open from what it holds. Everything else asks the network: the sign-in,
 * the sample city and whatever stands under /api and /rest must never be answered from a cache.
 */
const OFFLINE =
	/^\/(log|households|mine|guides|requests|questions|catalogue|coverage|phones|plans|units|wards|people|periods|audit|publishing|rights|password|shell)(\/|$|\?)/;
registerRoute(
	new NavigationRoute(pages.createHandlerBoundToURL('/shell'), { allowlist: [OFFLINE] })
);

// The page asks for this when the person has tapped "Update", and not before.
self.addEventListener('message', (event) => {
	if (event.data?.type === 'SKIP_WAITING') void self.skipWaiting();
});

// The very first visit, too, may lose its network before the next page is opened.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
