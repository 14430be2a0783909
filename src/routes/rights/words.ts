import { PLACE_OF_ROLE, type Role, type Verb } from '$lib/domain/role';
import { m } from '$lib/i18n/paraglide/messages';

const VERB_WORDS: Record<Verb, () => string> = {
	record: m.rights_verb_record,
	read_records: m.rights_verb_read_records,
	arrange_households: m.rights_verb_arrange_households,
	read_totals: m.rights_verb_read_totals,
	move_households: m.rights_verb_move_households,
	compare_wards: m.rights_verb_compare_wards,
	edit_catalogue: m.rights_verb_edit_catalogue,
	read_phones: m.rights_verb_read_phones,
	read_people: m.rights_verb_read_people,
	manage_people: m.rights_verb_manage_people,
	read_audit: m.rights_verb_read_audit,
	manage_units: m.rights_verb_manage_units,
	recount: m.rights_verb_recount,
	read_plans: m.rights_verb_read_plans,
	edit_plans: m.rights_verb_edit_plans,
	close_periods: m.rights_verb_close_periods,
	decide_corrections: m.rights_verb_decide_corrections,
	confirm_days: m.rights_verb_confirm_days,
	receive_requests: m.rights_verb_receive_requests,
	set_goals: m.rights_verb_set_goals,
	thank_members: m.rights_verb_thank_members,
	import_households: m.rights_verb_import_households,
	publish_figures: m.rights_verb_publish_figures,
	read_questions: m.rights_verb_read_questions,
	answer_questions: m.rights_verb_answer_questions
};

const PLACE_WORDS = {
	team: m.rights_where_team,
	ward: m.rights_where_ward,
	area: m.rights_where_area,
	city: m.rights_where_city
};

export function verbText(verb: Verb): string {
	return VERB_WORDS[verb]();
}

/** How far a role reaches: "in the ward". */
export function placeText(role: Role): string {
	return PLACE_WORDS[PLACE_OF_ROLE[role]]();
}
