import type { ApiRule } from './answers';
import type { Person, Row } from './expectations';
import { helpedIn } from './helped';
import { groupsBelow } from './scope';
import type { Truth } from './truth';

const ofCity = ({ person }: Person, rows: Row[] | undefined) =>
	(rows ?? []).filter(({ city_id }) => city_id === person.city);
/** The city and the wards of which the person sees the figures of plans. */
const unitsSeen = (who: Person, { world }: Truth) =>
	world.units.filter(({ city, unit_id }) => city === who.person.city && who.seesPlansOf(unit_id));
const countedAt = (who: Person, unit_id: string, { world }: Truth) =>
	helpedIn(
		who,
		groupsBelow(world, who.person.city, unit_id).filter((group) =>
			who.groups('read_totals').has(group)
		)
	);
const saved: Pick<ApiRule, 'audience' | 'says'> = {
	audience: 'people',
	says: ({ id }: Row) => (id ? ['saved'] : [])
};
const edits = (who: Person, unit_id: string | null) =>
	who.verbs.has('edit_plans') && unit_id !== null && who.seesPlansOf(unit_id);

/** Plans, their figures, and how far wards are. */
export const PLANS: Record<string, ApiRule> = {
	plans: {
		audience: 'people',
		says: ({ plans }: { plans: Row[] }) => plans.map(({ name }) => String(name)),
		expects: (who, _, { rows }) =>
			who.verbs.has('read_plans')
				? ofCity(who, rows.get('app.plans')).map(({ name }) => String(name))
				: []
	},
	plan: {
		audience: 'people',
		says: ({ unit, lines }: { unit: Row; lines: Row[] }) =>
			lines.flatMap(({ counted }) =>
				counted === undefined ? [] : [`${unit.unit_id} counted ${counted}`]
			),
		expects(who, { city, unit_id }, truth) {
			const seen = unitsSeen(who, truth);
			const at = unit_id ?? seen.find(({ level }) => level === 'city')?.unit_id;
			if (city !== who.person.city || !at || !seen.some((unit) => unit.unit_id === at)) return [];
			return [`${at} counted ${countedAt(who, at, truth)}`];
		}
	},
	pace: {
		audience: 'people',
		says: ({ rows }: { rows: Row[] }) =>
			rows.map(({ ward_id, counted }) => `${ward_id} counted ${counted}`),
		expects: (who, { city }, truth) =>
			city !== who.person.city
				? []
				: unitsSeen(who, truth)
						.filter(({ level, unit_id }) => level === 'ward' && countedAt(who, unit_id, truth) > 0)
						.map(({ unit_id }) => `${unit_id} counted ${countedAt(who, unit_id, truth)}`)
	},
	save_observation: {
		...saved,
		expects: (who, { city, unit_id }) =>
			city === who.person.city && edits(who, unit_id) ? ['saved'] : []
	},
	save_target: {
		...saved,
		expects: (who, { city, unit_id }) =>
			city === who.person.city && edits(who, unit_id) ? ['saved'] : []
	},
	save_task: {
		...saved,
		expects: (who, { city }) =>
			city === who.person.city && who.verbs.has('edit_plans') ? ['saved'] : []
	},
	plan_lists: {
		audience: 'people',
		says: ({ units }: { units: Row[] }) => units.map(({ unit_id }) => String(unit_id)),
		expects: (who, _, truth) =>
			who.verbs.has('edit_plans') ? unitsSeen(who, truth).map(({ unit_id }) => unit_id) : []
	},
	import_plan: {
		audience: 'people',
		says: ({ plan_id }: Row) => (plan_id ? ['imported'] : []),
		expects: (who, { unit_id }) => (edits(who, unit_id) ? ['imported'] : [])
	}
};
