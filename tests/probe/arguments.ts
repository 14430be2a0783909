import { VERBS } from '../../src/lib/domain/role';
import { localDay } from '../support/changes';
import { idOf } from '../support/small_city';
import type { Fn } from './catalogue';
import { changesAt } from './changes';
import { hashOf, recordId } from './seed';
import { STATES } from './states';
import { CITIES, GROUPS, personId, teamId, unitId, writerOf } from './world';

/** A place in a city, from which the arguments of a call are drawn; of the null one, nothing is. */
export type Focus = {
	n: number;
	city: string | null;
	unit_id: string | null;
	group_id: string | null;
	/** A group of the same city that is another one. */
	other: number;
	team_id: string | null;
	person_id: string | null;
	record_id: string | null;
};

const KINDS = ['household', 'visit', 'signup', 'training'];

/** Groups, wards, areas, the city and its teams, of both cities; and nowhere. */
export const FOCI: Focus[] = [
	...CITIES.flatMap((city) => [
		...GROUPS.map((n) => at(city, ['group', n], n)),
		...[1, 2, 3, 4].map((n) => at(city, ['ward', n], n * 2 - 1)),
		...[1, 2].map((n) => at(city, ['area', n], n * 4 - 1)),
		at(city, ['city', 1], 1),
		...[1, 5].map((n) => ({ ...at(city, ['group', n], n), unit_id: teamId(city, n) }))
	]),
	...STATES.map((state, n) => ({
		...at(CITIES[0] as string, ['group', n + 1], n + 1),
		person_id: personId(CITIES[0] as string, state === 'live' ? 'nobody' : `leader ${state}`)
	})),
	{
		...{ n: 0, other: 1, city: null, unit_id: null, group_id: null, team_id: null },
		...{ person_id: null, record_id: null }
	}
];

/** One place in reach of most, some out of it, some in the other city, and nowhere. */
export const FEW = FOCI.filter(
	(_, n) => [0, 2, 4, 8, 13, 14, 17, 19].includes(n) || n === FOCI.length - 1
);

function at(city: string, [level, n]: [string, number], group: number): Focus {
	return {
		n: group,
		other: (group % GROUPS.length) + 1,
		city,
		unit_id: unitId(city, level, n),
		group_id: unitId(city, 'group', group),
		team_id: teamId(city, group),
		person_id: level === 'ward' ? personId(city, 'leader here') : writerOf(city, group).person_id,
		record_id: recordId(city, group, KINDS[group % 4] as string)
	};
}

const many = (value: unknown) => (value === null ? [] : [value]);

/** What an argument of this name is given; a leading p_ does not matter. */
const BY_NAME: Record<string, (at: Focus, line: number) => unknown> = {
	city_id: ({ city }) => city,
	unit_id: ({ unit_id }) => unit_id,
	place_id: ({ unit_id }) => unit_id,
	unit_ids: ({ unit_id }) => many(unit_id),
	group_id: ({ group_id }) => group_id,
	team_id: ({ team_id }) => team_id,
	person_id: ({ person_id }) => person_id,
	person_ids: ({ person_id }) => many(person_id),
	record_id: ({ record_id }) => record_id,
	sid: ({ person_id }) => person_id,
	session_hash: ({ person_id }) => person_id && hashOf(person_id),
	verb: ({ n }) => VERBS[n % VERBS.length],
	measure: () => 'households',
	day: () => localDay(),
	month: () => localDay(),
	moment: () => new Date().toISOString(),
	received_at: () => new Date().toISOString(),
	expires_at: () => new Date(Date.now() + 86_400_000).toISOString(),
	value: () => 'Hòa Khánh',
	protocol: () => 1,
	seq: () => 1,
	room: () => 1000,
	change_id: () => idOf('a change'),
	device: ({ group_id }) => ({
		...{ device_id: idOf(`device in ${group_id}`), waiting: 3 },
		// Whose phone it is, is not for the phone to say.
		person_id: personId(CITIES[0] as string, 'city_office here')
	}),
	cursors: () => ({}),
	heads: () => CITIES.flatMap((city) => GROUPS.map((n) => head(unitId(city, 'group', n)))),
	changes: changesAt,
	entry: () => ENTRY,
	e: () => ENTRY
};

const ENTRY = { list: 'topic', code: 'vneid', parent: null, vi: 'VNeID', en: 'VNeID', position: 1 };
const head = (group_id: string) => ({ group_id, last_seq: 99, since: 0 });

/** The arguments of which nobody knows what to give them; rows of our tables are given as null. */
export const unknownArguments = ({ args }: Fn) =>
	args.filter(({ name, type }) => !(nameOf(name) in BY_NAME) && !type.includes('.'));

const nameOf = (argument: string) => argument.replace(/^p_/, '');

/** The arguments of a call, by name; ids of new things differ from line to line. */
export function argumentsFor(fn: Fn, focus: Focus, line: number): Record<string, unknown> {
	return Object.fromEntries(
		fn.args.map(({ name }) => [name, BY_NAME[nameOf(name)]?.(focus, line) ?? null])
	);
}
