import * as v from 'valibot';
import { countField } from './count';
import { hasIdNumber, lengthOf, noteField } from './note';
import { problemsOf, type Problem } from './problems';
import type { Common } from './record';

const LABEL_LENGTH = 80;

/** Yes, no, or not asked yet: an unasked question is never counted as a no. */
const fact = v.nullable(v.boolean());

/** A household as its group knows it: a house number or a nickname, and what it can do digitally. */
export const householdFields = v.object({
	label: v.pipe(
		v.string(),
		v.check((label) => label.trim() !== '', 'missing'),
		v.check((label) => lengthOf(label) <= LABEL_LENGTH, 'too_long'),
		v.check((label) => !hasIdNumber(label), 'id_number_in_note')
	),
	adults: v.nullable(countField(0, 50)),
	smartphone: fact,
	internet: fact,
	digital_address: fact,
	online_services: fact,
	digital_payment: fact,
	priority: v.boolean(),
	note: noteField
});

export type HouseholdFields = v.InferOutput<typeof householdFields>;
export type Household = Common & { kind: 'household' } & HouseholdFields;

export const blankHousehold: HouseholdFields = {
	label: '',
	adults: null,
	smartphone: null,
	internet: null,
	digital_address: null,
	online_services: null,
	digital_payment: null,
	priority: false,
	note: ''
};

/** What is wrong with a household before it is saved; empty when nothing is. Never throws. */
export function checkHousehold(fields: HouseholdFields): Problem[] {
	return problemsOf(householdFields, fields);
}
