import type { CellProblem, FileProblem, UnitProblem } from '$lib/domain/problems';
import type { TableProblem } from '$lib/files/table';
import type { SuccessionField, UnitField } from '$lib/files/units/fields';
import { fileProblemWords } from '$lib/i18n/import_problems';
import { m } from '$lib/i18n/paraglide/messages';

export const unitFieldWords = (): Record<UnitField, string> => ({
	name: m.units_field_name(),
	code: m.units_field_code(),
	parent: m.units_field_parent(),
	level: m.units_field_level(),
	kind: m.units_field_kind(),
	area: m.units_field_area(),
	name_en: m.units_field_name_en(),
	predecessors: m.units_field_predecessors(),
	households: m.units_field_households(),
	adults: m.units_field_adults(),
	source: m.units_field_source(),
	as_of: m.units_field_as_of(),
	from_day: m.units_field_from_day(),
	to_day: m.units_field_to_day(),
	counted: m.units_field_counted()
});

export const successionFieldWords = (): Record<SuccessionField, string> => ({
	old_code: m.units_field_old_code(),
	old_name: m.units_field_old_name(),
	new_code: m.units_field_new_code(),
	basis: m.units_field_basis()
});

type Say = (said: { value: string; details: Record<string, string | number> }) => string;

const unitProblemWords: Record<UnitProblem, Say> = {
	unit_level_unknown: ({ value }) => m.units_p_level_unknown({ value }),
	unit_code_lost_zero: ({ value, details }) =>
		m.units_p_code_lost_zero({ value, whole: details.whole ?? '', length: details.length ?? '' }),
	unit_code_not_digits: ({ value, details }) =>
		m.units_p_code_not_digits({ value, length: details.length ?? '' }),
	unit_code_as_number: m.units_p_code_as_number,
	unit_code_twice: ({ value, details }) => m.units_p_code_twice({ value, row: details.row ?? '' }),
	unit_code_of_group: m.units_p_code_of_group,
	unit_code_reused: m.units_p_code_reused,
	unit_name_reused: m.units_p_name_reused,
	unit_name_twice: ({ value, details }) => m.units_p_name_twice({ value, row: details.row ?? '' }),
	unit_name_ambiguous: ({ value }) => m.units_p_name_ambiguous({ value }),
	unit_tone_mixed: ({ value, details }) =>
		m.units_p_tone_mixed({ value, usual: details.usual ?? '' }),
	unit_parent_missing: m.units_p_parent_missing,
	unit_parent_unknown: ({ value }) => m.units_p_parent_unknown({ value }),
	unit_parent_ambiguous: ({ value }) => m.units_p_parent_ambiguous({ value }),
	unit_parent_level: ({ value }) => m.units_p_parent_level({ value }),
	unit_parent_cycle: ({ value }) => m.units_p_parent_cycle({ value }),
	unit_days_order: m.units_p_days_order,
	unit_zero: m.units_p_zero,
	unit_adults_few: ({ value, details }) =>
		m.units_p_adults_few({ value, households: details.households ?? '' }),
	unit_source_missing: m.units_p_source_missing,
	unit_as_of_missing: m.units_p_as_of_missing,
	unit_as_of_future: ({ value }) => m.units_p_as_of_future({ value }),
	unit_edition_missing: m.units_p_edition_missing,
	unit_edition_days: m.units_p_edition_days,
	unit_edition_overlap: ({ details }) => m.units_p_edition_overlap({ name: details.name ?? '' }),
	unit_edition_order: ({ details }) => m.units_p_edition_order({ name: details.name ?? '' }),
	unit_predecessor_unknown: ({ value }) => m.units_p_predecessor_unknown({ value }),
	unit_predecessor_ambiguous: ({ value }) => m.units_p_predecessor_ambiguous({ value }),
	unit_predecessor_other_name: ({ value, details }) =>
		m.units_p_predecessor_other_name({ value, code: details.code ?? '' }),
	unit_successor_unknown: ({ value }) => m.units_p_successor_unknown({ value }),
	unit_taken_for_same: m.units_p_taken_for_same,
	unit_groups_moved: ({ value, details }) =>
		m.units_p_groups_moved({ name: value, count: details.count ?? '' }),
	unit_groups_left: ({ value, details }) =>
		m.units_p_groups_left({ name: value, count: details.count ?? '' })
};

/** The sentence for a problem of a file: what is wrong and how to mend it. */
export function saidOf(problem: TableProblem): string {
	const { code, value = '', details = {} } = problem;
	if (code === 'column_missing') {
		const words: Record<string, string> = { ...unitFieldWords(), ...successionFieldWords() };
		return m.import_column_missing({ name: words[details.field ?? ''] ?? '' });
	}
	if (code in unitProblemWords) return unitProblemWords[code as UnitProblem]({ value, details });
	return fileProblemWords[code as FileProblem | CellProblem]({ value, details });
}
