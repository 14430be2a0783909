import type { Protection } from './holder';

/**
 * Whether the browser promised to keep the records when the phone runs full; with `ask`, asks for
 * it. Browsers mostly decide by themselves, and refuse while the app is not installed.
 */
export async function protect(ask: boolean): Promise<Protection> {
	// Not offered on plain http, nor by some embedded browsers.
	if (!navigator.storage?.persisted) return 'unknown';
	try {
		const { storage } = navigator;
		const kept = (await storage.persisted()) || (ask && (await storage.persist()));
		return kept ? 'protected' : 'not_protected';
	} catch {
		// The browser will not say.
		return 'unknown';
	}
}
