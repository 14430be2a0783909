import * as v from 'valibot';
import type { Problem } from '../problems';
import { WEEKDAYS, WISH_TIMES, type Ask } from '../request';
import { turnsAround } from '../text';
import { lengthOf, privateField, withoutPhone } from './note';
import { problemsOf } from './problems';

const LABEL_LENGTH = 80;

const ask: v.GenericSchema<Ask> = v.object({
	label: v.pipe(
		v.string(),
		v.check((text) => text.trim() !== '', 'missing'),
		v.check((text) => lengthOf(text) <= LABEL_LENGTH, 'too_long'),
		privateField,
		withoutPhone,
		v.check((text) => !turnsAround(text), 'bad_value')
	),
	topic: v.string(),
	wish_time: v.picklist(['', ...WISH_TIMES]),
	wish_weekdays: v.array(v.picklist(WEEKDAYS)),
	consent: v.pipe(v.string(), v.nonEmpty('missing'))
});

/** What is wrong with what somebody asked, before it is saved; empty when nothing is. Never throws. */
export function checkAsk(fields: Ask): Problem[] {
	return problemsOf(ask, fields);
}
