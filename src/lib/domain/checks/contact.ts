import * as v from 'valibot';
import { plainPhone } from '../contact';
import type { Problem } from '../problems';
import { lengthOf, privateField } from './note';
import { problemsOf } from './problems';

const NAME_LENGTH = 60;

/** What is typed on the sheet of a contact. */
export type ContactDraft = { phone: string; name: string; agreed: boolean };

const contactDraft: v.GenericSchema<ContactDraft> = v.object({
	agreed: v.pipe(
		v.boolean(),
		v.check((agreed) => agreed, 'missing')
	),
	phone: v.pipe(
		v.string(),
		v.check((phone) => plainPhone(phone) !== '', 'missing'),
		v.check(
			(phone) => plainPhone(phone) === '' || /^0\d{9,10}$/.test(plainPhone(phone)),
			'bad_value'
		)
	),
	name: v.pipe(
		v.string(),
		v.check((name) => lengthOf(name) <= NAME_LENGTH, 'too_long'),
		privateField
	)
});

/** What is wrong with a contact before it is saved; empty when nothing is. Never throws. */
export function checkContact(draft: ContactDraft): Problem[] {
	return problemsOf(contactDraft, draft);
}
