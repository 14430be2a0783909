import { phone } from '$lib/device/phone.svelte';
import type { Change } from '$lib/domain/change';
import { dayOf, today } from '$lib/domain/day';
import { formatDayAgo, formatTime } from '$lib/i18n/formats';
import { m } from '$lib/i18n/paraglide/messages';

/** What a change was about, and when it was written. */
export function aboutChange(change: Change): string {
	const day = formatDayAgo(dayOf(new Date(change.at)), today());
	return `${nameOf(change)} · ${formatTime(change.at)}, ${day}`;
}

function nameOf({ kind, record_id, fields }: Change): string {
	if (kind === 'training') return m.visit_training();
	if (kind === 'request') return m.request_one();
	if (kind === 'goal') return m.goal_title();
	if (kind === 'thank') return m.thank_one();
	const household = kind === 'household' ? record_id : fields.household_id;
	const label =
		fields.label ?? (typeof household === 'string' && phone.card(household)?.household.label);
	return typeof label === 'string' ? label : m.visit_no_household();
}
