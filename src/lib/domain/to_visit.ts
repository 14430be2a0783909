import type { Day } from './day';
import type { Household } from './household';
import type { Visit } from './visit';

/** Why to go to a household, the strongest first. */
export const REASONS = [
	'taken',
	'assigned',
	'follow_up',
	'asked',
	'come_back',
	'priority',
	'never',
	'absent_twice',
	'long_ago'
] as const;
export type Reason = (typeof REASONS)[number];

/** What is known of a household when it is asked whether to go there. */
export type Candidate = {
	household: Household;
	/** Whether somebody there was reached, if only by a sign-up. */
	reached: boolean;
	/** Newest first. */
	visits: Visit[];
	/** Since when somebody there waits for help that they asked for; null: nobody does. */
	requested_on: Day | null;
};

/** Why to go there, with the day that it is counted from: ordered by it, the oldest first. */
export type Call = { reason: Reason; day: Day; taken_by: string | null };

/** A home that was helped needs no visit for so many days, a priority one for a week. */
const LONG_AGO = 60;
const PRIORITY_AGAIN = 7;
const AFTER_A_NO = 180;

/**
 * Whether and why `me` should go to a household today; null: not today. Who was there today, or has an
 * appointment later on, or is given to somebody else, is left alone.
 */
export function callAt(
	{ household, reached, visits, requested_on }: Candidate,
	me: string,
	today: Day
) {
	const [last, before] = visits;
	// A record that an earlier version kept knows none of these.
	const { assigned_to = null, taken_by = null, said_on = {} } = household;
	if (last?.day === today) return null;
	const taken = taken_by !== null && said_on.taken_by === today ? taken_by : null;
	const call = (reason: Reason, day: Day): Call => ({ reason, day, taken_by: taken });

	if (taken === me) return call('taken', today);
	const assigned = said_on.assigned_to ?? '';
	// Whoever went there since has done it.
	const open = assigned_to !== null && !(last && last.day >= assigned);
	if (open) return assigned_to === me ? call('assigned', assigned) : null;
	if (requested_on !== null) return call('asked', requested_on);
	if (!last)
		return household.priority || !reached
			? call(household.priority ? 'priority' : 'never', '')
			: null;
	if (last.follow_up_on !== null)
		return last.follow_up_on <= today ? call('follow_up', last.follow_up_on) : null;
	if (last.outcome === 'come_back') return call('come_back', last.day);
	const days = daysBetween(last.day, today);
	if (last.outcome === 'refused' && days < AFTER_A_NO) return null;
	if (household.priority && days >= PRIORITY_AGAIN) return call('priority', last.day);
	if (last.outcome === 'not_home' && before?.outcome === 'not_home')
		return call('absent_twice', last.day);
	if (visits.every((visit) => visit.outcome === 'not_home')) return call('never', last.day);
	return days >= LONG_AGO ? call('long_ago', last.day) : null;
}

/**
 * Where to go today, the first first: what a teammate has taken comes last, then the reason decides,
 * then how long it has waited. Equal ones stay in the order given.
 */
export function toVisit<C extends Candidate>(
	candidates: C[],
	me: string,
	today: Day
): (C & { call: Call })[] {
	return candidates
		.flatMap((candidate) => {
			const call = callAt(candidate, me, today);
			return call ? [{ ...candidate, call }] : [];
		})
		.sort(
			({ call: a }, { call: b }) =>
				Number(isTaken(a, me)) - Number(isTaken(b, me)) ||
				REASONS.indexOf(a.reason) - REASONS.indexOf(b.reason) ||
				(a.day < b.day ? -1 : a.day > b.day ? 1 : 0)
		);
}

/** Whether a teammate goes there today. */
export function isTaken(call: Call, me: string): boolean {
	return call.taken_by !== null && call.taken_by !== me;
}

function daysBetween(from: Day, to: Day): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
