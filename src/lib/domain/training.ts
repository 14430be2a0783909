import * as v from 'valibot';
import { codesField } from './code';
import { byGroupField, countField, fitsInto } from './count';
import { checkDay, dayField, type Day } from './day';
import { noteField } from './note';
import { problemsOf, type Problem } from './problems';
import type { Common } from './record';

/** One session in which a team taught several people at once. */
export const trainingFields = v.object({
	day: dayField,
	topics: codesField,
	/** Empty when it was not said. */
	place: v.string(),
	headcount: countField(1, 2000),
	people_by_group: byGroupField,
	note: noteField
});

export type TrainingFields = v.InferOutput<typeof trainingFields>;
export type Training = Common & { kind: 'training' } & TrainingFields;

export const blankTraining: TrainingFields = {
	day: '',
	topics: [],
	place: '',
	headcount: 1,
	people_by_group: {},
	note: ''
};

/** What is wrong with a training session before it is saved; empty when nothing is. Never throws. */
export function checkTraining(fields: TrainingFields, today: Day): Problem[] {
	const problems = problemsOf(trainingFields, fields);
	// What is asked below does not read the note: both are said at once, not one after the other.
	if (problems.some(({ field }) => field !== 'note')) return problems;

	problems.push(...checkDay(fields.day, today));
	if (fields.topics.length === 0) problems.push({ code: 'missing', field: 'topics' });
	if (!fitsInto(fields.headcount, fields.people_by_group))
		problems.push({ code: 'out_of_range', field: 'people_by_group' });
	return problems;
}
