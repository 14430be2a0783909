import { quantile } from '../line';
import { digestOf, digestOfPage, expectSame } from './digest';
import type { Browser } from './browser';
import type { Taken } from './page';
import { pageOf, type All } from './store';

export const STORES = ['ours', 'raw_strict', 'raw_relaxed', 'dexie', 'rxdb', 'pouchdb'] as const;
export type StoreName = (typeof STORES)[number];

/** The measurements of each store, in the order of the rounds. */
export type Measured<T, N extends StoreName = StoreName> = Map<N, T[]>;

/**
 * One store after the other, and all of it again: what else the machine does meanwhile meets all of
 * them. Each round begins with another store.
 */
export async function inRounds<T, N extends StoreName>(
	rounds: number,
	stores: readonly N[],
	measure: (store: N, round: number) => Promise<T>
): Promise<Measured<T, N>> {
	const measured: Measured<T, N> = new Map(stores.map((store) => [store, []]));
	for (let round = 0; round < rounds; round++)
		for (let n = 0; n < stores.length; n++) {
			const store = stores[(n + round) % stores.length] as N;
			measured.get(store)?.push(await measure(store, round));
		}
	return measured;
}

export function medianOf<T>(measured: Measured<T>, store: StoreName, of: (one: T) => number) {
	return quantile((measured.get(store) ?? []).map(of), 0.5);
}

/** What was found, with the time that all processes of the browser worked for it (ms). */
export async function withCpu<T>(browser: Browser, work: () => Promise<T>) {
	const before = await browser.cpu();
	const found = await work();
	return { ...found, cpu: (await browser.cpu()) - before };
}

/** Every store held just these records, to the last one, and showed the same first page of them. */
export function checkAll(measured: Measured<Taken>, expected: All): void {
	for (const [store, taken] of measured)
		for (const { digest, first } of taken) {
			expectSame(store, digest, digestOf(expected));
			expectSame(`the page of ${store}`, first, digestOfPage(pageOf(expected)));
		}
}
