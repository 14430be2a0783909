import * as v from 'valibot';
import type { Day } from '../day';
import type { Problem } from '../problems';
import type { SignupFields } from '../signup';
import { codeField } from './code';
import { countField } from './count';
import { checkDay, dayField } from './day';
import { problemsOf } from './problems';

const signupFields: v.GenericSchema<SignupFields> = v.object({
	household_id: v.nullable(v.string()),
	visit_id: v.nullable(v.string()),
	day: dayField,
	service: codeField,
	result: codeField,
	people: countField(1, 500)
});

/** What is wrong with a sign-up before it is saved; arguments as for a visit. Never throws. */
export function checkSignup(
	fields: SignupFields,
	today: Day,
	knows: (household_id: string) => boolean = () => true
): Problem[] {
	const problems = problemsOf(signupFields, fields);
	if (problems.length > 0) return problems;

	problems.push(...checkDay(fields.day, today));
	if (fields.household_id !== null && !knows(fields.household_id))
		problems.push({ code: 'unknown_household', field: 'household_id' });
	return problems;
}
