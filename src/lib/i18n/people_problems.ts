import { m } from './paraglide/messages';

type Sayable = { code: string; field?: string | null; seconds?: number };

const BY_FIELD: Record<string, () => string> = {
	'phone bad_value': m.people_problem_bad_phone,
	'sign_in_name bad_value': m.people_problem_bad_sign_in_name,
	'code bad_value': m.people_problem_bad_code
};

const BY_CODE: Record<string, () => string> = {
	not_yours_to_give: m.people_problem_not_yours_to_give,
	not_yours_to_invite: m.people_problem_not_yours_to_invite,
	not_yourself: m.people_problem_not_yourself,
	unknown_person: m.people_problem_unknown_person,
	already_member: m.people_problem_already_member,
	has_leader: m.people_problem_has_leader,
	too_many: m.people_problem_too_many,
	sign_in_again: m.people_problem_sign_in_again,
	unknown_invitation: m.people_problem_unknown_invitation,
	used_invitation: m.people_problem_used_invitation,
	expired_invitation: m.people_problem_expired_invitation,
	withdrawn_invitation: m.people_problem_withdrawn_invitation,
	name_taken: m.people_problem_name_taken,
	wrong_password: m.people_problem_wrong_password,
	too_short: m.people_problem_too_short,
	too_common: m.people_problem_too_common,
	id_number_in_note: m.problem_id_number_in_note,
	card_number_in_note: m.problem_card_number_in_note,
	otp_in_note: m.problem_otp_in_note,
	email_in_note: m.problem_email_in_note,
	missing: m.people_problem_missing,
	too_long: m.people_problem_too_long,
	bad_value: m.people_problem_bad_value,
	offline: m.people_problem_offline,
	busy: m.people_problem_busy
};

/** The sentence for what stood in the way of an act on people, an invitation or a sign-in. */
export function peopleProblemText({ code, field, seconds }: Sayable): string {
	if (code === 'wait') return m.people_problem_wait({ seconds: seconds ?? 60 });
	const say = BY_FIELD[`${field} ${code}`] ?? BY_CODE[code];
	return say ? say() : m.people_problem_other({ code });
}
