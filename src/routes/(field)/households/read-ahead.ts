import type { phone } from '$lib/device/phone.svelte';
import { search } from '$lib/device/search';

const AT_ONCE = 200;

/**
 * Reads the labels of a long list while nobody waits, some at a time: the first letter that is typed would
 * pay for all of them. The answer stops it.
 */
export function readAhead(cards: typeof phone.households): () => void {
	let [next, timer] = [0, 0];
	const some = () => {
		search(cards.slice(next, next + AT_ONCE), 'a');
		next += AT_ONCE;
		if (next < cards.length) timer = window.setTimeout(some, 20);
	};
	timer = window.setTimeout(some, 500);
	return () => clearTimeout(timer);
}
