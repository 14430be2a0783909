import * as v from 'valibot';
import type { Day } from '../day';
import type { Problem } from '../problems';
import type { TrainingFields } from '../training';
import { codesField } from './code';
import { byGroupField, countField, fitsInto } from './count';
import { checkDay, dayField } from './day';
import { noteField } from './note';
import { problemsOf } from './problems';

const trainingFields: v.GenericSchema<TrainingFields> = v.object({
	day: dayField,
	topics: codesField,
	place: v.string(),
	campaign: v.string(),
	headcount: countField(1, 2000),
	people_by_group: byGroupField,
	note: noteField
});

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
