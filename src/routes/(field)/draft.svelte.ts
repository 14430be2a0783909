import { phone } from '$lib/device/phone.svelte';
import type { Edit } from '$lib/domain/change';
import { unfinished } from '$lib/ui/unfinished.svelte';
import { dropDraft, type Begun, type KeptDraft, type OpenDraft } from './drafts';

/**
 * What is being filled into one form. Kept on the phone at every input, so that a call, a closed tab
 * or an empty battery loses nothing. Made while a component starts: it holds effects of that component.
 */
export class Draft<Form extends object> {
	form = $state() as Form;
	/** Whether the form came back from an earlier, unfinished time. */
	restored = $state(false);
	/** Whether what was filled in is being kept, or is kept and the form is done with. */
	saving = $state(false);
	/**
	 * What saving compares with. It comes back with the form: what others wrote since the form was begun
	 * must not look as if this writer had taken it back.
	 */
	begun = $state.raw() as Begun<Form>;

	#about: OpenDraft;
	#blank: Begun<Form>;
	#kept = false;
	#text = $derived(JSON.stringify(this.form));
	#changed = $derived.by(() => this.#text !== JSON.stringify(this.begun.form));

	/** @param base the number of the record that is edited; null for a new one */
	constructor(about: OpenDraft, blank: Form, base: number | null = null) {
		this.#about = about;
		this.#blank = { form: blank, base };
		const kept = phone.draft<KeptDraft<Form>>(about.key);
		this.form = structuredClone(kept ? { ...blank, ...kept.form } : blank);
		this.begun = kept?.begun ?? this.#blank;
		this.restored = kept !== undefined;

		let text = this.#text;
		$effect(() => {
			if (this.#text === text) return;
			text = this.#text;
			void (this.#changed ? this.#keep() : dropDraft(about.key));
		});
		$effect(() => (this.#changed ? unfinished.add(() => this.#keep()) : undefined));
	}

	/**
	 * What a submit of the form does. A thumb that shakes taps twice: while the first submit is being kept,
	 * and once it is, a second one does nothing.
	 * @param act checks the form and saves it, if it is in order
	 */
	submit(act: () => Promise<void>): (event: SubmitEvent) => Promise<void> {
		return async (event) => {
			event.preventDefault();
			if (this.saving) return;
			this.saving = true;
			try {
				await act();
			} finally {
				this.saving = this.#kept;
			}
		};
	}

	/**
	 * Keeps what was made of the form, and lets go of the form, in one breath; from within `submit` alone.
	 * @throws DeviceError then both are as they were
	 */
	async save(edits: Edit[]): Promise<void> {
		if (!this.saving)
			throw new Error('a form is saved by its submit, or two taps would save it twice');
		await phone.saveDraft(this.#about.key, edits);
		this.#kept = true;
		this.#begin();
	}

	/** Back to the empty form: what was typed is no longer kept. */
	async drop(): Promise<void> {
		this.#begin();
		await dropDraft(this.#about.key);
	}

	#begin(): void {
		this.begun = this.#blank;
		this.form = structuredClone(this.#blank.form);
		this.restored = false;
	}

	async #keep(): Promise<void> {
		const { key, name, href } = this.#about;
		const begun_at = phone.draft<KeptDraft<Form>>(key)?.begun_at ?? Date.now();
		const form = $state.snapshot(this.form) as Form;
		const { begun } = this;
		await phone.keepDraft(key, { name, href, begun_at, begun, form } satisfies KeptDraft<Form>);
	}
}
