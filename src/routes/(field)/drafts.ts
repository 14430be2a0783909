import { phone } from '$lib/device/phone.svelte';

export type OpenDraft = { key: string; name: string; href: string };
/** What a form was begun from: its fields, and the number of the record at that time. */
export type Begun<Form> = { form: Form; base: number | null };
/** A form with its name and address, in one piece: a list of the forms would be one tab's view. */
export type KeptDraft<Form> = Omit<OpenDraft, 'key'> & {
	begun_at: number;
	begun: Begun<Form>;
	form: Form;
};

/** The forms that were left unfinished on this phone, the latest first. */
export function openDrafts(): OpenDraft[] {
	return phone
		.drafts<KeptDraft<unknown>>()
		.sort(([, one], [, other]) => other.begun_at - one.begun_at)
		.map(([key, { name, href }]) => ({ key, name, href }));
}

/** Throws away what was typed into an unfinished form. */
export async function dropDraft(key: string): Promise<void> {
	await phone.dropDraft(key);
}
