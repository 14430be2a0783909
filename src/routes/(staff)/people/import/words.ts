import type { TableProblem } from '$lib/files/table';
import type { MemberField } from '$lib/files/members/fields';
import { fileProblemWords } from '$lib/i18n/import_problems';
import { peopleProblemText } from '$lib/i18n/people_problems';
import { m } from '$lib/i18n/paraglide/messages';

/** What each field of the file is called on the screen. */
export function memberFieldWords(): Record<MemberField, string> {
	return {
		name: m.people_import_field_name(),
		phone: m.people_import_field_phone(),
		role: m.people_import_field_role(),
		group: m.people_import_field_group(),
		ward: m.people_import_field_ward(),
		team: m.people_import_field_team()
	};
}

type Say = (said: Pick<TableProblem, 'value' | 'details'>) => string;

const WORDS: Record<string, Say> = {
	...fileProblemWords,
	member_role_unknown: ({ value }) => m.people_import_role_unknown({ value: value ?? '' }),
	member_phone: () => m.people_import_phone(),
	member_group_unknown: ({ value }) => m.people_import_group_unknown({ value: value ?? '' }),
	member_group_ambiguous: ({ value }) => m.people_import_group_ambiguous({ value: value ?? '' }),
	member_ward_unknown: ({ value }) => m.people_import_ward_unknown({ value: value ?? '' }),
	member_place_missing: () => m.people_import_place_missing(),
	twice_in_file: ({ details }) => m.people_import_twice({ row: details?.row ?? '?' }),
	has_leader: ({ details }) =>
		details
			? m.people_import_two_leaders({ row: details.row ?? '?' })
			: m.people_import_has_leader(),
	not_yours_to_give: () => m.people_import_not_yours()
};

/** What is wrong with a row of the file, and how to mend it. */
export function saidOf(problem: TableProblem): string {
	return WORDS[problem.code]?.(problem) ?? peopleProblemText({ code: problem.code });
}
