import { PLACE_OF_ROLE, type Role, type Verb } from '$lib/domain/role';
import { m } from '$lib/i18n/paraglide/messages';

const VERB_WORDS: Record<Verb, () => string> = {
	record: m.rights_verb_record,
	read_records: m.rights_verb_read_records,
	read_totals: m.rights_verb_read_totals,
	compare_wards: m.rights_verb_compare_wards,
	read_phones: m.rights_verb_read_phones
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
