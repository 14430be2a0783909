import type { Me } from '$lib/domain/me';

/** A place whose groups a person may look at. */
export type Place = { id: string; name: string };

/**
 * The places to choose from, widest role first. A team is not a place: whoever belongs to one is
 * offered the wards of the team's groups, and the server answers with only those groups.
 */
export function placesOf(me: Me): Place[] {
	const places = new Map<string, string>();
	for (const { role, unit_id, unit_name } of [...me.roles].reverse()) {
		if (role !== 'member' && role !== 'leader') places.set(unit_id, unit_name);
	}
	if (me.roles.some(({ role }) => role === 'member' || role === 'leader')) {
		for (const group of me.groups) places.set(group.ward_id, group.ward_name);
	}
	return [...places].map(([id, name]) => ({ id, name }));
}

/** The places with the one that is shown among them, which may lie below them. */
export function withPlace(places: Place[], shown: Place | undefined): Place[] {
	if (!shown || places.some(({ id }) => id === shown.id)) return places;
	return [...places, { id: shown.id, name: shown.name }];
}
