import type { SyncStatus } from '../../src/lib/sync/status';
import type { Seen, Writing, Wrote } from './hands';
import type { Around, Fault, Line } from './line';
import type { Place } from './place';

/** One page of the application, open on a phone. */
export type Tab = {
	readonly place: Place;
	readonly line: Line;
	readonly alive: boolean;
	/** Sends and fetches; not waited for: see `Rest`. */
	run(): Promise<void>;
	/** Lets the time pass until the next try; answers whether there was one to come. */
	pass(): Promise<boolean>;
	write(writing: Writing): Promise<Wrote>;
	look(which: number, again: boolean): Promise<Wrote | null>;
	/** Packs what is loose, if only a page; not waited for: see `Rest`. Never rejects. */
	pack(): Promise<void>;
	forget(): Promise<void>;
	status(): Promise<SyncStatus>;
	seen(): Promise<Seen>;
	/** Something happens just before the next note on the disk: the end of a run writes one. */
	beforeNote(begin: () => Promise<void>): Promise<void>;
	/** A request of its is under way for a long time, or moves again. */
	stands(still: boolean): void;
	/** Closed, by its owner or by an empty battery. What it was writing is still written. */
	kill(): Promise<void>;
};

/** Sends and fetches; the next requests meet the faults. */
export async function send(tab: Tab, faults: [number, Fault][] = []): Promise<void> {
	tab.place.unasked = false;
	tab.line.begin(faults);
	await tab.run();
}

/** What a fault on its line does to a tab. */
export function aroundOf(tab: Tab): Around {
	const { world, phone } = tab.place;
	return {
		hold: async () => {
			tab.stands(true);
			(await world.hold(tab))();
		},
		later: (deliver) => void world.late.push(deliver),
		kill: () => void tab.kill(),
		full: () => world.fillDisk(phone),
		write: () => world.writeMeanwhile(tab),
		pack: () => tab.place.open().forEach((one) => void one.pack()),
		dead: () => !tab.alive
	};
}
