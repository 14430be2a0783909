import { phone } from '$lib/device/phone.svelte';
import { unfinished } from '$lib/ui/unfinished.svelte';

export type OpenDraft = { key: string; name: string; href: string };
const LIST = 'drafts';

/** The forms that were left unfinished on this phone. */
export function openDrafts(): OpenDraft[] {
	return phone.draft<OpenDraft[]>(LIST) ?? [];
}

/** Throws away what was typed into an unfinished form. */
export async function dropDraft(key: string): Promise<void> {
	const rest = openDrafts().filter((draft) => draft.key !== key);
	await Promise.all([phone.dropDraft(key), phone.keepDraft(LIST, rest)]);
}

/**
 * What is being filled into one form. Kept on the phone at every input, so that a call, a closed tab
 * or an empty battery loses nothing. Made while a component starts: it holds effects of that component.
 */
export class Draft<Form extends object> {
	form = $state() as Form;
	/** Whether the form came back from an earlier, unfinished time. */
	restored = $state(false);

	#about: OpenDraft;
	#blank: Form;
	#text = $derived(JSON.stringify(this.form));
	#changed = $derived.by(() => this.#text !== JSON.stringify(this.#blank));

	constructor(about: OpenDraft, blank: Form) {
		this.#about = about;
		this.#blank = blank;
		const kept = phone.draft<Form>(about.key);
		this.form = structuredClone(kept ? { ...blank, ...kept } : blank);
		this.restored = kept !== undefined;

		let text = this.#text;
		$effect(() => {
			if (this.#text === text) return;
			text = this.#text;
			void (this.#changed ? this.#keep() : dropDraft(about.key));
		});
		$effect(() => (this.#changed ? unfinished.add(() => this.#keep()) : undefined));
	}

	/** Back to the empty form, or after saving: what was typed is no longer kept. */
	async drop(): Promise<void> {
		this.form = structuredClone(this.#blank);
		this.restored = false;
		await dropDraft(this.#about.key);
	}

	async #keep(): Promise<void> {
		const known = openDrafts();
		const listed = known.some((draft) => draft.key === this.#about.key);
		await Promise.all([
			phone.keepDraft(this.#about.key, $state.snapshot(this.form)),
			listed ? undefined : phone.keepDraft(LIST, [this.#about, ...known])
		]);
	}
}
