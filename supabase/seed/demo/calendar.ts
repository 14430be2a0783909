import type { DemoGroup } from './places';
import type { Dice } from './random';

const DAY = 24 * 60 * 60 * 1000;
const MINUTE = 60 * 1000;
const VIETNAM = 7 * 60 * MINUTE;

/** Thirteen weeks: three months, with every weekday equally often. */
export const DAYS_OF_WORK = 91;

/**
 * The days (ms at local midnight) on which a group was out: most Saturdays, many Sundays, one evening
 * of its own, now and then another. They end yesterday, so that nothing lies in the future at
 * whatever hour the demo is opened; slow groups go out less often.
 * @param today 'YYYY-MM-DD'
 */
export function workDays(group: DemoGroup, today: string, dice: Dice): number[] {
	const evening = dice.between(1, 5);
	const eagerness = 0.55 + group.pace / 2;
	const end = midnight(today);
	const days = Array.from({ length: DAYS_OF_WORK }, (_, n) => end - (DAYS_OF_WORK - n) * DAY);
	return days
		.slice(0, DAYS_OF_WORK - group.quiet_days)
		.filter((day) => dice.chance(eagerness * habit(weekdayOf(day), evening)));
}

function habit(weekday: number, evening: number): number {
	if (weekday === 6) return 0.85;
	if (weekday === 0) return 0.5;
	return weekday === evening ? 0.6 : 0.12;
}

/** A moment (ms) of a day at which volunteers are out: weekend mornings and afternoons, evenings. */
export function momentOf(day: number, dice: Dice): number {
	const [from, to] = isWeekend(day) ? (dice.chance(0.65) ? [7.5, 11] : [15, 17.5]) : [17.75, 20.5];
	return day + Math.floor((from + dice.next() * (to - from)) * 60) * MINUTE + seconds(dice);
}

/** A moment some minutes after another: the next entry on the same phone. */
export function after(moment: number, dice: Dice): number {
	return moment + dice.between(1, 3) * MINUTE + seconds(dice);
}

export function isWeekend(day: number): boolean {
	return [0, 6].includes(weekdayOf(day));
}

/** 'YYYY-MM-DD' in Vietnam. */
export function dayText(moment: number): string {
	return new Date(moment + VIETNAM).toISOString().slice(0, 10);
}

export function daysAfter(moment: number, days: number): number {
	return moment + days * DAY;
}

/** The first day of the month in which the work of the demo city began. */
export function firstMonth(today: string): string {
	return `${dayText(midnight(today) - DAYS_OF_WORK * DAY).slice(0, 7)}-01`;
}

/** @throws RangeError when the text is no day */
function midnight(day: string): number {
	return (
		Date.parse(`${new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)}T00:00:00Z`) - VIETNAM
	);
}

function weekdayOf(day: number): number {
	return new Date(day + VIETNAM).getUTCDay();
}

function seconds(dice: Dice): number {
	return dice.between(0, 59_999);
}
