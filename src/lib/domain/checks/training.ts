import * as v from 'valibot';
import type { Day } from '../day';
import type { Problem } from '../problems';
import type { TrainingFields } from '../training';
import { codesField, idsField } from './code';
import { byGroupField, countField, fitsInto } from './count';
import { checkDay, dayField } from './day';
import { noteField } from './note';
import { problemsOf } from './problems';

const trainingFields: v.GenericSchema<TrainingFields> = v.object({
	day: dayField,
	topics: codesField,
	place: v.string(),
	campaign: v.string(),
	headcount: countField(0, 2000),
	people_by_group: byGroupField,
	household_ids: idsField,
	member_ids: idsField,
	session_id: v.nullable(v.string()),
	note: noteField
});

/** What is wrong with a training session before it is saved; empty when nothing is. Never throws. */
export function checkTraining(fields: TrainingFields, today: Day): Problem[] {
	const problems = problemsOf(trainingFields, fields);
	// What is asked below does not read the note: both are said at once, not one after the other.
	if (problems.some(({ field }) => field !== 'note')) return problems;

	problems.push(...checkDay(fields.day, today));
	if (fields.topics.length === 0) problems.push({ code: 'missing', field: 'topics' });
	if ((fields.session_id === null) !== fields.headcount > 0)
		problems.push({ code: 'out_of_range', field: 'headcount' });
	if (fields.session_id === null && fields.household_ids.length > fields.headcount)
		problems.push({ code: 'out_of_range', field: 'household_ids' });
	if (fields.session_id !== null && fields.household_ids.length === 0)
		problems.push({ code: 'missing', field: 'household_ids' });
	if (!fitsInto(fields.headcount, fields.people_by_group))
		problems.push({ code: 'out_of_range', field: 'people_by_group' });
	return problems;
}
