import { phone } from '$lib/device/phone.svelte';
import { m } from '$lib/i18n/paraglide/messages';

/** What a member of my teams is called; others have no name here. */
export function nameOf(person_id: string): string {
	const { me } = phone;
	if (person_id === me?.person_id) return m.common_me();
	return me?.teammates?.find((one) => one.person_id === person_id)?.name ?? m.teammate_unknown();
}
