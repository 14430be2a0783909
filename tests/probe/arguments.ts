import { VERBS, type Role } from '../../src/lib/domain/role';
import { localDay } from '../support/changes';
import { idOf } from '../support/small_city';
import type { Fn } from './catalogue';
import { changesAt } from './changes';
import {
	codeHashOf,
	hashOf,
	IMPORT_ID,
	endedToken,
	indicatorId,
	passwordOf,
	planId,
	posterToken,
	questionOf,
	PUBLIC_KEY,
	recordId,
	signInNameOf,
	taskId
} from './seed';
import { STATES } from './states';
import { CITIES, GROUPS, keyOf, membershipId, personId, teamId, unitId, writerOf } from './world';

/** Of every third group the poster is tried that was replaced. */
export const hasEnded = (n: number) => n % 3 === 0;

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
	/** The first membership of that person. */
	membership_id: string | null;
	/** A role that is given in such a place. */
	role: Role | null;
	record_id: string | null;
};

const KINDS = ['household', 'visit', 'signup', 'training', 'request', 'goal', 'thank'];

const TEAM_ROLES: [number, Role][] = [
	[1, 'deputy'],
	[5, 'member'],
	[9, 'leader']
];
/** Those on whom the acts about people are tried, from the places that are no group. */
const SUBJECTS: Record<string, string[]> = {
	ward: [
		'leader here',
		'ward_officer here',
		'member elsewhere',
		'leader here and member elsewhere'
	],
	area: ['area_coordinator here', 'deputy here'],
	city: ['administrator here']
};
const STAFF: Record<string, Role> = {
	ward: 'ward_officer',
	area: 'area_coordinator',
	city: 'city_office'
};

/** Of the other city the first few will do. */
const most = (which: number) => (n: number) => which === 0 || n <= 3;

/** Groups, wards, areas, the city and its teams, of both cities; and nowhere. */
export const FOCI: Focus[] = [
	...CITIES.flatMap((city, which) => [
		...GROUPS.filter(most(which)).map((n) => at(city, ['group', n], n)),
		...[1, 2, 3, 4].filter(most(which)).map((n) => at(city, ['ward', n], n * 2 - 1)),
		...[1, 2].map((n) => at(city, ['area', n], n * 4 - 1)),
		at(city, ['city', 1], 1),
		...TEAM_ROLES.filter(([n]) => most(which)(n)).map(([n, role]) => ({
			...at(city, ['group', n === 9 ? 3 : n], n === 9 ? 3 : n),
			unit_id: teamId(city, n),
			role
		}))
	]),
	// In the group that they were leaders of: there, what has gone would be missed.
	...STATES.map((state) => ({
		...at(CITIES[0] as string, ['group', 1], 1),
		...who(CITIES[0] as string, state === 'live' ? 'nobody' : `leader ${state}`)
	})),
	// Staff whose right to act is a matter of when they gave their password.
	...['ward_officer of an hour ago', 'ward_officer with a session that was revoked'].map(
		(title) => ({
			...at(CITIES[0] as string, ['ward', 1], 1),
			...who(CITIES[0] as string, title)
		})
	),
	{
		...{ n: 0, other: 1, city: null, unit_id: null, group_id: null, team_id: null },
		...{ person_id: null, membership_id: null, role: null, record_id: null }
	}
];

/** One place in reach of most, some out of it, some in the other city, and nowhere. */
export const FEW = FOCI.filter(
	(_, n) => [0, 4, 8, 13, 15, 18, 20].includes(n) || n === FOCI.length - 1
);

function at(city: string, [level, n]: [string, number], group: number): Focus {
	return {
		n: group,
		other: (group % GROUPS.length) + 1,
		city,
		unit_id: unitId(city, level, n),
		group_id: unitId(city, 'group', group),
		team_id: teamId(city, group),
		...who(city, SUBJECTS[level]?.[n - 1] ?? writerOf(city, group).title),
		role: STAFF[level] ?? 'member',
		record_id: recordId(city, group, KINDS[group % KINDS.length] as string)
	};
}

function who(city: string, title: string) {
	return { person_id: personId(city, title), membership_id: membershipId(city, title, 0) };
}

const many = (value: unknown) => (value === null ? [] : [value]);

/** What an argument of this name is given; a leading p_ does not matter. */
const BY_NAME: Record<string, (at: Focus) => unknown> = {
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
	plan_id: ({ city }) => city && planId(city),
	indicator_id: ({ city }) => city && indicatorId(city),
	...{ since: () => '2026-01-01', until: () => localDay(), what: () => 'people_helped' },
	observation: ({ city, unit_id }) => ({
		...{ indicator_id: city && indicatorId(city), unit_id, as_of: '2026-02-01', value: 5 },
		source: 'báo cáo'
	}),
	target: ({ city, unit_id }) => ({
		...{ indicator_id: city && indicatorId(city), ...targetAt(city, unit_id) }
	}),
	task: ({ city }) => ({
		...{ line_id: city && taskId(city), status: 'done', as_of: '2026-02-01', source: 'báo cáo' }
	}),
	figure: () => ({}),
	...{ after: () => null, most: () => 5, at_most: () => 5 },
	first_day: () => '2026-08-01',
	accept: () => false,
	...{ renew: ({ n }: Focus) => n % 2 === 0, publish: ({ n }: Focus) => n % 2 === 1 },
	token: ({ city, n }) => city && (hasEnded(n) ? endedToken : posterToken)(city, n),
	question_id: ({ city, n }) => city && questionOf(city, n).question_id,
	fingerprint: ({ city, n }) => city && questionOf(city, n).fingerprint,
	...{ choice: () => 'went_twice', note: () => '' },
	request_id: () => idOf('a request'),
	request: () => ({ label: 'Nhà mới', consent: 'form_1' }),
	days: () => [],
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
	...{ role: ({ role }) => role, find: () => null, skip: () => 0, before: () => null },
	membership_id: ({ membership_id }) => membership_id,
	membership_ids: ({ membership_id }) => many(membership_id),
	// Every other time with one that may lie beyond.
	group_ids: ({ city, group_id, other, n }) => [
		...many(group_id),
		...(n % 2 ? many(city && unitId(city, 'group', other)) : [])
	],
	name: () => 'Người mới',
	...{ people: () => [], blocked: () => true, disabled: () => true },
	phone: () => '0905 000 000',
	replaces: () => true,
	kind: () => 'device',
	household_id: ({ city, other }) => city && recordId(city, other, 'household'),
	reason: () => 'Dọn sang tổ khác',
	...{ subject: () => 'units', from: () => 0, sqlstate: () => 'TN001' },
	...{ message: () => 'missing', constraint: () => null, column: () => 'name' },
	key_id: ({ person_id }) => person_id && keyOf(person_id),
	public_key: () => PUBLIC_KEY,
	bundle_id: () => idOf('a bundle'),
	carrier_id: () => personId(CITIES[1] as string, 'city_office here'),
	device_id: () => idOf('a device'),
	code_hash: ({ person_id }) => person_id && codeHashOf(person_id),
	sign_in_name: ({ person_id }) => person_id && signInNameOf(person_id),
	password_hash: ({ person_id }) => person_id && passwordOf(person_id),
	...{ address: () => 'an address', label: () => 'Chrome', used_by: () => 'a phone' },
	...{ device_hash: () => 'a device', known_hash: () => 'a device' },
	import_id: () => IMPORT_ID,
	columns: () => ({ 'Họ tên': 'name' }),
	rows: ({ team_id, n }) =>
		team_id ? [[n, 'Người mới', '0905 000 000', 'member', team_id, null]] : [],
	...{ households: () => [], version: () => null },
	plan: ({ city, unit_id }) => ({
		version: 0,
		units: [[idOf('a new unit'), 'group', 'tdp', 'Tổ mới', null, true, null, null]],
		parents: unit_id ? [[idOf('a new unit'), unit_id, null, null]] : [],
		columns: { Tên: 'name' },
		// Of a plan of an office, where that is what is imported.
		...{ number: '9', name: 'Kế hoạch mới', authority: 'UBND', issued_on: '2026-01-01' },
		lines: [
			{
				...{ kind: 'indicator', name: 'Chỉ tiêu mới', unit: 'number' },
				targets: [targetAt(city, unit_id)]
			}
		]
	}),
	words: () => ({
		team_name: 'Tổ',
		levels: [{ level: 'ward', vi: 'Phường', en: 'Ward' }],
		kinds: []
	}),
	heads: () => CITIES.flatMap((city) => GROUPS.map((n) => head(unitId(city, 'group', n)))),
	changes: changesAt,
	entry: () => ENTRY,
	guide: () => ({
		...{ list: 'rung', code: '1', vi: 'Bước 1', en: 'Step 1' },
		...{ source: 'bịa', checked_on: '2026-01-01' }
	}),
	e: () => ENTRY
};

const targetAt = (city: string | null, unit_id: string | null) => ({
	...{ unit_id, level: city && unit_id === unitId(city, 'city', 1) ? 'city' : 'ward' },
	...{ year: 2027, value: 5, source: 'kế hoạch' }
});
const ENTRY = { list: 'topic', code: 'vneid', parent: null, vi: 'VNeID', en: 'VNeID', position: 1 };
const head = (group_id: string) => ({ group_id, last_seq: 99, since: 0 });

/** The arguments of which nobody knows what to give them; rows of our tables are given as null. */
export const unknownArguments = ({ args }: Fn) =>
	args.filter(({ name, type }) => !(nameOf(name) in BY_NAME) && !type.includes('.'));

const nameOf = (argument: string) => argument.replace(/^p_/, '');

/** The arguments of a call, by name. */
export function argumentsFor(fn: Fn, focus: Focus): Record<string, unknown> {
	return Object.fromEntries(
		fn.args.map(({ name }) => [name, BY_NAME[nameOf(name)]?.(focus) ?? null])
	);
}
