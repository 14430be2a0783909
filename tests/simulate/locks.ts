import type { Locks } from '../../src/lib/sync/ports';

type Asked = { tab: object; begin: () => void };

/** One holder at a time among the tabs of a phone; a tab that dies lets go. */
export class PhoneLocks {
	#held: object | null = null;
	#queue: Asked[] = [];

	/** @param stands called with whether the tab stands in the queue */
	of(tab: object, stands: (still: boolean) => void): Locks {
		return {
			request: async (_name, work) => {
				if (this.#held) {
					stands(true);
					await new Promise<void>((turn) => {
						const begin = () => (stands(false), turn());
						this.#queue.push({ tab, begin });
					});
				}
				this.#held = tab;
				try {
					await work();
				} finally {
					if (this.#held === tab) this.#next();
				}
			}
		};
	}

	/** The tab is gone. */
	release(tab: object): void {
		this.#queue = this.#queue.filter((asked) => asked.tab !== tab);
		if (this.#held === tab) this.#next();
	}

	#next(): void {
		const next = this.#queue.shift();
		this.#held = next?.tab ?? null;
		next?.begin();
	}
}
