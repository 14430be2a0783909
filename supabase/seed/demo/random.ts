/**
 * Chance that always falls the same way. The same words give the same sequence on every machine, so
 * that the demo city of one day is one city; each group has words of its own, so that a change in
 * one group does not shift the others. Not for secrets.
 *
 * mulberry32 (public domain, T. Ettinger), started by an FNV-1a hash of the words.
 */
export class Dice {
	#state: number;

	constructor(...words: string[]) {
		let hash = 0x811c9dc5;
		for (const letter of words.join('\u001f')) {
			hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
		}
		this.#state = hash >>> 0;
	}

	/** A number from 0 up to, but not including, 1. */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
	}

	/** A whole number from `least` to `most`, both possible. */
	between(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** One of the list. @throws RangeError when it is empty */
	pick<T>(list: readonly T[]): T {
		const [one] = list.slice(Math.floor(this.next() * list.length));
		if (one === undefined) throw new RangeError('nothing to pick from');
		return one;
	}

	/** One of the keys, as often as its weight says. */
	weighted<K extends string>(weights: Record<K, number>): K {
		const keys = Object.keys(weights) as K[];
		let left = this.next() * keys.reduce((sum, key) => sum + weights[key], 0);
		return keys.find((key) => (left -= weights[key]) < 0) ?? this.pick(keys);
	}

	/** Some of the list, each at most once, in no order. */
	some<T>(list: readonly T[], count: number): T[] {
		const rest = [...list];
		return Array.from({ length: Math.min(count, rest.length) }, () =>
			rest.splice(Math.floor(this.next() * rest.length), 1)
		).flat();
	}
}
