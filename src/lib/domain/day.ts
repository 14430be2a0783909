/** A calendar day in Vietnam, `YYYY-MM-DD`; sorts as text. */
export type Day = string;

const HOUR = 60 * 60 * 1000;
const VIETNAM = 7 * HOUR;

/**
 * The day in Vietnam at a moment. Vietnam is at UTC+7 all year, so plain arithmetic is exact and does
 * not depend on the time zone that the phone is set to or on the zones that its browser knows.
 */
export function dayOf(moment: Date): Day {
	return new Date(moment.getTime() + VIETNAM).toISOString().slice(0, 10);
}

/** The day in Vietnam now. */
export function today(now = new Date()): Day {
	return dayOf(now);
}

/** Whether the text is a day that the calendar has: `2026-02-30` is not. */
export function isDay(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const moment = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}
