import type { SeedRow } from '../database';
import { editions, IN_FORCE, MERGER_DAY, type Edition } from './editions';
import { areaId, keyOf } from './ids';
import type { ListedUnit } from './lists';

/** One row for each unit, however many editions list it, with the days between which it is. */
export function unitsOf(listed: ListedUnit[], ids: Map<string, string>): SeedRow[] {
	const rows = new Map<string, SeedRow>();
	for (const unit of listed) {
		const unit_id = ids.get(keyOf(unit.edition, unit.code)) ?? '';
		const edition = editionOf(unit);
		const { from_day } = rows.get(unit_id) ?? { from_day: firstDay(edition, null) };
		rows.set(unit_id, {
			unit_id,
			level: unit.level,
			kind: unit.kind,
			name: unit.name,
			name_en: unit.name_en,
			counted: isCounted(unit),
			from_day,
			to_day: edition.in_force_to
		});
	}
	return [...rows.values()];
}

/**
 * Who stands above whom, and when. Wards in force stand under the area that goes by their former
 * district; Hoàng Sa stands under the city itself.
 */
export function parentsOf(
	city_id: string,
	listed: ListedUnit[],
	ids: Map<string, string>
): SeedRow[] {
	return listed.flatMap((unit) => {
		const edition = editionOf(unit);
		const { parent_code, former_district } = unit;
		if (parent_code === null) return [];
		return {
			unit_id: ids.get(keyOf(unit.edition, unit.code)),
			parent_id:
				former_district && isCounted(unit)
					? areaId(city_id, former_district)
					: ids.get(keyOf(unit.edition, parent_code)),
			from_day: firstDay(edition, '-infinity'),
			to_day: edition.in_force_to ?? 'infinity'
		};
	});
}

/**
 * The areas ("địa bàn") that group the wards in force: an aid for coordinators, no official units,
 * so they have no code. One for each former district that gave a ward most of its predecessors.
 */
export function areasOf(city_id: string, listed: ListedUnit[]) {
	const wards = listed.filter((unit) => unit.former_district && isCounted(unit));
	const districts = new Set(wards.map((ward) => ward.former_district));
	const former = new Map(
		listed.filter((unit) => districts.has(unit.name)).map((unit) => [unit.name, unit])
	);
	const units = [...former.values()].map((district) => ({
		unit_id: areaId(city_id, district.name),
		level: 'area',
		kind: 'dia_ban',
		name: areaName(district.name),
		name_en: `Former ${district.name_en}`,
		counted: true,
		from_day: MERGER_DAY,
		to_day: null
	}));
	const parents = (ids: Map<string, string>): SeedRow[] =>
		units.map(({ unit_id }) => ({
			unit_id,
			parent_id: ids.get(keyOf(IN_FORCE, wards[0]?.parent_code ?? '')),
			from_day: MERGER_DAY,
			to_day: 'infinity'
		}));
	return { units, parents };
}

/** "Quận Hải Châu" gives "Địa bàn quận Hải Châu cũ". */
export function areaName(former_district: string): string {
	return `Địa bàn ${former_district.charAt(0).toLowerCase()}${former_district.slice(1)} cũ`;
}

/** Hoàng Sa has no teams: it stays in every list and out of every rate. */
function isCounted(unit: ListedUnit): boolean {
	return !unit.name.endsWith('Hoàng Sa');
}

/** How long a place was what the oldest list says is not known, so that list begins nothing. */
function firstDay<Unknown>(edition: Edition, unknown: Unknown): string | Unknown {
	return OLDEST.includes(edition.edition) ? unknown : edition.in_force_from;
}

const OLDEST = ['dn-2023', 'qn-2025-03'];

function editionOf(unit: ListedUnit): Edition {
	const edition = editions.find((it) => it.edition === unit.edition);
	if (!edition) throw new Error(`no edition "${unit.edition}"`);
	return edition;
}
