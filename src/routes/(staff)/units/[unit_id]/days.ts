import type { Day } from '$lib/domain/day';
import { formatDay } from '$lib/i18n/formats';
import { m } from '$lib/i18n/paraglide/messages';

/** From when until when something is; a day that is not known is not made up. */
export function daysText({ from_day, to_day }: { from_day: Day | null; to_day: Day | null }) {
	const from = from_day && formatDay(from_day);
	const to = to_day && formatDay(to_day);
	if (from && to) return m.units_from_to({ from, to });
	if (from) return m.units_from({ from });
	return to ? m.units_to({ to }) : m.units_always();
}
