import type { Counts } from '../domain/bundle/bundle';
import { partsOf } from '../domain/bundle/envelope';
import type { Bytes } from '../domain/bundle/bytes';
import { NotTaken, deliver } from './deliver';
import { store, type Carried } from './store';

/** Says, before any database is opened, that something is carried. */
export const CARRIED = 'tung-nha.carried';

/** Everything that this phone carries or has lately handed in for others, the newest first. */
export async function allCarried(): Promise<Carried[]> {
	const all = await (await store()).getAll('carried');
	return all.sort((a, b) => b.got_at.localeCompare(a.got_at));
}

/**
 * Keeps a bundle until it is handed in; the same one once.
 * @throws NotTaken `bad_bundle` when these bytes are none
 */
export async function carry(bundle: Bytes): Promise<Carried> {
	if (!partsOf(bundle)) throw new NotTaken('bad_bundle');
	const id = await nameOf(bundle);
	const got_at = new Date().toISOString();
	const one: Carried = { id, bundle, size: bundle.length, got_at, counts: null, code: null };
	await (await store()).put('carried', one);
	localStorage.setItem(CARRIED, id);
	return one;
}

/**
 * Hands in what waits, one at a time among all tabs: of two that hand in the same bundle, the later one
 * would be told that all of it was there already. What does not get through keeps waiting; a bundle that
 * is refused for good stays in the list, to be shown, until it is let go of.
 * @throws ApiError when something still waits
 */
export async function handInCarried(): Promise<void> {
	// Absent in old browsers: there the counts may be the later ones, and nothing else goes wrong.
	if (!navigator.locks) return handInAll();
	await navigator.locks.request(CARRIED, handInAll);
}

async function handInAll(): Promise<void> {
	for (const one of (await allCarried()).filter(({ counts, code }) => !counts && !code)) {
		const outcome = await deliver<Counts>(one.bundle).then(
			(counts) => ({ counts, code: null }),
			(error) => {
				if (error instanceof NotTaken) return { counts: null, code: error.code };
				throw error;
			}
		);
		// What is on the server need not be kept here.
		const bundle = outcome.counts ? new Uint8Array() : one.bundle;
		await (await store()).put('carried', { ...one, ...outcome, bundle });
	}
	localStorage.removeItem(CARRIED);
}

/** Lets go of one that was handed in, or that is refused for good. */
export async function letGo(id: string): Promise<void> {
	await (await store()).delete('carried', id);
}

async function nameOf(bundle: Bytes): Promise<string> {
	const print = new Uint8Array(await crypto.subtle.digest('SHA-256', bundle));
	return Array.from(print.slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
