import type { ApiRule } from './answers';
import type { Person, Row } from './expectations';
import type { Truth } from './truth';

const unitsOf = ({ person }: Person, { world }: Truth) =>
	world.units.filter(({ city }) => city === person.city);

/** The tree of units, and the imports that change it. */
export const UNITS: Record<string, ApiRule> = {
	unit: {
		audience: 'people',
		says: ({ unit_id }: Row) => [String(unit_id)],
		expects: (who, { unit_id }, truth) =>
			unitsOf(who, truth)
				.filter((unit) => unit.unit_id === unit_id)
				.map((unit) => unit.unit_id)
	},
	unit_tree: {
		audience: 'people',
		says: ({ unit_id }: { unit_id: string[] }) => unit_id,
		expects: (who, _, truth) => unitsOf(who, truth).map(({ unit_id }) => unit_id)
	},
	unit_lists: {
		audience: 'people',
		says: ({ units }: { units: unknown[][] }) => units.map(([unit_id]) => String(unit_id)),
		expects: (who, _, truth) =>
			who.verbs.has('manage_units') ? unitsOf(who, truth).map(({ unit_id }) => unit_id) : []
	},
	import_units: {
		audience: 'people',
		says: ({ version }: Row) => [`version ${version}`],
		// The new group of the plan stands below a unit of this city that is no group, or below none.
		expects(who, { unit_id }, truth) {
			const above = unitsOf(who, truth).find((unit) => unit.unit_id === unit_id);
			const fits = unit_id === null || (above && above.level !== 'group');
			return who.verbs.has('manage_units') && fits ? ['version 1'] : [];
		}
	},
	set_unit_words: {
		audience: 'people',
		says: ({ team_name }: Row) => [String(team_name)],
		expects: ({ verbs }) => (verbs.has('manage_units') ? ['Tổ'] : [])
	}
};
