/**
 * Where a count will stand at a deadline, if the teams go on as in the last eight weeks. Deliberately
 * simple: the mean of the weeks carried on, and the range in which four of five such futures end, from
 * how much the weeks differ (docs/decisions/014-plans.md). Nothing is learned from seasons or holidays.
 */

/** How many whole weeks are looked at. */
export const WEEKS = 8;
/** Fewer weeks with anything in them say nothing of a pace. */
const LEAST_WEEKS = 4;
/** Fewer counted in all of them are chance. */
const LEAST_COUNT = 12;
/** Standard errors on either side that hold four of five. */
const FOUR_OF_FIVE = 1.28;

export type PaceOf = {
	/** What has been counted up to now. */
	counted: number;
	/** What was counted in each of the last eight whole weeks, the oldest first. */
	weeks: number[];
	/** Visits in the same weeks. */
	visits: number[];
	/** What a share is of; null: the target is a count itself. */
	denominator: number | null;
	/** In the unit of the count. */
	target: number;
	/** Whole weeks and parts of one until the deadline. */
	weeks_left: number;
};

export type Forecast = {
	/** The count at the deadline at this pace, and its range. */
	expected: number;
	low: number;
	high: number;
	/** Counted a week, up to now and as needed. */
	pace: number;
	pace_needed: number;
	/** How many more a week than now; 0 when the pace is enough. */
	more_a_week: number;
	/** Visits a week that the needed pace takes, at as many a count as now. */
	visits_needed: number;
	reaches: boolean;
};

/** Why there is none. */
export type NoForecast = 'too_little' | 'deadline_passed';

export function forecast(of: PaceOf): Forecast | NoForecast {
	if (of.weeks_left <= 0) return 'deadline_passed';
	const total = sum(of.weeks);
	const active = of.weeks.filter((count) => count > 0).length;
	if (of.weeks.length < WEEKS || active < LEAST_WEEKS || total < LEAST_COUNT) return 'too_little';

	const pace = total / of.weeks.length;
	const variance = sum(of.weeks.map((count) => (count - pace) ** 2)) / (of.weeks.length - 1);
	// The weeks to come differ among themselves, and the mean of eight is not the true one.
	const n = of.weeks_left;
	const error = FOUR_OF_FIVE * Math.sqrt(n * variance + (n * n * variance) / of.weeks.length);
	const most = of.denominator ?? Infinity;
	const within = (count: number) =>
		Math.min(Math.max(count, of.counted), Math.max(most, of.counted));
	const expected = within(of.counted + pace * n);
	const pace_needed = Math.max(0, (of.target - of.counted) / n);
	return {
		expected,
		low: within(of.counted + pace * n - error),
		high: within(of.counted + pace * n + error),
		pace,
		pace_needed,
		more_a_week: Math.max(0, pace_needed - pace),
		visits_needed: Math.ceil(pace_needed * (sum(of.visits) / total)),
		reaches: expected >= of.target
	};
}

/** Weeks from a day to the end of another one. */
export function weeksUntil(from: string, to: string): number {
	return (Date.parse(to) - Date.parse(from)) / (7 * 86_400_000);
}

function sum(numbers: number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
