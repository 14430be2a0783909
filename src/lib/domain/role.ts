export const ROLES = [
	'member',
	'deputy',
	'leader',
	'ward_officer',
	'area_coordinator',
	'city_office',
	'administrator'
] as const;
export type Role = (typeof ROLES)[number];

/** What a role may do; which role may do what is data of the city, read with `me`. */
export const VERBS = [
	'record',
	'read_records',
	'arrange_households',
	'read_totals',
	'move_households',
	'compare_wards',
	'edit_catalogue',
	'read_phones',
	'read_people',
	'manage_people',
	'read_audit',
	'manage_units',
	'recount',
	'read_plans',
	'edit_plans',
	'close_periods',
	'decide_corrections',
	'confirm_days',
	'receive_requests',
	'set_goals',
	'thank_members',
	'import_households',
	'publish_figures',
	'read_questions',
	'answer_questions'
] as const;
export type Verb = (typeof VERBS)[number];

/** The kind of place that a role is given for. */
export const PLACE_OF_ROLE: Record<Role, 'team' | 'ward' | 'area' | 'city'> = {
	member: 'team',
	deputy: 'team',
	leader: 'team',
	ward_officer: 'ward',
	area_coordinator: 'area',
	city_office: 'city',
	administrator: 'city'
};
