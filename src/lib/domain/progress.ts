import type { Signup } from './signup';
import type { Training } from './training';
import type { Visit } from './visit';

/** A door that stayed shut or a no at the door is a visit, but reaches nobody. */
const REACHING_OUTCOMES = ['helped', 'come_back', 'escalated'];

/** How far a household has come. */
export type Progress = {
	reached: boolean;
	last_visit: Visit | null;
	/** The last visit that helped: what "the same again" repeats. */
	last_help: Visit | null;
};

/**
 * The progress of a household from its records; discarded ones count for nothing. Whoever took part in
 * a training was reached by it, and is not reached once more by a visit.
 */
export function progressOf(
	visits: Visit[],
	signups: Signup[],
	trainings: Training[] = []
): Progress {
	const made = visits.filter((visit) => !visit.discarded).sort(newestFirst);
	return {
		reached:
			made.some((visit) => REACHING_OUTCOMES.includes(visit.outcome)) ||
			signups.some((signup) => !signup.discarded && signup.result !== 'refused') ||
			trainings.some((training) => !training.discarded),
		last_visit: made[0] ?? null,
		last_help: made.find((visit) => visit.outcome === 'helped') ?? null
	};
}

/** Order of dated records: by the day they are about, then by when they were written. */
export function newestFirst(a: Dated, b: Dated): number {
	return -(compare(a.day, b.day) || compare(a.recorded_at, b.recorded_at) || compare(a.id, b.id));
}

type Dated = { day: string; recorded_at: string; id: string };

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
