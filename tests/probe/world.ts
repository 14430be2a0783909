import { PLACE_OF_ROLE, ROLES, type Role } from '../../src/lib/domain/role';
import { localDay } from '../support/changes';
import { idOf } from '../support/small_city';
import { STATES, type State } from './states';

export type Unit = { city: string; unit_id: string; level: string; name: string; parent?: string };
export type Dated = { from: string; to: string };
export type Team = {
	city: string;
	team_id: string;
	name: string;
	groups: (Dated & { group_id: string })[];
};
export type Membership = Dated & { role: Role; unit_id?: string; team_id?: string };
export type Person = {
	city: string;
	person_id: string;
	name: string;
	title: string;
	state: State;
	/** How they signed in: by an invitation on a phone, or with a password, of which the last may be an hour ago. */
	signed_in: 'device' | 'password' | 'password an hour ago';
	memberships: Membership[];
};
export type World = { units: Unit[]; teams: Team[]; people: Person[] };

/** Both in one database, which no office would do: what must hold there, holds anywhere. */
export const CITIES = ['thu-mot', 'thu-hai'];

const ALWAYS: Dated = { from: '2025-07-01', to: 'infinity' };
/** Until yesterday: a last day that is today has passed. */
export const ENDED: Dated = { from: '2025-07-01', to: localDay() };
const LATER: Dated = { from: localDay(30), to: 'infinity' };

/** A word that is nowhere else in the world, so that whoever reads it is known to have read this. */
export const mark = (words: string) => `chim-${idOf(words).slice(0, 8)}`;

/** Two cities: four wards in two areas (the fourth in none), two groups and two teams in each. */
export function makeWorld(): World {
	const world: World = { units: [], teams: [], people: [] };
	for (const city of CITIES) {
		world.units.push(...unitsOf(city));
		world.teams.push(...teamsOf(city));
		world.people.push(...peopleOf(city));
	}
	return world;
}

/** The first ward, group and team have the same ids in both cities: ids are only unique within one. */
export const unitId = (city: string, level: string, n: number) =>
	n === 1 && (level === 'ward' || level === 'group')
		? idOf(`probe ${level} ${n}`)
		: idOf(`probe ${city} ${level} ${n}`);
export const teamId = (city: string, n: number) =>
	n === 1 ? idOf('probe team 1') : idOf(`probe ${city} team ${n}`);
/** The key with which somebody's phone signs what it hands in. */
export const keyOf = (person_id: string) => idOf(`key of ${person_id}`);
export const membershipId = (city: string, title: string, n: number) =>
	idOf(`probe ${city} membership ${title} ${n}`);
export const personId = (city: string, title: string) => idOf(`probe ${city} person ${title}`);

function unitsOf(city: string): Unit[] {
	const unit = (level: string, n: number, parent?: [string, number]): Unit => ({
		city,
		unit_id: unitId(city, level, n),
		level,
		name: `${level} ${n} ${mark(`${city} ${level} ${n}`)}`,
		parent: parent && unitId(city, ...parent)
	});
	return [
		unit('city', 1),
		unit('area', 1, ['city', 1]),
		unit('area', 2, ['city', 1]),
		...[1, 2, 3, 4].map((n) => unit('ward', n, n === 4 ? ['city', 1] : ['area', Math.ceil(n / 2)])),
		...GROUPS.map((n) => unit('group', n, ['ward', Math.ceil(n / 2)]))
	];
}

export const GROUPS = [1, 2, 3, 4, 5, 6, 7, 8];

const OTHER_LEADERS = [
	...['leader removed', 'leader to come', 'leader here and member elsewhere'],
	...STATES.filter((state) => state !== 'live').map((state) => `leader ${state}`)
];
const teamOf = (city: string, title: string) =>
	OTHER_LEADERS.includes(title) ? idOf(`probe ${city} team of ${title}`) : teamId(city, 1);

/**
 * A team for each group; the first once had the second's group, too; the ninth has none any more. A
 * team has one leader, so that every other leader of the first group leads a team of their own there.
 */
function teamsOf(city: string): Team[] {
	const team = (n: number, groups: Team['groups']): Team => ({
		city,
		team_id: teamId(city, n),
		name: `team ${n} ${mark(`${city} team ${n}`)}`,
		groups
	});
	const at = (n: number, dates: Dated) => ({ group_id: unitId(city, 'group', n), ...dates });
	return [
		...GROUPS.map((n) => team(n, n === 1 ? [at(1, ALWAYS), at(2, ENDED)] : [at(n, ALWAYS)])),
		team(9, [at(3, ENDED)]),
		...OTHER_LEADERS.map((title) => ({
			city,
			team_id: teamOf(city, title),
			name: `team of ${title} ${mark(`${city} team of ${title}`)}`,
			groups: [at(1, ALWAYS)]
		}))
	];
}

/** Every role here and elsewhere, in every state in which a right has gone, and some odd ones. */
function peopleOf(city: string): Person[] {
	const person = (
		title: string,
		memberships: Membership[],
		state: State = 'live',
		signed_in: Person['signed_in'] = memberships.some(({ unit_id }) => unit_id)
			? 'password'
			: 'device'
	): Person => ({
		...{ city, title, state, signed_in, memberships },
		person_id: personId(city, title),
		name: `${title} ${mark(`${city} ${title}`)}`
	});
	const here = (role: Role, title: string) => placed(city, role, 1, title);
	return [
		...ROLES.flatMap((role) => [
			person(`${role} here`, [here(role, `${role} here`)]),
			person(`${role} elsewhere`, [placed(city, role, 2)]),
			person(`${role} removed`, [{ ...here(role, `${role} removed`), ...ENDED }]),
			person(`${role} to come`, [{ ...here(role, `${role} to come`), ...LATER }]),
			...STATES.filter((state) => state !== 'live').map((state) =>
				person(`${role} ${state}`, [here(role, `${role} ${state}`)], state)
			)
		]),
		person('leader here and member elsewhere', [
			here('leader', 'leader here and member elsewhere'),
			placed(city, 'member', 2)
		]),
		person('member here and next door', [
			placed(city, 'member', 1),
			{ role: 'member', team_id: teamId(city, 2), ...ALWAYS }
		]),
		...(['ward_officer', 'administrator'] as const).flatMap((role) => [
			person(`${role} on a phone`, [placed(city, role, 1)], 'live', 'device'),
			person(`${role} of an hour ago`, [placed(city, role, 1)], 'live', 'password an hour ago')
		]),
		person(
			'member here and officer elsewhere, on a phone',
			[placed(city, 'member', 1), placed(city, 'ward_officer', 2)],
			'live',
			'device'
		),
		person('member of a team without groups', [
			{ role: 'member', team_id: teamId(city, 9), ...ALWAYS }
		]),
		person('nobody', []),
		...GROUPS.map((n) => writerOf(city, n)).map(({ title, team_id }) =>
			person(title, [{ role: 'member', team_id, ...ALWAYS }])
		)
	];
}

/** Who wrote the records of a group. */
export const writerOf = (city: string, n: number) => ({
	title: `writer ${n}`,
	person_id: personId(city, `writer ${n}`),
	team_id: teamId(city, n)
});

function placed(city: string, role: Role, which: 1 | 2, title = ''): Membership {
	const n = { team: [1, 5], ward: [1, 3], area: [1, 2], city: [1, 1] }[PLACE_OF_ROLE[role]][
		which - 1
	] as number;
	const place = PLACE_OF_ROLE[role];
	return place === 'team'
		? {
				role,
				team_id: role === 'leader' && n === 1 ? teamOf(city, title) : teamId(city, n),
				...ALWAYS
			}
		: { role, unit_id: unitId(city, place, n), ...ALWAYS };
}
