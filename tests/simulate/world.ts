import { ApiError } from '../../src/lib/data/problem';
import { Ledger } from './ledger';
import { newPhone, Place, type Phone } from './place';
import { Rest } from './rest';
import type { Write } from './schedule';
import type { Tab } from './tab';
import type { Target } from './target';

/** Two neighbours in one group, one in another, one who works in both. */
export const PEOPLE = [1, 2, 3, 4].map((n) => `b0000000-0000-7000-8000-00000000000${n}`);
export const GROUPS = [3, 4].map((n) => `a0000000-0000-7000-8000-00000000000${n}`);
/** Of the neighbours, one leads and one does not: what the latter merges is sent back. */
export const FOLLOWERS = PEOPLE.slice(1, 2);
const SCOPES = [[0], [0], [1], [0, 1]];
/** Who owns each phone: the first person has two. */
const OWNERS = [0, 0, 1, 2, 3];

type Held = { tab: Tab; move: (moves: () => void) => void };

/** The people of a story, their phones, and everything between the phones and the server. */
export class World {
	readonly ledger = new Ledger();
	readonly rest = new Rest();
	readonly places: Place[] = [];
	readonly scopes = new Map<string, string[]>();
	held: Held[] = [];
	late: (() => Promise<unknown>)[] = [];
	#phones: Phone[] = OWNERS.map((owner, n) => newPhone(n, PEOPLE[owner] ?? ''));
	#count = 0;

	constructor(readonly target: Target) {
		PEOPLE.forEach((person_id, n) =>
			this.scopes.set(
				person_id,
				(SCOPES[n] ?? []).map((group) => GROUPS[group] ?? '')
			)
		);
	}

	phone(on: number): Phone {
		const phone = this.#phones[on];
		if (!phone) throw new Error('there is no such phone');
		return phone;
	}

	/** Whoever is signed in on this phone now. */
	place(on: number): Place {
		const phone = this.phone(on);
		const known = this.places.find(
			(place) => place.phone === phone && place.person_id === phone.session
		);
		if (known) return known;
		const place = new Place(this, phone, phone.session);
		this.places.push(place);
		return place;
	}

	/** Resolves with what to do when the request moves again: go on, or fail. */
	hold(tab: Tab): Promise<() => void> {
		return new Promise((move) => this.held.push({ tab, move }));
	}

	/** Lets one of the requests that stand still arrive, or get lost. */
	move(which: number, arrives: boolean): void {
		const [one] = this.held.splice(which % Math.max(1, this.held.length), 1);
		if (!one?.tab.alive) return;
		one.tab.stands(false);
		one.move(() => {
			if (!arrives) throw new ApiError(0, 'offline');
		});
	}

	/** A server that is being restored hangs up on everyone. */
	async hangUp(): Promise<void> {
		this.late = [];
		while (this.held.length > 0) this.move(0, false);
		await this.rest.quiet();
	}

	async write(tab: Tab, write: Write, which: number): Promise<void> {
		const { place } = tab;
		const groups = this.scopes.get(place.person_id) ?? [];
		const writing = { write, groups, otherwise: GROUPS[0] ?? '', which, n: this.#count++ };
		place.unasked = true;
		this.ledger.write(place, await tab.write(writing));
	}

	/** The person saves, and the application sends, while an answer comes in or as the run ends. */
	writeMeanwhile(tab: Tab): Promise<void> | void {
		const begin = async () => {
			const writing = {};
			this.rest.going(writing);
			await this.write(tab, 'household', 0);
			tab.place.unasked = !tab.alive;
			if (tab.alive) await tab.run();
			this.rest.still(writing);
		};
		if (this.#count % 2 === 1) return tab.beforeNote(begin);
		void begin();
	}

	fillDisk(phone: Phone): Promise<void> | void {
		return this.target.phones.fill(phone, this.#count++ % 6);
	}
}
