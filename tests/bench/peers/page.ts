import type { Change, PullAnswer } from '../../../src/lib/domain/change';
import { digestOf, digestOfPage, type Digest } from './digest';
import { rowsOf, type All, type Server, type Store } from './store';

/** How long something took, and what was found afterwards. */
export type Taken = {
	/** Milliseconds until the work was done. */
	done: number;
	/** Milliseconds until the first page of households could be asked for and was there. */
	page: number;
	/** Milliseconds until everything was in memory. */
	memory: number;
	digest: Digest;
	first: number;
};

/** What the bench may ask a page that holds one store. Times are the page's own, in milliseconds. */
export type Bench = ReturnType<typeof bench>;

export function bench(store: Store) {
	let answers: [PullAnswer, All][] = [];
	let server: Server;

	/** What a person waits for: the first page; and everything at hand. */
	async function timed(work: () => Promise<void>): Promise<Taken> {
		const began = performance.now();
		await work();
		const done = performance.now() - began;
		const cards = await store.page();
		const page = performance.now() - began;
		const all = await store.all();
		const memory = performance.now() - began;
		return { done, page, memory, digest: digestOf(all), first: digestOfPage(cards) };
	}

	return {
		open: (name: string) => store.open(name),
		close: () => store.close(),

		/** Closes the store and leaves nothing of it. */
		async empty() {
			await store.close();
			for (const { name } of await indexedDB.databases()) await deleted(name ?? '');
		},

		/** Has the answers of a first pull arrive; they wait until they are taken in. */
		async fetch(url: string) {
			const texts: string[] = await (await fetch(url)).json();
			answers = texts.map((text) => {
				const answer: PullAnswer = JSON.parse(text);
				return [answer, rowsOf(answer)];
			});
		},

		ingest: () =>
			timed(async () => {
				for (const [answer, rows] of answers) await store.ingest(answer, rows);
			}),

		look: () => timed(async () => {}),

		openAndLook: (name: string) => timed(() => store.open(name)),

		async save(changes: Change[]): Promise<number[]> {
			const times: number[] = [];
			for (const change of changes) {
				const began = performance.now();
				await store.save(change);
				times.push(performance.now() - began);
			}
			return times;
		},

		/** Opens the database of a person, as a phone does that is to be kept in step with a server. */
		async openFor(its: Server) {
			server = its;
			await store.open(its.person_id);
			await store.prepare?.(its);
		},

		queue: (changes: Change[]) => store.queue?.(changes),

		sync: () => timed(async () => store.sync?.(server))
	};
}

function deleted(name: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const deleting = indexedDB.deleteDatabase(name);
		deleting.onsuccess = () => resolve();
		deleting.onerror = () => reject(deleting.error);
	});
}
