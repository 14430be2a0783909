import { connect } from '../../../src/lib/data/api';
import { fetchSession } from '../../../src/lib/data/session';
import { Device } from '../../../src/lib/device/device';
import { browserLocks, type Locks } from '../../../src/lib/sync/ports';
import { setClock, wearClock } from '../clock';
import { Hands } from '../hands';
import { fillUp } from './ballast';

/** How a page stands; of two, the one with the greater number was said later. */
export type Standing = {
	n: number;
	/** It sends and fetches. */
	going: boolean;
	/** It waits for another tab to end. */
	queues: boolean;
	/** Other tabs wait for it. */
	holds: boolean;
};

export type Opening = { person_id: string; device_id: string; has_locks: boolean; ahead: number };

/** What can be asked of a page from outside. */
export type Asked = 'run' | 'pass' | 'write' | 'look' | 'pack' | 'forget' | 'status' | 'seen';

/** What the simulation finds in a page. */
export type InPage = {
	open(opening: Opening): Promise<Standing>;
	/** Does something, by the page's own clock. */
	ask(what: Asked, args: unknown[], ahead: number): Promise<{ answer: unknown; stood: Standing }>;
	/** Asks outside before the next note on the disk. */
	holdNote(): void;
	/** Leaves no room on the disk. */
	fillUp(): Promise<void>;
};

declare global {
	var simulated: InPage;
	function tellStanding(standing: Standing): Promise<void>;
	function beforeNote(): Promise<void>;
}

let hands: Hands | null = null;
let standing: Standing = { n: 0, going: false, queues: false, holds: false };

wearClock();

globalThis.simulated = {
	fillUp,
	async open({ person_id, device_id, has_locks, ahead }) {
		setClock(ahead);
		const device = await Device.open(person_id);
		const api = connect({ person_id }, fetchSession);
		const made = new Hands(
			device,
			{ api, locks: has_locks ? told(browserLocks()) : null },
			device_id
		);
		made.sync.onchange(() => stand({ going: made.status().state === 'sending' }));
		hands = made;
		return standing;
	},
	async ask(what, args, ahead) {
		setClock(ahead);
		if (!hands) throw new Error('the page is not open');
		const does = hands[what].bind(hands) as (...args: unknown[]) => unknown;
		const answer = await does(...args);
		return { answer, stood: standing };
	},
	holdNote() {
		if (hands) hands.beforeNote = () => globalThis.beforeNote();
	}
};

function stand(change: Partial<Standing>): void {
	standing = { ...standing, ...change, n: standing.n + 1 };
	void globalThis.tellStanding(standing);
}

/** The browser's own locks, and outside it is known who waits for whom. */
function told(locks: Locks | null): Locks | null {
	return (
		locks && {
			request(name, work) {
				stand({ queues: true });
				return locks.request(name, async () => {
					stand({ queues: false, holds: true });
					await work().finally(() => stand({ holds: false }));
				});
			}
		}
	);
}
