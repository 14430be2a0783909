import type { Page } from '@playwright/test';
import type { SyncStatus } from '../../../src/lib/sync/status';
import type { Seen, Writing, Wrote } from '../hands';
import { Line } from '../line';
import type { Place } from '../place';
import { aroundOf, type Tab } from '../tab';
import type { Asked, Standing } from './page';
import { wayOf } from './web';

/** A page in Chromium. What is done in it is asked of it; what it is about, it tells by itself. */
export class BrowserTab implements Tab {
	readonly line: Line;
	alive = true;
	/** How its request reaches the gateway. */
	asks: (body: string) => Promise<unknown> = () => Promise.reject(new Error('nothing was asked'));
	#stood: Standing = { n: -1, going: false, queues: false, holds: false };
	#asking = new Set<Promise<unknown>>();
	#requests_held = 0;
	#dies = false;
	#closing = false;
	#beforeNote: (() => Promise<void>) | null = null;

	/** @param others all tabs of the same person on the same phone, this one too */
	constructor(
		readonly place: Place,
		readonly page: Page,
		readonly others: Set<BrowserTab>
	) {
		// The answer is in the page's hand, and the page goes while it is being stored.
		const around = { ...aroundOf(this), kill: () => void (this.#dies = true) };
		this.line = new Line(
			wayOf(() => this),
			around
		);
		others.add(this);
	}

	run = () => this.#ask<void>('run');
	pass = () => this.#ask<boolean>('pass');
	write = (writing: Writing) => this.#ask<Wrote>('write', writing);
	look = (which: number, again: boolean) => this.#ask<Wrote | null>('look', which, again);
	pack = () => this.#ask<void>('pack').catch(() => undefined);
	forget = () => this.#ask<void>('forget');
	status = () => this.#ask<SyncStatus>('status');
	seen = () => this.#ask<Seen>('seen');

	async beforeNote(begin: () => Promise<void>): Promise<void> {
		this.#beforeNote = begin;
		await this.page.evaluate(() => globalThis.simulated.holdNote());
	}

	/** The page is about to note something on its disk. */
	async notes(): Promise<void> {
		const begin = this.#beforeNote;
		this.#beforeNote = null;
		if (this.alive) await begin?.();
	}

	/** The page says how it stands; what was said earlier may come later. */
	stood(standing: Standing): void {
		if (standing.n > this.#stood.n) this.#stood = standing;
		this.#judge();
	}

	stands(still: boolean): void {
		this.#requests_held += still ? 1 : -1;
		this.#judge();
	}

	/** Its answer is on the way to it. */
	async answered(): Promise<void> {
		if (this.#dies) await this.kill();
	}

	async kill(): Promise<void> {
		if (!this.alive) return;
		this.alive = false;
		this.place.unasked = true;
		this.#closing = true;
		this.#judge();
		await Promise.allSettled(this.#asking);
		await this.page.close();
		this.#closing = false;
		this.others.delete(this);
		this.#judge();
	}

	async #ask<T>(what: Asked, ...args: unknown[]): Promise<T> {
		const asking = this.page.evaluate(
			([what, args, ahead]) => globalThis.simulated.ask(what, args, ahead),
			[what, args, this.place.phone.ahead] as const
		);
		this.#asking.add(asking);
		this.#judge();
		try {
			const { answer, stood } = await asking;
			this.#asking.delete(asking);
			this.stood(stood);
			return answer as T;
		} finally {
			this.#asking.delete(asking);
			this.#judge();
		}
	}

	/** Whose turn comes depends on the other tabs, so each is judged again. */
	#judge(): void {
		const { rest } = this.place.world;
		for (const tab of new Set([this, ...this.others]))
			if (tab.#isGoing()) rest.going(tab);
			else rest.still(tab);
	}

	#isGoing(): boolean {
		if (!this.alive) return this.#closing;
		if (this.#asking.size > 0) return true;
		const { going, queues } = this.#stood;
		if (!going || this.#requests_held > 0) return false;
		return !(
			queues && [...this.others].some((one) => one !== this && one.alive && one.#stood.holds)
		);
	}
}
