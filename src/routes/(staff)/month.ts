import { dayOf, today, type Day } from '$lib/domain/day';

/** A calendar month in Vietnam, `YYYY-MM`; sorts as text. */
export type Month = string;

export function thisMonth(now = new Date()): Month {
	return today(now).slice(0, 7);
}

/**
 * The month that an address asks for. Anything that is not a month, or has not begun, is answered
 * with this month: a link that was mistyped still opens something true.
 */
export function monthAsked(text: string | null, now = new Date()): Month {
	const newest = thisMonth(now);
	if (!text || !/^20\d{2}-(0[1-9]|1[0-2])$/.test(text)) return newest;
	return text < newest ? text : newest;
}

export function monthBefore(month: Month): Month {
	return shifted(month, -1);
}

/** The month after, or null when it has not begun. */
export function monthAfter(month: Month, now = new Date()): Month | null {
	const next = shifted(month, 1);
	return next <= thisMonth(now) ? next : null;
}

export function firstDay(month: Month): Day {
	return `${month}-01`;
}

/**
 * The day up to which the figures of a month speak: its last day, or the day they were added up
 * while the month is still running.
 */
export function lastDayCounted(month: Month, as_of: string): Day {
	const last = shifted(month, 1, 0);
	const counted = dayOf(new Date(as_of));
	return counted < last ? counted : last;
}

function shifted(month: Month, by: number): Month;
function shifted(month: Month, by: number, day: number): Day;
function shifted(month: Month, by: number, day?: number): string {
	const [year = 0, number = 0] = month.split('-').map(Number);
	const date = new Date(Date.UTC(year, number - 1 + by, day ?? 1)).toISOString();
	return date.slice(0, day === undefined ? 7 : 10);
}
