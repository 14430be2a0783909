import { phone } from '$lib/device/phone.svelte';
import type { MyEntry } from '$lib/device/timeline';
import { can } from '$lib/domain/me';

/** The writer, and whoever leads the team: another's record is not corrected in passing. */
export function mayCorrect({ author_id }: MyEntry['record']): boolean {
	if (!can(phone.me, 'record')) return false;
	return author_id === phone.me?.person_id || can(phone.me, 'manage_people');
}
