/** A browser on a busy machine takes its time; what takes longer never ends. */
const LIMIT_MS = 120_000;

/** Lets a story wait until everything that it set going has come to an end or stands still. */
export class Rest {
	#going = new Set<object>();
	#waiting: (() => void)[] = [];

	going(one: object): void {
		this.#going.add(one);
	}

	still(one: object): void {
		this.#going.delete(one);
		if (this.#going.size === 0) for (const resolve of this.#waiting.splice(0)) resolve();
	}

	async quiet(): Promise<void> {
		while (this.#going.size > 0)
			await new Promise<void>((resolve, reject) => {
				const limit = setTimeout(() => reject(new Error('it never comes to rest')), LIMIT_MS);
				this.#waiting.push(() => {
					clearTimeout(limit);
					resolve();
				});
			});
	}
}
