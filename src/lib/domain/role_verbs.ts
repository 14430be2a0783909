import type { Role, Verb } from './role';

/**
 * What each role may do, for pages that say so, offline too, and for tests that expect it. Made from
 * the rows of app.role_verbs by `npm run roles`; the database decides by those rows alone.
 */
export const ROLE_VERBS: Record<Role, readonly Verb[]> = {
	member: ['read_records', 'read_totals', 'record'],
	deputy: [
		'answer_questions',
		'arrange_households',
		'manage_people',
		'read_people',
		'read_phones',
		'read_questions',
		'read_records',
		'read_totals',
		'receive_requests',
		'record',
		'set_goals',
		'thank_members'
	],
	leader: [
		'answer_questions',
		'arrange_households',
		'close_periods',
		'confirm_days',
		'manage_people',
		'read_people',
		'read_phones',
		'read_questions',
		'read_records',
		'read_totals',
		'receive_requests',
		'record',
		'set_goals',
		'thank_members'
	],
	ward_officer: [
		'close_periods',
		'confirm_days',
		'decide_corrections',
		'import_households',
		'manage_people',
		'move_households',
		'read_people',
		'read_phones',
		'read_plans',
		'read_questions',
		'read_records',
		'read_totals',
		'receive_requests'
	],
	area_coordinator: ['read_people', 'read_phones', 'read_plans', 'read_questions', 'read_totals'],
	city_office: [
		'compare_wards',
		'edit_catalogue',
		'edit_plans',
		'manage_people',
		'manage_units',
		'publish_figures',
		'read_audit',
		'read_people',
		'read_phones',
		'read_plans',
		'read_totals'
	],
	administrator: [
		'compare_wards',
		'edit_catalogue',
		'edit_plans',
		'manage_people',
		'manage_units',
		'publish_figures',
		'read_audit',
		'read_people',
		'read_plans',
		'read_totals',
		'recount'
	]
};
