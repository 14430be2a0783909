import { dayOf, today } from '$lib/domain/day';
import type { Role } from '$lib/domain/role';
import type { Standing } from '$lib/domain/team';
import { formatDay, formatDayAgo, formatTime } from '$lib/i18n/formats';
import { m } from '$lib/i18n/paraglide/messages';

/** Roles that come by an invitation alone; the others set a password. */
export function isVolunteer(role: Role): boolean {
	return role === 'member' || role === 'deputy' || role === 'leader';
}

/** "14:05, 26/11/2026" */
export function momentText(iso: string): string {
	return `${formatTime(iso)}, ${formatDay(dayOf(new Date(iso)))}`;
}

export function dayText(iso: string): string {
	return formatDayAgo(dayOf(new Date(iso)), today());
}

export function standingText({ state, until }: Standing, role: Role): string {
	switch (state) {
		case 'joined':
			return isVolunteer(role) ? m.people_state_joined() : m.people_state_staff();
		case 'left':
			return m.people_state_left();
		case 'invited':
			return m.people_state_invited({ until: until ? momentText(until) : '' });
		case 'expired':
			return m.people_state_expired();
		case 'disabled':
			return m.people_state_disabled();
		case 'none':
			return m.people_state_none();
	}
}
