import { phone } from '$lib/device/phone.svelte';
import { m } from '$lib/i18n/paraglide/messages';

type Record = { kind: string; household_id?: string | null };

/** The household of a dated record as the list calls it; undefined for a training, which has many. */
export function householdOf({ kind, household_id }: Record): string | undefined {
	if (kind === 'training') return undefined;
	const card = household_id ? phone.card(household_id) : undefined;
	return card?.household.label ?? m.visit_no_household();
}
