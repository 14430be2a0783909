import { daNang } from '../city';
import type { SeedRow } from '../database';
import { MERGER_DAY } from '../units/editions';
import { firstMonth } from './calendar';
import { groups, wards } from './places';
import { Dice } from './random';

/** The groups as units below their wards. They do not exist, and their rows say so. */
export function groupRows(): { units: SeedRow[]; unit_parents: SeedRow[] } {
	const { city_id } = daNang;
	return {
		units: groups.map(({ group_id, kind, name }) => ({
			city_id,
			unit_id: group_id,
			level: 'group',
			kind,
			name,
			counted: true,
			invented: true,
			from_day: MERGER_DAY
		})),
		unit_parents: groups.map(({ group_id, ward_id }) => ({
			city_id,
			unit_id: group_id,
			parent_id: ward_id,
			from_day: MERGER_DAY,
			to_day: 'infinity'
		}))
	};
}

/**
 * How many households there are in each group, and in its ward together: some more than the team has
 * noted down so far. A ward without an office that typed them has none, and no rate.
 */
export function denominatorRows(households: SeedRow[], today: string): SeedRow[] {
	return wards
		.filter((ward) => ward.denominators)
		.flatMap((ward) => {
			const ofGroups = ward.groups.map(({ group_id }) => ({
				unit_id: group_id,
				value: Math.round(
					(households.filter((it) => it.group_id === group_id).length *
						new Dice('denominator', group_id).between(102, 112)) /
						100
				)
			}));
			const value = ofGroups.reduce((sum, it) => sum + it.value, 0);
			return [...ofGroups, { unit_id: ward.ward_id, value }];
		})
		.map((row) => ({
			city_id: daNang.city_id,
			...row,
			measure: 'households',
			as_of: firstMonth(today),
			source: 'Số liệu bịa cho thành phố mẫu'
		}));
}
