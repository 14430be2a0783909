import type { Day } from './day';
import type { PeopleByGroup } from './people';
import type { Common } from './record';

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
