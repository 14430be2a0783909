import { desk } from './desk.svelte';
import { offDisk, onDisk, type HalfTyped } from './half-typed';

/**
 * What is being filled into one form of the staff, kept at every input for whoever is signed in: closing
 * the sheet loses nothing. Made while a component starts: it holds an effect of that component.
 */
export class DeskDraft<Form extends object> {
	form = $state() as Form;
	/** Whether the form came back from an earlier, unfinished time. */
	restored = $state(false);

	#key: string;
	#where: typeof onDisk | typeof offDisk;
	#person_id = desk.me?.person_id ?? '';
	#blank: Form;
	#begun: Form;

	/** @param personal whether a name can stand in it; then it is never written to the disk */
	constructor(key: string, blank: Form, { personal = false } = {}) {
		this.#key = key;
		this.#where = personal ? offDisk : onDisk;
		this.#blank = blank;
		const kept = this.#where.get<Form>(this.#person_id, key);
		this.#begun = kept?.begun ?? blank;
		this.form = structuredClone(kept ? { ...blank, ...kept.form } : blank);
		this.restored = kept !== undefined;

		let text = JSON.stringify(this.form);
		$effect(() => {
			const now = JSON.stringify(this.form);
			if (now === text) return;
			text = now;
			if (now === JSON.stringify(this.#begun)) this.#where.delete(this.#person_id, key);
			else this.#where.set(this.#person_id, key, this.#half());
		});
	}

	/** Back to the form as it is without what was typed: that is no longer kept. */
	drop(): void {
		this.#begun = this.#blank;
		this.form = structuredClone(this.#blank);
		this.restored = false;
		this.#where.delete(this.#person_id, this.#key);
	}

	#half(): HalfTyped<Form> {
		return { begun: this.#begun, form: $state.snapshot(this.form) as Form };
	}
}
