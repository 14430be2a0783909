import type { Day } from './day';
import { withoutZeros, type PeopleByGroup } from './people';
import type { Common } from './record';
import { clean } from './text';

/** One time that someone was helped, at home or elsewhere; `household_id` is null for a passer-by. */
export type VisitFields = {
	household_id: string | null;
	day: Day;
	/** Empty when it was not said. */
	place: string;
	topics: string[];
	outcome: string;
	people_helped: number;
	people_by_group: PeopleByGroup;
	barriers: string[];
	/** The drive it was part of; empty when it was none. */
	campaign: string;
	follow_up_on: Day | null;
	note: string;
};

export type Visit = Common & { kind: 'visit' } & VisitFields;

export const blankVisit: VisitFields = {
	household_id: null,
	day: '',
	place: '',
	topics: [],
	outcome: '',
	people_helped: 0,
	people_by_group: {},
	barriers: [],
	campaign: '',
	follow_up_on: null,
	note: ''
};

/** At a shut door or a no, nobody was helped with anything. */
export function isUnhelped(outcome: string): boolean {
	return outcome === 'not_home' || outcome === 'refused';
}

/** A visit as it is kept: clean text, no count of nobody, and no help where there was none. */
export function cleanVisit(visit: VisitFields): VisitFields {
	const unhelped = isUnhelped(visit.outcome);
	return {
		...visit,
		topics: unhelped ? [] : visit.topics,
		people_helped: unhelped ? 0 : visit.people_helped,
		people_by_group: unhelped ? {} : withoutZeros(visit.people_by_group),
		follow_up_on: visit.follow_up_on || null,
		note: clean(visit.note).trim()
	};
}
