import type { Role, Verb } from './role';

/**
 * What each role may do, for pages that say so, offline too, and for tests that expect it. Made from
 * the rows of app.role_verbs by `npm run roles`; the database decides by those rows alone.
 */
export const ROLE_VERBS: Record<Role, readonly Verb[]> = {
	member: ['read_records', 'read_totals', 'record'],
	leader: ['read_phones', 'read_records', 'read_totals', 'record'],
	ward_officer: ['read_phones', 'read_records', 'read_totals'],
	area_coordinator: ['read_phones', 'read_totals'],
	city_office: ['compare_wards', 'read_phones', 'read_totals'],
	administrator: ['compare_wards', 'read_totals']
};
