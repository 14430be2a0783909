import type { Clock } from '../../src/lib/sync/ports';

/** A clock whose hands the test turns. Chance is always the middle unless set. */
export class TestClock implements Clock {
	chance = 0.5;
	#now = Date.parse('2026-11-02T02:00:00Z');
	#timers: { at: number; run: () => void }[] = [];

	now(): number {
		return this.#now;
	}

	random(): number {
		return this.chance;
	}

	setTimeout(run: () => void, ms: number): unknown {
		const timer = { at: this.#now + ms, run };
		this.#timers.push(timer);
		return timer;
	}

	clearTimeout(timer: unknown): void {
		this.#timers = this.#timers.filter((one) => one !== timer);
	}

	/** How long until something happens by itself (ms); null when nothing will. */
	get next(): number | null {
		const first = Math.min(...this.#timers.map((timer) => timer.at));
		return Number.isFinite(first) ? first - this.#now : null;
	}

	/** Lets the time pass until the next thing happens by itself. */
	pass(): void {
		const [first] = this.#timers.sort((a, b) => a.at - b.at);
		if (!first) return;
		this.#now = first.at;
		this.clearTimeout(first);
		first.run();
	}
}
