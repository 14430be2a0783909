import type { CorrectionRequest } from '$lib/domain/period';
import { m } from '$lib/i18n/paraglide/messages';
import { fieldName, valueText } from '../../(field)/households/[id]/field-names';
import { desk } from '../desk.svelte';

const SILENT = [
	'household_id',
	'visit_id',
	'session_id',
	'household_ids',
	'member_ids',
	'discarded'
];

/** What kind of record a request is about, and whether it is to go. */
export function kindText({ kind, fields }: CorrectionRequest): string {
	const name = {
		household: m.household_label,
		visit: m.visit_log,
		signup: m.visit_signup,
		training: m.visit_training,
		request: m.request_one,
		goal: m.goal_title,
		thank: m.thank_one
	};
	return fields.discarded === true ? `${m.history_discarded()}: ${name[kind]()}` : name[kind]();
}

export const fieldText = fieldName;

/** What a request says, field by field, with what stands there now; null where the record is new. */
export function said({ fields, now }: CorrectionRequest) {
	const empty = (value: unknown) =>
		value === null || value === '' || (typeof value === 'object' && !Object.keys(value).length);
	const text = (field: string, value: unknown) =>
		valueText(field, value, (list, code) => desk.word(list, code));
	return Object.entries({ day: now.day, ...fields })
		.filter(([field, value]) => !SILENT.includes(field) && (field in now || !empty(value)))
		.map(([field, value]) => ({
			field,
			value: text(field, value),
			before: field in now && field in fields ? text(field, now[field]) : null
		}));
}
