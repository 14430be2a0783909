import * as v from 'valibot';
import type { Problem } from '../problems';
import type { ThankFields } from '../thank';
import { dayField } from './day';
import { lengthOf, privateField, withoutPhone } from './note';
import { problemsOf } from './problems';

const WORDS_LENGTH = 200;

const thankFields: v.GenericSchema<ThankFields> = v.object({
	week: dayField,
	to_id: v.nullable(v.string()),
	words: v.pipe(
		v.string(),
		v.check((text) => text.trim() !== '', 'missing'),
		v.check((text) => lengthOf(text) <= WORDS_LENGTH, 'too_long'),
		privateField,
		withoutPhone
	)
});

/** What is wrong with a thank-you before it is saved; empty when nothing is. Never throws. */
export function checkThank(fields: ThankFields): Problem[] {
	return problemsOf(thankFields, fields);
}
