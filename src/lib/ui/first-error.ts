import { tick } from 'svelte';

/** Puts the focus on the first field of a form that carries an error, once it is drawn. */
export async function focusFirstError(form: HTMLElement): Promise<void> {
	await tick();
	form
		.querySelector<HTMLElement>('[aria-invalid], fieldset[aria-describedby$="-error"] input')
		?.focus();
}
