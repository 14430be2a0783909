/** What can be wrong with a record. The database answers with the same words (constraints and verdicts). */
export const RECORD_PROBLEMS = [
	'missing',
	'bad_value',
	'too_long',
	'out_of_range',
	'date_in_future',
	'date_too_old',
	'id_number_in_note',
	'card_number_in_note',
	'otp_in_note',
	'email_in_note',
	'phone_number',
	'unknown_household',
	'household_of_another_group',
	'household_merged'
] as const;

/** What can be wrong with a change as a whole: only the database can tell. */
export const CHANGE_PROBLEMS = [
	'unknown_group',
	'not_your_group',
	'not_your_change',
	'household_moved',
	'not_yours_to_arrange',
	'period_closed',
	'correction_declined',
	'unknown_request',
	'unknown_question',
	'unknown_poster',
	'unknown_kind',
	'bad_change',
	'record_of_another_group'
] as const;

/** What can be wrong with an act on people, an invitation or a sign-in: only the database can tell. */
export const PEOPLE_PROBLEMS = [
	'not_yours_to_give',
	'not_yours_to_invite',
	'not_yourself',
	'unknown_person',
	'already_member',
	'has_leader',
	'too_many',
	'sign_in_again',
	'unknown_invitation',
	'used_invitation',
	'expired_invitation',
	'withdrawn_invitation',
	'name_taken',
	'wrong_password',
	'wait',
	'too_short',
	'too_common'
] as const;

/** What can be wrong with a request: no network, an ended session, another person signed in here. */
export const REQUEST_PROBLEMS = [
	'offline',
	'signed_out',
	'other_person',
	'not_allowed',
	'too_large',
	'update_needed',
	'busy',
	'server_error',
	'no_verdict'
] as const;

/** What can be wrong with work that is handed in by another way than the phone it was written on. */
export const HAND_IN_PROBLEMS = ['bad_bundle', 'other_server', 'not_proven'] as const;

/** What can be wrong with the phone's own memory. */
export const DEVICE_PROBLEMS = [
	'storage_unavailable',
	'storage_blocked',
	'storage_full',
	'storage_failed',
	'newer_version',
	'no_https'
] as const;

/** Why a file cannot be read as a table. */
export const FILE_PROBLEMS = [
	'file_too_large',
	'file_too_many_rows',
	'file_too_many_columns',
	'file_cell_too_long',
	'file_empty',
	'file_unknown_kind',
	'file_old_excel',
	'file_broken',
	'file_utf16',
	'file_tcvn3',
	'file_vni',
	'file_cp1258',
	'file_not_utf8'
] as const;

/** What can be wrong with a cell of a file, or has been set right in it, whatever it tells. */
export const CELL_PROBLEMS = [
	'column_missing',
	'cell_missing',
	'cell_too_long',
	'cell_old_font',
	'cell_eth',
	'cell_decomposed',
	'cell_formula_error',
	'cell_id_number',
	'cell_not_a_count',
	'cell_negative',
	'cell_not_a_day'
] as const;

/** What can be wrong with a file of units, or is worth knowing of it before it is written. */
export const UNIT_PROBLEMS = [
	'unit_level_unknown',
	'unit_code_lost_zero',
	'unit_code_not_digits',
	'unit_code_as_number',
	'unit_code_twice',
	'unit_code_of_group',
	'unit_code_reused',
	'unit_name_reused',
	'unit_name_twice',
	'unit_name_ambiguous',
	'unit_tone_mixed',
	'unit_parent_missing',
	'unit_parent_unknown',
	'unit_parent_ambiguous',
	'unit_parent_level',
	'unit_parent_cycle',
	'unit_days_order',
	'unit_zero',
	'unit_adults_few',
	'unit_source_missing',
	'unit_as_of_missing',
	'unit_as_of_future',
	'unit_edition_missing',
	'unit_edition_days',
	'unit_edition_overlap',
	'unit_edition_order',
	'unit_predecessor_unknown',
	'unit_predecessor_ambiguous',
	'unit_predecessor_other_name',
	'unit_successor_unknown',
	'unit_taken_for_same',
	'unit_groups_moved',
	'unit_groups_left'
] as const;

/** What can be wrong with a row of a file of a plan. */
export const PLAN_PROBLEMS = [
	'plan_kind_unknown',
	'plan_status_unknown',
	'plan_unit_unknown',
	'plan_level_unknown',
	'plan_ward_unknown',
	'plan_denominator_missing',
	'plan_denominator_zero',
	'plan_number_ambiguous',
	'plan_not_a_number',
	'plan_over_hundred',
	'plan_year_missing',
	'plan_year_unreadable',
	'plan_day_in_future',
	'plan_as_of_missing',
	'plan_source_missing'
] as const;

/** What can be wrong with a row of a file of members. */
export const MEMBER_PROBLEMS = [
	'member_role_unknown',
	'member_phone',
	'member_group_unknown',
	'member_group_ambiguous',
	'member_ward_unknown',
	'member_place_missing',
	'twice_in_file',
	'has_leader',
	'not_yours_to_give'
] as const;

/** What can be wrong with a row of a file of households. */
export const HOUSEHOLD_FILE_PROBLEMS = [
	'twice_in_file',
	'too_many_adults',
	'too_many_households',
	'household_alike'
] as const;

/** Every code that a phone can meet; the messages hold one sentence for each, as for those of files. */
export const PROBLEM_CODES = [
	...RECORD_PROBLEMS,
	...CHANGE_PROBLEMS,
	...PEOPLE_PROBLEMS,
	...REQUEST_PROBLEMS,
	...HAND_IN_PROBLEMS,
	...DEVICE_PROBLEMS
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];
export type PeopleProblem = (typeof PEOPLE_PROBLEMS)[number];
export type RequestProblem = (typeof REQUEST_PROBLEMS)[number];
export type HandInProblem = (typeof HAND_IN_PROBLEMS)[number];
export type FileProblem = (typeof FILE_PROBLEMS)[number];
export type CellProblem = (typeof CELL_PROBLEMS)[number];
export type HouseholdFileProblem = (typeof HOUSEHOLD_FILE_PROBLEMS)[number];
export type MemberProblem = (typeof MEMBER_PROBLEMS)[number];
export type PlanProblem = (typeof PLAN_PROBLEMS)[number];
export type UnitProblem = (typeof UNIT_PROBLEMS)[number];
export type DeviceProblem = (typeof DEVICE_PROBLEMS)[number];

/** One thing wrong with one field of a form or a record. */
export type Problem = { code: ProblemCode; field: string };
