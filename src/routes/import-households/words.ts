import type { HouseholdField } from '$lib/files/households/fields';
import type { TableProblem } from '$lib/files/table';
import { fileProblemWords } from '$lib/i18n/import_problems';
import { problemText } from '$lib/i18n/problems';
import { m } from '$lib/i18n/paraglide/messages';

/** What each field of the file is called on the screen. */
export function householdFieldWords(): Record<HouseholdField, string> {
	return {
		label: m.household_label(),
		adults: m.household_adults(),
		priority: m.household_priority(),
		note: m.household_note()
	};
}

type Say = (said: Pick<TableProblem, 'value' | 'details'>) => string;

const WORDS: Record<string, Say> = {
	...fileProblemWords,
	twice_in_file: ({ details }) => m.household_import_twice({ row: details?.row ?? '?' }),
	id_number_in_note: () => m.import_cell_id_number(),
	too_many_households: ({ details }) =>
		m.household_import_too_many({ limit: details?.limit ?? '' }),
	household_alike: ({ value, details }) =>
		m.household_import_alike({ value: value ?? '', label: details?.label ?? '' }),
	too_many_adults: ({ value }) => m.household_import_adults({ value: value ?? '' })
};

/** What is wrong with a row of the file, and how to mend it. */
export function saidOf(problem: TableProblem): string {
	return WORDS[problem.code]?.(problem) ?? problemText(problem);
}
