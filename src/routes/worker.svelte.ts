import { Workbox } from 'workbox-window';
import { dev } from '$app/environment';
import { unfinished } from '$lib/ui/unfinished.svelte';

const ADDRESS = '/service-worker.js';
const BETWEEN_LOOKS = 30 * 60 * 1000;

/**
 * The service worker that opens the application without a network, and the moment at which a new
 * version takes over: when the person says so, never by itself.
 */
class Worker {
	#workbox: Workbox | undefined;
	#waiting = $state(false);
	#looked = 0;

	/** Whether a new version is ready and waits for the word. */
	get waiting() {
		return this.#waiting;
	}

	/** Registers it; the page has loaded by then, so that nothing is taken from the first paint. */
	async start() {
		if (dev || !('serviceWorker' in navigator)) return;
		this.#workbox = new Workbox(trusted(ADDRESS), { type: 'classic' });
		this.#workbox.addEventListener('waiting', () => (this.#waiting = true));
		this.#looked = Date.now();
		// Refused in some private windows: the pages then work with a network only.
		await this.#workbox.register().catch(() => undefined);
	}

	/** Asks the server for a new version: now and then, when the page is looked at again. */
	look() {
		if (!this.#workbox || Date.now() - this.#looked < BETWEEN_LOOKS) return;
		this.#looked = Date.now();
		// Offline it cannot be asked; the next look does.
		this.#workbox.update().catch(() => undefined);
	}

	/** Writes out what is typed, lets the new version take over, and starts again with it. */
	async takeOver() {
		await unfinished.keep();
		this.#workbox?.addEventListener('controlling', () => location.reload());
		this.#workbox?.messageSkipWaiting();
	}
}

/** The content security policy takes the address of a worker only from this policy: ours or none. */
function trusted(address: string) {
	const policy = window.trustedTypes?.createPolicy('tung-nha-worker', {
		createScriptURL(url: string) {
			if (url !== ADDRESS) throw new TypeError(`not our worker: ${url}`);
			return url;
		}
	});
	return policy ? policy.createScriptURL(address) : address;
}

export const worker = new Worker();
