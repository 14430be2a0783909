import * as v from 'valibot';
import type { GoalFields } from '../goal';
import type { Problem } from '../problems';
import { weekOf } from '../week';
import { countField } from './count';
import { dayField } from './day';
import { problemsOf } from './problems';

export const MOST_HOUSEHOLDS = 500;

const goalFields: v.GenericSchema<GoalFields> = v.object({
	from_week: v.pipe(
		dayField,
		v.check((day) => weekOf(day) === day, 'bad_value')
	),
	households: countField(0, MOST_HOUSEHOLDS)
});

/** What is wrong with a goal before it is saved; empty when nothing is. Never throws. */
export function checkGoal(fields: GoalFields): Problem[] {
	return problemsOf(goalFields, fields);
}
