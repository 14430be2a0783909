import * as v from 'valibot';
import type { Day } from '../day';
import type { Problem } from '../problems';
import type { VisitFields } from '../visit';
import { codeField, codesField } from './code';
import { byGroupField, countField, fitsInto } from './count';
import { checkDay, dayField } from './day';
import { noteField } from './note';
import { problemsOf } from './problems';

const visitFields: v.GenericSchema<VisitFields> = v.object({
	household_id: v.nullable(v.string()),
	day: dayField,
	place: v.string(),
	topics: codesField,
	outcome: codeField,
	people_helped: countField(0, 500),
	people_by_group: byGroupField,
	barriers: codesField,
	campaign: v.string(),
	follow_up_on: v.nullable(dayField),
	note: noteField
});

/**
 * What is wrong with a visit before it is saved; empty when nothing is. Never throws.
 * @param today the day in Vietnam now: a visit cannot lie in the future
 * @param knows whether this phone has the household; without it the question is left to the database
 */
export function checkVisit(
	fields: VisitFields,
	today: Day,
	knows: (household_id: string) => boolean = () => true
): Problem[] {
	const problems = problemsOf(visitFields, fields);
	// What is asked below does not read the note: both are said at once, not one after the other.
	if (problems.some(({ field }) => field !== 'note')) return problems;

	const { household_id, day, topics, outcome, people_helped, people_by_group, follow_up_on } =
		fields;
	problems.push(...checkDay(day, today));
	if (household_id !== null && !knows(household_id))
		problems.push({ code: 'unknown_household', field: 'household_id' });
	if (outcome === 'helped' && topics.length === 0)
		problems.push({ code: 'missing', field: 'topics' });
	if (outcome === 'helped' && people_helped < 1)
		problems.push({ code: 'missing', field: 'people_helped' });
	if (!fitsInto(people_helped, people_by_group))
		problems.push({ code: 'out_of_range', field: 'people_by_group' });
	if (follow_up_on !== null && follow_up_on < day)
		problems.push({ code: 'out_of_range', field: 'follow_up_on' });
	return problems;
}
