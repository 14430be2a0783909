import type { PlanField } from '$lib/files/plans/fields';
import type { PlanProblem } from '$lib/domain/problems';
import type { TableProblem } from '$lib/files/table';
import { fileProblemWords } from '$lib/i18n/import_problems';
import { m } from '$lib/i18n/paraglide/messages';

/** What each field of the file is called on the screen. */
export function planFieldWords(): Record<PlanField, string> {
	return {
		name: m.plans_file_name(),
		kind: m.plans_file_kind(),
		unit: m.plans_file_unit(),
		denominator: m.plans_file_denominator(),
		denominator_value: m.plans_file_denominator_value(),
		level: m.plans_file_level(),
		ward: m.plans_file_ward(),
		year: m.plans_file_year(),
		target: m.plans_file_target(),
		value: m.plans_file_value(),
		as_of: m.plans_file_as_of(),
		source: m.plans_file_source(),
		status: m.plans_file_status()
	};
}

type Say = (said: { value: string }) => string;

const PLAN_WORDS: Record<PlanProblem, Say> = {
	plan_kind_unknown: m.plan_problem_kind_unknown,
	plan_status_unknown: m.plan_problem_status_unknown,
	plan_unit_unknown: m.plan_problem_unit_unknown,
	plan_level_unknown: m.plan_problem_level_unknown,
	plan_ward_unknown: m.plan_problem_ward_unknown,
	plan_denominator_missing: m.plan_problem_denominator_missing,
	plan_denominator_zero: m.plan_problem_denominator_zero,
	plan_number_ambiguous: m.plan_problem_number_ambiguous,
	plan_not_a_number: m.plan_problem_not_a_number,
	plan_over_hundred: m.plan_problem_over_hundred,
	plan_year_missing: m.plan_problem_year_missing,
	plan_year_unreadable: m.plan_problem_year_unreadable,
	plan_day_in_future: m.plan_problem_day_in_future,
	plan_as_of_missing: m.plan_problem_as_of_missing,
	plan_source_missing: m.plan_problem_source_missing
};

/** What is wrong with a row of the file, and how to mend it. */
export function saidOf(problem: TableProblem): string {
	const own: Say | undefined = PLAN_WORDS[problem.code as PlanProblem];
	if (own) return own({ value: problem.value ?? '' });
	const shared = fileProblemWords[problem.code as keyof typeof fileProblemWords];
	return shared?.(problem) ?? m.people_problem_other({ code: problem.code });
}
