import * as v from 'valibot';
import type { Problem } from '../problems';
import type { HouseholdFields } from '../household';
import { turnsAround } from '../text';
import { countField } from './count';
import { lengthOf, noteField, privateField, withoutPhone } from './note';
import { problemsOf } from './problems';

const LABEL_LENGTH = 80;

const fact = v.nullable(v.boolean());

const householdFields: v.GenericSchema<HouseholdFields> = v.object({
	label: v.pipe(
		v.string(),
		v.check((label) => label.trim() !== '', 'missing'),
		v.check((label) => lengthOf(label) <= LABEL_LENGTH, 'too_long'),
		privateField,
		withoutPhone,
		v.check((label) => !turnsAround(label), 'bad_value')
	),
	adults: v.nullable(countField(0, 50)),
	smartphone: fact,
	internet: fact,
	digital_address: fact,
	electronic_id: fact,
	online_services: fact,
	digital_payment: fact,
	helps_others: fact,
	priority: v.boolean(),
	note: noteField
});

/** What is wrong with a household before it is saved; empty when nothing is. Never throws. */
export function checkHousehold(fields: HouseholdFields): Problem[] {
	return problemsOf(householdFields, fields);
}
