import { untrack } from 'svelte';

/**
 * The forms that hold something typed and not yet saved. Whoever wants to reload the page asks here
 * first, and whoever is about to lose it (the page goes to the background) has it written out.
 */
class Unfinished {
	#forms = $state.raw<readonly (() => Promise<void>)[]>([]);

	get any() {
		return this.#forms.length > 0;
	}

	/** Says that a form is unfinished; the answer takes it back. */
	add(keep: () => Promise<void>): () => void {
		// Called from effects, which must not depend on the list that they change.
		this.#forms = [...untrack(() => this.#forms), keep];
		return () => {
			this.#forms = untrack(() => this.#forms).filter((other) => other !== keep);
		};
	}

	/** Writes all of them out. */
	async keep(): Promise<void> {
		await Promise.all(this.#forms.map((keep) => keep()));
	}
}

export const unfinished = new Unfinished();
