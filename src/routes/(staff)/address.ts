import { goto } from '$app/navigation';
import { page } from '$app/state';

type Choice = Record<string, string | null>;

/** This page's address with some of its choices changed; null takes one out. */
export function addressWith(choice: Choice): string {
	const url = new URL(page.url);
	for (const [name, value] of Object.entries(choice)) {
		if (value === null || value === '') url.searchParams.delete(name);
		else url.searchParams.set(name, value);
	}
	return url.pathname + url.search;
}

/**
 * Writes a choice into the address, so that what is on the screen can be sent to a colleague. It is
 * no step of its own: "back" leaves the page instead of undoing a sort.
 */
export async function choose(choice: Choice) {
	await goto(addressWith(choice), { replaceState: true, keepFocus: true, noScroll: true });
}
