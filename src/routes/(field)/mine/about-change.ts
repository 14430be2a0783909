import { phone } from '$lib/device/phone.svelte';
import type { Change } from '$lib/domain/change';
import { dayOf, today } from '$lib/domain/day';
import { formatDayAgo, formatTime } from '$lib/i18n/formats';
import { m } from '$lib/i18n/paraglide/messages';

/** What a change was about, and when it was written. */
export function aboutChange(change: Change): string {
	const day = formatDayAgo(dayOf(new Date(change.at)), today());
	return `${nameOfChange(change)} · ${formatTime(change.at)}, ${day}`;
}

/** What a change was about: its household, or what kind of thing it is. */
export function nameOfChange(change: Change): string {
	const { kind, fields } = change;
	if (kind === 'training') return m.visit_training();
	if (kind === 'request') return m.request_one();
	if (kind === 'goal') return m.goal_title();
	if (kind === 'thank') return m.thank_one();
	const household = householdOfChange(change);
	const label = (household && phone.card(household)?.household.label) ?? fields.label;
	return typeof label === 'string' ? label : m.visit_no_household();
}

/** The household that a change is about, by its id. A correction names none: then its record does. */
export function householdOfChange({ kind, record_id, fields }: Change): string | undefined {
	if (kind === 'household') return record_id;
	const record = phone.work?.device.record(record_id);
	const kept = record && 'household_id' in record ? record.household_id : undefined;
	const household = fields.household_id === undefined ? kept : fields.household_id;
	return typeof household === 'string' ? household : undefined;
}
