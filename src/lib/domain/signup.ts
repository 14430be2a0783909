import * as v from 'valibot';
import { codeField } from './code';
import { countField } from './count';
import { checkDay, dayField, type Day } from './day';
import { problemsOf, type Problem } from './problems';
import type { Common } from './record';

/** An account on a digital service that someone was helped to open, to activate, or tried to. */
export const signupFields = v.object({
	household_id: v.nullable(v.string()),
	visit_id: v.nullable(v.string()),
	day: dayField,
	service: codeField,
	result: codeField,
	people: countField(1, 500)
});

export type SignupFields = v.InferOutput<typeof signupFields>;
export type Signup = Common & { kind: 'signup' } & SignupFields;

export const blankSignup: SignupFields = {
	household_id: null,
	visit_id: null,
	day: '',
	service: '',
	result: '',
	people: 1
};

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
