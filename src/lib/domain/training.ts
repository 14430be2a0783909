import type { Day } from './day';
import { withoutZeros, type PeopleByGroup } from './people';
import type { Common } from './record';
import { clean } from './text';

/**
 * One session in which a team taught several people at once. The households of another team are
 * attached by a record of that team, with the `session_id` of the session and a headcount of 0: its
 * people were counted by those who held it.
 */
export type TrainingFields = {
	day: Day;
	topics: string[];
	/** Empty when it was not said. */
	place: string;
	/** The drive it was part of; empty when it was none. */
	campaign: string;
	headcount: number;
	people_by_group: PeopleByGroup;
	/** Which of the group's households took part. */
	household_ids: string[];
	/** Which members of the team were there. */
	member_ids: string[];
	/** The session that these households are attached to; null for a session itself. */
	session_id: string | null;
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
	household_ids: [],
	member_ids: [],
	session_id: null,
	note: ''
};

/** A training as it is kept: clean text, and no count of nobody. */
export function cleanTraining(training: TrainingFields): TrainingFields {
	return {
		...training,
		people_by_group: withoutZeros(training.people_by_group),
		note: clean(training.note).trim()
	};
}

/** Trainings by the households that took part in them. */
export function trainingsByHousehold(trainings: Training[]): Map<string, Training[]> {
	const found = new Map<string, Training[]>();
	for (const training of trainings)
		for (const id of training.household_ids) found.set(id, [...(found.get(id) ?? []), training]);
	return found;
}
