import type { Answer, Args, FunctionName } from '$lib/data/functions';
import { desk } from './desk.svelte';
import { troubleOf, type Trouble } from './trouble';

/**
 * The answer that a page shows: at once the one remembered from before, then a new one. When none
 * comes, the page says why and keeps showing what it has.
 */
export class Figures<N extends FunctionName> {
	#name: N;
	#args: Args<N> | null = null;
	#answer = $state.raw<Answer<N> | null>(null);
	#trouble = $state<Trouble | null>(null);
	#asking = $state(false);

	constructor(name: N) {
		this.#name = name;
	}

	get answer() {
		return this.#answer;
	}

	get trouble() {
		return this.#trouble;
	}

	get asking() {
		return this.#asking;
	}

	async show(args: Args<N>) {
		this.#args = args;
		this.#answer = desk.lastAnswer(this.#name, args) ?? null;
		await this.refresh();
	}

	async refresh() {
		const args = this.#args;
		if (!args) return;
		this.#asking = true;
		this.#trouble = null;
		try {
			const answer = await desk.ask(this.#name, args);
			// The person may have gone on to another month meanwhile.
			if (args === this.#args) this.#answer = answer;
		} catch (error) {
			if (args === this.#args) this.#trouble = troubleOf(error);
		} finally {
			if (args === this.#args) this.#asking = false;
		}
	}
}
