import { idOf } from '../id';
import type { Succession } from './successions';
import type { ListedUnit } from './lists';

/** Names a unit by edition and code: neither alone says which place is meant. */
export function keyOf(edition: string, code: string): string {
	return `${edition} ${code}`;
}

/** The id of a unit that an edition lists for the first time. */
export function unitId(city_id: string, edition: string, code: string): string {
	return idOf(city_id, 'unit', edition, code);
}

/** The id of a grouping of wards that has no official code, named by what it groups. */
export function areaId(city_id: string, former_district: string): string {
	return idOf(city_id, 'area', former_district);
}

/**
 * The id of every listed unit by `keyOf`. A unit that was kept has the id that an earlier edition
 * gave it; expects the editions oldest first.
 */
export function unitIds(
	city_id: string,
	units: ListedUnit[],
	successions: Succession[]
): Map<string, string> {
	const kept = new Map(
		successions.filter((it) => it.relation === 'kept').map((it) => [it.to, it.from])
	);
	const ids = new Map<string, string>();
	/** The city and its districts are in no crosswalk: they kept code and name while there were any. */
	const above = new Map<string, string>();
	for (const { edition, code, level, name } of units) {
		const earlier =
			level === 'ward' ? ids.get(kept.get(keyOf(edition, code)) ?? '') : above.get(code + name);
		const id = earlier ?? unitId(city_id, edition, code);
		ids.set(keyOf(edition, code), id);
		if (level !== 'ward') above.set(code + name, id);
	}
	return ids;
}
