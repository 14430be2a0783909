import { phone } from '$lib/device/phone.svelte';
import type { Thank } from '$lib/domain/thank';
import { m } from '$lib/i18n/paraglide/messages';
import { nameOf } from './teammates';

/** Who thanks whom: as whoever is thanked reads it, or whoever wrote it. */
export function thankTitle({ author_id, to_id }: Thank): string {
	if (author_id !== phone.me?.person_id) {
		const name = nameOf(author_id);
		return to_id ? m.thank_from({ name }) : m.thank_from_to_all({ name });
	}
	return to_id ? m.thank_sent_to({ name: nameOf(to_id) }) : m.thank_sent_to_all();
}
