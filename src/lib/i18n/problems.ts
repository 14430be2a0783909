import { m } from './paraglide/messages';

type Sayable = { code?: string | null; field?: string | null };

const BY_FIELD: Record<string, () => string> = {
	'topics missing': m.problem_topics_missing,
	'label phone_number': m.problem_label_phone_number,
	'label missing': m.problem_label_missing,
	'people_helped missing': m.problem_people_missing,
	'headcount out_of_range': m.problem_headcount_missing,
	'people_by_group out_of_range': m.problem_by_group_too_many,
	'service missing': m.problem_service_missing,
	'result missing': m.problem_result_missing,
	'follow_up_on out_of_range': m.problem_follow_up_too_early,
	'reason missing': m.problem_reason_missing,
	'choice bad_value': m.problem_choice_missing,
	'household_ids out_of_range': m.problem_households_too_many,
	'household_ids missing': m.problem_households_missing,
	'consent missing': m.problem_consent_missing,
	'words missing': m.problem_words_missing,
	'words too_long': m.problem_words_too_long,
	'agreed missing': m.problem_contact_consent,
	'contact missing': m.problem_contact_consent,
	'phone bad_value': m.problem_contact_phone,
	'contact bad_value': m.problem_contact_phone
};

const BY_CODE: Record<string, () => string> = {
	missing: m.problem_missing,
	id_number_in_note: m.problem_id_number_in_note,
	card_number_in_note: m.problem_card_number_in_note,
	otp_in_note: m.problem_otp_in_note,
	email_in_note: m.problem_email_in_note,
	phone_number: m.problem_phone_number,
	too_long: m.problem_too_long,
	out_of_range: m.problem_out_of_range,
	date_in_future: m.problem_date_in_future,
	date_too_old: m.problem_date_too_old,
	bad_value: m.problem_bad_value,
	unknown_group: m.problem_unknown_group,
	not_your_group: m.problem_not_your_group,
	not_your_change: m.problem_not_your_change,
	household_moved: m.problem_household_moved,
	household_merged: m.problem_household_merged,
	not_yours_to_arrange: m.problem_not_yours_to_arrange,
	period_closed: m.problem_period_closed,
	correction_declined: m.problem_correction_declined,
	unknown_request: m.problem_unknown_request,
	unknown_poster: m.problem_unknown_poster,
	unknown_question: m.problem_unknown_question,
	unknown_household: m.problem_unknown_household,
	household_of_another_group: m.problem_household_of_another_group,
	bad_bundle: m.problem_bad_bundle,
	other_server: m.problem_other_server,
	not_proven: m.problem_not_proven
};

/** The sentence for a problem: what is wrong and how to mend it. A code that is not known is shown. */
export function problemText({ code, field }: Sayable): string {
	const say = BY_FIELD[`${field} ${code}`] ?? BY_CODE[code ?? ''];
	return say ? say() : m.problem_other({ code: code ?? '?' });
}

/** The sentences by field, for a form. */
export function problemTexts(problems: Sayable[]): Record<string, string> {
	return Object.fromEntries(problems.map((problem) => [problem.field, problemText(problem)]));
}
