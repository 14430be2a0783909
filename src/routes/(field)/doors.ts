import { phone } from '$lib/device/phone.svelte';
import type { Day } from '$lib/domain/day';
import type { Household } from '$lib/domain/household';
import type { Call } from '$lib/domain/to_visit';
import { formatDay, formatDayAgo } from '$lib/i18n/formats';
import { m } from '$lib/i18n/paraglide/messages';
import { toast } from '$lib/ui/toast.svelte';
import { storageProblem } from './visits';

/** Why to go there, in words. */
export function reasonText({ reason, day }: Call, today: Day): string {
	switch (reason) {
		case 'taken':
			return m.to_visit_reason_taken();
		case 'assigned':
			return m.to_visit_reason_assigned({ day: formatDayAgo(day, today) });
		case 'follow_up':
			return m.to_visit_reason_follow_up({ day: day === today ? m.day_today() : formatDay(day) });
		case 'asked':
			return m.to_visit_reason_asked({ day: formatDayAgo(day, today) });
		case 'come_back':
			return m.to_visit_reason_come_back({ day: formatDayAgo(day, today) });
		case 'priority':
			return m.to_visit_reason_priority();
		case 'never':
			return day ? m.to_visit_reason_shut() : m.household_never();
		case 'absent_twice':
			return m.to_visit_reason_absent_twice();
		case 'long_ago':
			return m.to_visit_reason_long_ago({ day: formatDay(day) });
	}
}

/** Says for the whole team that I go there today, or that I do not. */
export async function take(household: Household, takes: boolean): Promise<void> {
	const { id: record_id, group_id, seq: base } = household;
	const taken_by = takes ? (phone.me?.person_id ?? null) : null;
	try {
		await phone.save([{ kind: 'household', record_id, group_id, base, fields: { taken_by } }]);
	} catch (error) {
		toast.show({ text: storageProblem(error) });
	}
}
