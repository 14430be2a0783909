import { ROLE_VERBS } from '../../src/lib/domain/role_verbs';
import { localDay } from '../support/changes';
import type { Membership, Person, World } from './world';
import { PLACE_OF_ROLE, type Verb } from '../../src/lib/domain/role';
import { appointments } from './appointments';
import { covers } from './days';

/**
 * The oracle: who reaches which groups, worked out from the memberships and the table of roles and
 * verbs, with no word of SQL. Groups are named "city/id", since ids are only unique within a city.
 */
export type Scope = ReturnType<typeof scopeOf>;

export function scopeOf(world: World, person: Person) {
	// A membership of staff counts where a password was given.
	const counts = ({ role }: Membership) =>
		PLACE_OF_ROLE[role] === 'team' || person.signed_in !== 'device';
	const at = (day: string) => person.memberships.filter((one) => covers(one, day) && counts(one));
	const today = localDay();
	const current = at(today);
	const verbs = new Set(current.flatMap(({ role }) => ROLE_VERBS[role]));

	/** The groups in which the person held a verb on a day, each as "city/id". */
	function groups(verb: Verb, day = today): Set<string> {
		const held = at(day).filter(({ role }) => ROLE_VERBS[role].includes(verb));
		return new Set(
			held.flatMap(({ unit_id, team_id }) =>
				unit_id ? groupsBelow(world, person.city, unit_id) : groupsOfTeam(team_id, day)
			)
		);
	}

	function groupsOfTeam(team_id: string | undefined, day: string): string[] {
		const team = world.teams.find((one) => one.city === person.city && one.team_id === team_id);
		return (team?.groups ?? [])
			.filter((one) => covers(one, day))
			.map(({ group_id }) => `${person.city}/${group_id}`);
	}

	const teams = new Set(current.flatMap(({ team_id }) => team_id ?? []));
	/** The groups below the units, and not the teams, in which the person holds a verb. */
	const groupsOfStaff = (verb: Verb) =>
		new Set(
			current
				.filter(({ role }) => ROLE_VERBS[role].includes(verb))
				.flatMap(({ unit_id }) => (unit_id ? groupsBelow(world, person.city, unit_id) : []))
		);
	/** The teams that look after a group in which the person holds a verb. */
	const teamsOf = (verb: Verb) =>
		new Set(
			world.teams
				.filter(({ city }) => city === person.city)
				.filter(({ team_id }) => groupsOfTeam(team_id, today).some((one) => groups(verb).has(one)))
				.map(({ team_id }) => team_id)
		);
	const scope = { teamsOf, person, verbs, teams, groups: remembered(groups), groupsOfStaff };
	const lookedAfter = new Set(membersInReach(world, scope).map(({ member }) => member.person_id));
	/** Whether a row is about somebody in the teams that the person looks after. */
	const looksAfter = (row: Record<string, unknown>) =>
		row.city_id === person.city && lookedAfter.has(String(row.person_id));
	/** The city, and the wards below the places where the person reads plans. */
	const plansAt = current
		.filter(({ role }) => ROLE_VERBS[role].includes('read_plans'))
		.flatMap(({ unit_id }) => (unit_id ? unitsBelow(world, person.city, unit_id) : []));
	const seesPlansOf = (unit_id: string) =>
		verbs.has('read_plans') &&
		world.units.some(
			(unit) =>
				unit.city === person.city &&
				unit.unit_id === unit_id &&
				(unit.level === 'city' || (unit.level === 'ward' && plansAt.includes(unit_id)))
		);
	return {
		...{ ...scope, ...appointments(world, person, current) },
		...{ current, looksAfter, seesPlansOf }
	};
}

/** A unit and all that lie below it. */
function unitsBelow(world: World, city: string, unit_id: string): string[] {
	const below = world.units.filter((unit) => unit.city === city && unit.parent === unit_id);
	return [unit_id, ...below.flatMap((unit) => unitsBelow(world, city, unit.unit_id))];
}

/** The groups at and below a unit, each as "city/id". */
export function groupsBelow(world: World, city: string, unit_id: string): string[] {
	const own = world.units.filter((unit) => unit.city === city);
	const below = (id: string): string[] => [
		...own
			.filter((unit) => unit.unit_id === id && unit.level === 'group')
			.map(() => `${city}/${id}`),
		...own.filter((unit) => unit.parent === id).flatMap((unit) => below(unit.unit_id))
	];
	return below(unit_id);
}

/** The people in the teams that someone looks after, and the person's own places; by team. */
export function membersInReach(world: World, { person, groups }: Pick<Scope, 'person' | 'groups'>) {
	const reach = groups('read_phones');
	const today = localDay();
	return world.teams
		.filter(({ city }) => city === person.city)
		.flatMap((team) => {
			const its = team.groups
				.filter((one) => covers(one, today))
				.map(({ group_id }) => `${team.city}/${group_id}`);
			const lookedAfter = its.some((group) => reach.has(group));
			return world.people
				.filter((one) => one.city === team.city && one.state !== 'disabled')
				.filter((one) =>
					one.memberships.some((m) => m.team_id === team.team_id && covers(m, today))
				)
				.filter((one) => lookedAfter || one.person_id === person.person_id)
				.map((member) => ({ team, groups: its, member }));
		});
}

function remembered(groups: (verb: Verb, day?: string) => Set<string>) {
	const known = new Map<string, Set<string>>();
	return (verb: Verb, day?: string) => {
		const key = `${verb} ${day ?? ''}`;
		const found = known.get(key) ?? groups(verb, day);
		known.set(key, found);
		return found;
	};
}
