import type { Role } from '$lib/domain/role';
import { m } from '$lib/i18n/paraglide/messages';

const WORDS: Record<Role, () => string> = {
	member: m.role_member,
	deputy: m.role_deputy,
	leader: m.role_leader,
	ward_officer: m.role_ward_officer,
	area_coordinator: m.role_area_coordinator,
	city_office: m.role_city_office,
	administrator: m.role_administrator
};

export function roleWord(role: Role): string {
	return WORDS[role]();
}
