import type { Day } from './day';
import type { PeopleByGroup } from './people';
import type { Common } from './record';

/** One session in which a team taught several people at once. */
export type TrainingFields = {
	day: Day;
	topics: string[];
	/** Empty when it was not said. */
	place: string;
	/** The drive it was part of; empty when it was none. */
	campaign: string;
	headcount: number;
	people_by_group: PeopleByGroup;
	note: string;
};

export type Training = Common & { kind: 'training' } & TrainingFields;

export const blankTraining: TrainingFields = {
	day: '',
	topics: [],
	place: '',
	campaign: '',
	headcount: 1,
	people_by_group: {},
	note: ''
};
