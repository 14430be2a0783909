import { daNang } from '../city';
import type { SeedRow } from '../database';
import { MERGER_DAY } from '../units/editions';
import { idOf } from '../id';
import { cast, castOf, offered, type CastMember } from './cast';
import { inventedName } from './names';
import { groups, type DemoGroup } from './places';
import { Dice } from './random';

/** A team and its people; those who write most of its records come first. */
export type DemoTeam = { team_id: string; group: DemoGroup; people: CastMember[] };

/** One team for each group, of 5 to 8 people with one leader; the cast in its places. */
export function makeTeams(): DemoTeam[] {
	const taken = new Set<string>();
	return groups.map((group) => ({
		team_id: idOf(daNang.city_id, 'team', group.group_id),
		group,
		people: peopleOf(group, taken)
	}));
}

function peopleOf(group: DemoGroup, taken: Set<string>): CastMember[] {
	const dice = new Dice('people', group.group_id);
	const known = castOf(group);
	const size = dice.between(5, 8);
	const invented = Array.from({ length: size - known.length }, (): CastMember => {
		const name = inventedName(dice, taken);
		const person_id = idOf(daNang.city_id, 'person', group.group_id, name);
		return { person_id, name, role: 'member', place: group.place, unit_id: group.group_id };
	});
	if (known.some((it) => it.role === 'leader')) return [...known, ...invented];
	return [
		...known,
		...invented.map((it, n) => (n === 1 ? { ...it, role: 'leader' as const } : it))
	];
}

/** The rows of people, teams and who belongs where. */
export function teamRows(teams: DemoTeam[]) {
	const officials = [cast.officer, cast.coordinator, cast.city, cast.administrator];
	const members = teams.flatMap(({ team_id, people }) => people.map((it) => ({ ...it, team_id })));
	return {
		people: [...members, ...officials].map(({ person_id, name }) => row({ person_id, name })),
		teams: teams.map(({ team_id, group }) =>
			row({ team_id, name: `${daNang.team_name}: ${group.place}` })
		),
		team_groups: teams.map(({ team_id, group }) =>
			row({ team_id, group_id: group.group_id, ...SINCE })
		),
		memberships: [
			...members.map((it) => membership(it, { unit_id: null, team_id: it.team_id })),
			...officials.map((it) => membership(it, { unit_id: it.unit_id, team_id: null }))
		],
		// Numbers that nobody can have: after 00 comes a country, and no country begins with 0. Every
		// third person keeps none.
		person_contacts: members
			.filter((_, n) => n % 3 > 0)
			.map(({ person_id }, n) => row({ person_id, phone: `0000${String(n).padStart(6, '0')}` })),
		demo_cast: offered.map(({ person_id, role, place }, n) =>
			row({ role, person_id, place, position: n + 1 })
		)
	};
}

const SINCE = { from_day: MERGER_DAY, to_day: 'infinity' };

function membership(
	{ person_id, role }: CastMember,
	where: { unit_id: string | null; team_id: string | null }
): SeedRow {
	const membership_id = idOf(daNang.city_id, 'membership', person_id);
	return row({ membership_id, person_id, role, ...where, ...SINCE });
}

function row(columns: SeedRow): SeedRow {
	return { city_id: daNang.city_id, ...columns };
}
