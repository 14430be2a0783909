import type { Day } from './day';
import type { Goal } from './goal';
import type { Signup } from './signup';
import type { Training } from './training';
import type { Visit } from './visit';

/** What was done in a week. Of persons there is no table: a week is one's own, or the whole team's. */
export type Week = {
	visits: number;
	people: number;
	households: number;
	signups: number;
	trainings: number;
};

type Done = { visits: Visit[]; signups: Signup[]; trainings: Training[] };

/** The Monday of the week of a day. */
export function weekOf(day: Day): Day {
	const moment = new Date(`${day}T00:00:00Z`);
	const since = (moment.getUTCDay() + 6) % 7;
	return new Date(moment.getTime() - since * 86_400_000).toISOString().slice(0, 10);
}

/**
 * What was done in the week of a day; records of other weeks may be among those given. Households are
 * those where somebody was helped, each once; people come to trainings, too.
 */
export function weekDone(done: Done, day: Day): Week {
	const monday = weekOf(day);
	const inWeek = (record: { day: Day; discarded: boolean }) =>
		!record.discarded && weekOf(record.day) === monday;
	const visits = done.visits.filter(inWeek);
	const helped = visits.filter(({ outcome }) => outcome === 'helped');
	const trainings = done.trainings.filter(inWeek);
	return {
		visits: visits.length,
		people:
			sum(helped, ({ people_helped }) => people_helped) +
			sum(trainings, ({ headcount }) => headcount),
		households: new Set(helped.flatMap(({ household_id }) => household_id ?? [])).size,
		signups: sum(done.signups.filter(inWeek), ({ people }) => people),
		trainings: trainings.filter(({ session_id }) => session_id === null).length
	};
}

/** The goal that stands in the week that begins on this Monday; undefined when none does. */
export function goalOf(goals: Goal[], monday: Day): Goal | undefined {
	const begun = goals.filter(({ from_week }) => from_week <= monday);
	const last = begun.sort(laterFirst)[0];
	return last && last.households > 0 ? last : undefined;
}

/** Of two for the same week the one that was written later stands, on every phone alike. */
function laterFirst(a: Goal, b: Goal): number {
	return (
		b.from_week.localeCompare(a.from_week) ||
		b.recorded_at.localeCompare(a.recorded_at) ||
		b.id.localeCompare(a.id)
	);
}

function sum<R>(records: R[], count: (record: R) => number): number {
	return records.reduce((total, record) => total + count(record), 0);
}
