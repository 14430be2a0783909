import type { Focus } from './arguments';
import { CHANGES } from './changes';
import { HELD_ON, type Person, type Row } from './expectations';
import { ACTS } from './answers_of_acts';
import { LISTS, numberOf } from './answers_of_lists';
import { SIGN_IN } from './answers_of_sign_in';
import { OPEN } from './answers_of_open';
import { PLANS } from './answers_of_plans';
import { QUESTIONS } from './answers_of_questions';
import { REQUESTS } from './answers_of_requests';
import { UNITS } from './answers_of_units';
import { groupsBelow, membersInReach, scopeOf } from './scope';
import { covers } from './days';
import { helpedIn } from './helped';
import { localDay } from '../support/changes';
import { factsIn, type Truth } from './truth';
import { unitId } from './world';

/**
 * A function of schema api: whose it is and, where ids and marks do not tell, what exactly it says.
 */
export type ApiRule = {
	audience: 'people' | 'server' | 'everybody';
	/** What an answer says, as short facts. */
	says?: (answer: never, asked: Focus) => string[];
	/** The same, as the oracle has it: no more, and no less. */
	expects?: (who: Person, asked: Focus, truth: Truth) => string[];
	/** The same for the web server. */
	expectedByServer?: (asked: Focus, truth: Truth) => string[];
	/** The same for everybody, where it is open to all. */
	expectedByAll?: (asked: Focus, truth: Truth) => string[];
	/** Ids and marks that it may show besides those in rows that the person may read. */
	shows?: (who: Person, asked: Focus, truth: Truth) => string[];
	/** The same for the web server. */
	showsServer?: (asked: Focus, truth: Truth) => string[];
	/** The same for everybody. */
	showsAll?: (truth: Truth) => string[];
};

/** Every function of schema api. A new one stops the run until it stands here. */
export const API: Record<string, ApiRule> = {
	...ACTS,
	...LISTS,
	...OPEN,
	...PLANS,
	...QUESTIONS,
	...REQUESTS,
	...UNITS,
	...SIGN_IN,
	me: {
		audience: 'people',
		says: ({ person_id, verbs, groups }: Me) => [
			...[person_id, ...verbs],
			...groups.map((group) => group.id)
		],
		expects: (who) => [who.person.person_id, ...who.verbs, ...ids(who.groups('read_records'))],
		// Those who work in one team know each other.
		shows: (who, _, { world }) =>
			world.people
				.filter(({ city, state }) => city === who.person.city && state !== 'disabled')
				.filter(({ memberships }) =>
					memberships.some((one) => who.teams.has(one.team_id ?? '') && covers(one, localDay()))
				)
				.flatMap(({ person_id, name }) => [person_id, ...factsIn(name)])
	},
	activity_days: {
		audience: 'people',
		says: (teams: Row[]) => teams.map(({ team_id }) => String(team_id)),
		expects: (who) => [...who.teamsOf('confirm_days')],
		shows: (who, _, { world }) =>
			world.people
				.filter(
					({ city, memberships }) =>
						city === who.person.city &&
						memberships.some(({ team_id }) => who.teamsOf('confirm_days').has(team_id ?? ''))
				)
				.flatMap(({ person_id, name }) => [person_id, ...factsIn(name)])
				.concat(
					world.teams
						.filter(
							({ team_id, city }) =>
								city === who.person.city && who.teamsOf('confirm_days').has(team_id)
						)
						.flatMap(({ team_id, name }) => [team_id, ...factsIn(name)])
				)
	},
	confirm_activity_days: {
		audience: 'people',
		says: ({ problem }: Row) => (problem ? [] : ['confirmed']),
		expects: (who, { team_id }) =>
			who.teamsOf('confirm_days').has(team_id ?? '') ? ['confirmed'] : []
	},
	close_period: {
		audience: 'people',
		says: ({ problem }: Row) => (problem ? [] : ['closed']),
		expects: (who, { group_id }) =>
			ids(who.groups('close_periods')).includes(group_id ?? '') ? ['closed'] : []
	},
	periods: {
		audience: 'people',
		says: (groups: Row[]) => groups.map(({ group_id }) => String(group_id)),
		expects: (who) => ids(who.groups('close_periods')),
		shows: (who, _, { world }) => closers(who, world)
	},
	open_corrections: {
		audience: 'people',
		says: (requests: Row[]) => requests.map(({ change_id }) => String(change_id)),
		expects: (who, _, truth) =>
			ofCity(who, truth, 'app.correction_requests')
				.filter(inGroups(who.groups('decide_corrections')))
				.filter(({ decided_at }) => decided_at === null)
				.map(({ change_id }) => String(change_id)),
		shows: (who, _, { world }) => closers(who, world)
	},
	decide_correction: {
		audience: 'people',
		says: ({ problem }: Row) => (problem ? [] : ['decided']),
		expects: (who) =>
			ids(who.groups('decide_corrections')).includes(unitId(who.person.city, 'group', 1))
				? ['decided']
				: []
	},
	catalogue: {
		audience: 'people',
		says: ({ entries }: { entries: Row[] }) => entries.map(({ vi }) => String(vi)),
		expects: (who, _, truth) => ofCity(who, truth, 'app.catalogue').map(({ vi }) => String(vi))
	},
	save_guide: {
		audience: 'people',
		says: ({ guide }: { guide: Row | null }) => (guide ? ['saved'] : []),
		expects: ({ verbs }) => (verbs.has('edit_catalogue') ? ['saved'] : [])
	},
	save_catalogue_entry: {
		audience: 'people',
		says: ({ entry }: { entry: Row | null }) => (entry ? ['saved'] : []),
		expects: ({ verbs }) => (verbs.has('edit_catalogue') ? ['saved'] : [])
	},
	pull: {
		audience: 'people',
		says: ({ groups }: { groups: Pulled[] }) =>
			groups.flatMap((group) => [
				group.group_id,
				...[
					...[group.households, group.visits, group.signups, group.trainings],
					...[group.requests, group.goals, group.thanks]
				].flatMap((columns) => columns?.id ?? []),
				...(group.households?.contact ?? []).flatMap((contact) => contact?.name ?? [])
			]),
		expects: (who, _, truth) => [
			...ids(who.groups('read_records')),
			...RECORDS.flatMap((table) =>
				ofCity(who, truth, table)
					.filter(inGroups(who.groups('read_records')))
					.map(({ id }) => String(id))
			),
			// Of a household that its phones were told of, those who record there are told whom to call.
			...ofCity(who, truth, 'app.household_contacts')
				.filter(inGroups(who.groups('record')))
				.map(({ name }) => String(name))
		]
	},
	history: {
		audience: 'people',
		says: (entries: Row[]) => entries.map(({ seq }) => `change ${seq}`),
		expects: (who, asked, truth) => historyOf(who, asked, truth).map(({ seq }) => `change ${seq}`),
		shows: (who, asked, truth) =>
			historyOf(who, asked, truth).flatMap((change) => [
				...factsIn(change),
				...factsIn(truth.rows.get('app.people')?.find((one) => one.person_id === change.author_id))
			])
	},
	push: {
		audience: 'people',
		says: ({ verdicts }: { verdicts: Row[] }) => takenIn(verdicts),
		expects: taken
	},
	server_hand_in: {
		audience: 'server',
		says: ({ verdicts }: { verdicts: Row[] }) => takenIn(verdicts),
		expectedByServer(asked, { world }) {
			const person = world.people.find((one) => one.person_id === asked.person_id);
			// A key outlives the session, unless it was blocked.
			const shut = ['disabled', 'with a session that was revoked'];
			if (!person || person.title === 'nobody' || shut.includes(person.state)) return [];
			return taken(scopeOf(world, person), asked);
		}
	},
	move_household: {
		audience: 'people',
		says: ({ verdict }: Row) => [String(verdict)].filter((one) => one === 'applied'),
		expects(who, { city, group_id, other }) {
			const mine = new Set([...who.groups('record'), ...who.groups('move_households')]);
			const both = [group_id, city && unitId(city, 'group', other)];
			return city === who.person.city && both.every((id) => mine.has(`${city}/${id}`))
				? ['applied']
				: [];
		}
	},
	add_hand_in_key: {
		audience: 'people',
		says: ({ key_id }: Row) => (key_id ? ['noted'] : []),
		// The key of somebody else stays theirs; that of nobody is new.
		expects: ({ person }, { person_id }, { world }) => {
			const owner = world.people.find((one) => one.person_id === person_id);
			return owner && (owner.title === 'nobody' || owner === person) ? ['noted'] : [];
		}
	},
	recount: {
		audience: 'people',
		says: ({ recounted, differences }: { recounted: number; differences: unknown[] }) => [
			`${recounted} groups, ${differences.length} differences`
		],
		expects: ({ verbs }) => (verbs.has('recount') ? ['5 groups, 0 differences'] : [])
	},
	alarms: {
		audience: 'people',
		says: (alarms: Row[]) => alarms.map(({ details }) => String((details as Row).said)),
		expects: (who, _, truth) =>
			who.verbs.has('recount')
				? ofCity(who, truth, 'app.alarms').map(({ details }) => String((details as Row).said))
				: []
	},
	report: { audience: 'people', says: () => ['answered'], expects: () => ['answered'] },
	team_phones: {
		audience: 'people',
		says: ({ members }: { members: Row[] }) =>
			members.map(({ person_id, team_id }) => `${person_id} in ${team_id}`),
		expects: (who, asked, truth) =>
			membersAt(who, asked, truth).map(
				({ member, team }) => `${member.person_id} in ${team.team_id}`
			),
		shows: (who, asked, truth) =>
			membersAt(who, asked, truth).flatMap(({ member, team, groups }) =>
				factsIn([
					...[member.person_id, member.name, team.team_id, team.name],
					// Who is called: somebody else, by who also sees who is in the team.
					member.person_id !== who.person.person_id &&
					groups.some((group) => who.groups('read_people').has(group))
						? numberOf(truth, member.person_id)
						: null
				])
			)
	},
	coverage: {
		audience: 'people',
		says: ({ rows }: { rows: Row[] }) =>
			rows.map(({ group_id, people_helped }) => `${group_id} helped ${people_helped}`),
		expects: (who, { unit_id }, { world }) =>
			groupsBelow(world, who.person.city, unit_id ?? '')
				.filter((group) => who.groups('read_totals').has(group))
				.map((group) => `${idOfGroup(group)} helped ${helpedIn(who, [group])}`)
	},
	server_session_find: {
		audience: 'server',
		says: ({ sid }: Row) => [String(sid)],
		expectedByServer: ({ person_id }, { world }) =>
			world.people.some((one) => one.person_id === person_id && one.state === 'live')
				? [String(person_id)]
				: []
	},
	compare_wards: {
		audience: 'people',
		says: ({ rows }: { rows: Row[] }) =>
			rows.map(({ ward_id, people_helped }) => `${ward_id} helped ${people_helped}`),
		expects(who, _, { world }) {
			if (!who.verbs.has('compare_wards')) return [];
			const { city } = who.person;
			const wards = world.units.filter((unit) => unit.city === city && unit.level === 'ward');
			return wards.map(({ unit_id }) => {
				const its = groupsBelow(world, city, unit_id);
				const seen = its.filter((group) => who.groups('read_totals').has(group));
				return `${unit_id} helped ${helpedIn(who, seen)}`;
			});
		}
	}
};

/** Functions of the web server are named so, and may be called by nobody else. */
export const ruleOf = (name: string): ApiRule | undefined =>
	API[name] ?? (name.startsWith('server_') ? { audience: 'server' } : undefined);

const takenIn = (verdicts: Row[]) =>
	verdicts
		.filter(({ verdict }) => verdict === 'applied' || verdict === 'merged')
		.map(({ change_id }) => CHANGES[String(change_id)] ?? '');

/** Which of the changes for a place are taken as this person's. */
function taken(who: Pick<Person, 'person' | 'groups'>, { group_id, city }: Focus): string[] {
	const group = `${who.person.city}/${group_id}`;
	const plain = ['new', 'of 60 days ago', 'with a forged author', 'with forged fields'];
	// An id that the other city has used is a new one in this city.
	const free = city === who.person.city ? [] : ['to a record of another group'];
	const leading = [
		...(who.groups('set_goals').has(group) ? ['a goal'] : []),
		...(who.groups('thank_members').has(group) ? ['a thank-you'] : [])
	];
	if (who.groups('record').has(group)) return [...plain, ...free, ...leading];
	return who.groups('record', HELD_ON).has(group) ? ['of 60 days ago'] : [];
}

/** Inner functions that work for one of api, and may show what it shows. */
const WORKS_FOR: Record<string, string> = {
	'app.members_in_reach': 'team_phones',
	'app.place_name': 'team_phones',
	'app.teammates': 'me',
	'app.join': 'server_join_look',
	'app.sign_in_begin': 'server_sign_in_begin',
	'app.ask_page': 'server_ask_page',
	'published.figures': 'open_figures'
};
export const showsOf = (name: string): Pick<ApiRule, 'shows' | 'showsServer' | 'showsAll'> =>
	API[WORKS_FOR[name] ?? name.replace(/^\w+\./, '')] ?? {};

type Me = { person_id: string; verbs: string[]; groups: { id: string }[] };
type Pulled = { group_id: string } & Record<
	'households' | 'visits' | 'signups' | 'trainings' | 'requests' | 'goals' | 'thanks',
	{ id: string[]; contact?: ({ name: string } | null)[] } | null
>;

/** The names of those who write in the groups of a person, and of who closed their months. */
const closers = (who: Person, world: Truth['world']) =>
	world.people
		.filter(({ city }) => city === who.person.city)
		.filter(
			({ title, memberships }) =>
				title === 'ward_officer here' || memberships.some(({ team_id }) => team_id)
		)
		.flatMap(({ person_id, name }) => [person_id, ...factsIn(name)]);

const RECORDS = ['households', 'visits', 'signups', 'trainings', 'requests', 'goals', 'thanks'].map(
	(table) => `app.${table}`
);
const idOfGroup = (group: string) => group.split('/')[1] ?? '';
const ids = (groups: Set<string>) => [...groups].map(idOfGroup);
const inGroups = (groups: Set<string>) => (row: Row) =>
	groups.has(`${row.city_id}/${row.group_id}`);

function ofCity({ person }: Person, { rows }: Truth, table: string): Row[] {
	return (rows.get(table) ?? []).filter(({ city_id }) => city_id === person.city);
}

function historyOf(who: Person, { record_id }: Focus, truth: Truth): Row[] {
	return ofCity(who, truth, 'app.changes')
		.filter(inGroups(who.groups('read_records')))
		.filter((change) => change.record_id === record_id && change.seq !== null);
}

function membersAt(who: Person, { unit_id }: Focus, { world }: Truth) {
	const below = new Set(groupsBelow(world, who.person.city, unit_id ?? ''));
	return membersInReach(world, who).filter(
		({ team, groups }) =>
			unit_id === null || team.team_id === unit_id || groups.some((group) => below.has(group))
	);
}
