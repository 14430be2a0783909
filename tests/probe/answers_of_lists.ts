import type { ApiRule } from './answers';
import { membershipsOf, placeOf } from './appointments';
import type { Focus } from './arguments';
import { covers } from './days';
import type { Person, Row } from './expectations';
import { groupsBelow } from './scope';
import { IMPORTERS } from './seed';
import { localDay } from '../support/changes';
import { factsIn, type Truth } from './truth';
import { teamId, unitId, type Team } from './world';

/** What the pages of people show, and the import of members. */
export const LISTS: Record<string, ApiRule> = {
	teams: {
		audience: 'people',
		says: ({ teams }: { teams: Row[] }) =>
			teams.map(({ team_id, members }) => `${team_id} with ${members}`),
		expects: (who, asked, truth) =>
			teamsAt(who, asked, truth).map(
				({ team_id }) => `${team_id} with ${peopleAt(who, team_id, truth).length}`
			),
		shows: (who, asked, truth) =>
			teamsAt(who, asked, truth).flatMap(({ team_id, name }) => {
				const leaders = peopleAt(who, team_id, truth).filter(({ held }) => held.role === 'leader');
				return factsIn([team_id, name, leaders.map(({ person }) => person.name)]);
			})
	},
	place_people: {
		audience: 'people',
		says: ({ people }: { people: Row[] }) =>
			people.map(({ membership_id, mine }) => `${membership_id} ${mine}`),
		expects: (who, { unit_id }, truth) =>
			who.readsPeople(unit_id)
				? everybodyAt(who, unit_id, truth).map(
						({ id, held }) => `${id} ${who.gives(held.role, unit_id)}`
					)
				: [],
		shows: (who, { unit_id }, truth) =>
			who.readsPeople(unit_id)
				? factsIn([
						truth.world.teams.filter(
							({ city, team_id }) => city === who.person.city && team_id === unit_id
						),
						groupsShown(who, unit_id, truth),
						everybodyAt(who, unit_id, truth).map(({ id, person }) => [
							...[id, person.person_id, person.name, numberOf(truth, person.person_id)]
						])
					])
				: []
	},
	uninvited: {
		audience: 'people',
		says: ({ membership_ids }: { membership_ids: string[] }) => membership_ids,
		expects: (who, asked, truth) => uninvitedAt(who, asked, truth).map(({ id }) => id),
		shows: (who, asked, truth) => uninvitedAt(who, asked, truth).map(({ id }) => id)
	},
	staff: {
		audience: 'people',
		says: ({ places }: { places: Row[] }) =>
			places.map(({ place_id, people }) => `${place_id} with ${people}`),
		expects: (who, _, truth) =>
			truth.world.units
				.filter(({ city, level }) => city === who.person.city && level !== 'group')
				.filter(({ unit_id }) => who.readsPeople(unit_id))
				.map(({ unit_id }) => `${unit_id} with ${peopleAt(who, unit_id, truth).length}`)
	},
	audit: {
		audience: 'people',
		says: ({ acts }: { acts: Row[] }) => acts.map(({ act_id }) => String(act_id)),
		expects: (who, _, truth) => actsFor(who, truth).map(({ act_id }) => String(act_id)),
		shows: (who, _, truth) => {
			const acts = actsFor(who, truth);
			const actors = new Set(acts.map(({ actor_id }) => actor_id));
			const named = truth.world.people.filter(({ person_id }) => actors.has(person_id));
			return factsIn([acts, named.map(({ name }) => name)]);
		}
	},
	member_lists: {
		audience: 'people',
		says: ({ places }: { places: unknown[][] }) =>
			places.map(([group, , , , team]) => `${group} ${team}`),
		expects: (who, _, truth) =>
			teamsOfImport(who, truth).map(([group, { team_id }]) => `${group} ${team_id}`),
		shows: (who, _, truth) =>
			teamsOfImport(who, truth).flatMap(([, { team_id, name }]) => factsIn([team_id, name]))
	},
	bring_member_rows: {
		audience: 'people',
		says: ({ brought }: Row) => (brought === undefined ? [] : [`brought ${brought}`]),
		expects: ({ verbs }, { team_id }) =>
			verbs.has('manage_people') ? [`brought ${team_id ? 1 : 0}`] : []
	},
	household_lists: {
		audience: 'people',
		says: ({ groups, group }: { groups: Row[]; group: { households: number } | null }) => [
			...groups.map(({ group_id }) => String(group_id)),
			...(group ? [`${group.households} households`] : [])
		],
		expects: (who, { group_id }, truth) => {
			const { city } = who.person;
			const mine = who.groups('import_households');
			const there = (truth.rows.get('app.households') ?? []).filter(
				(row) =>
					row.city_id === city && row.group_id === group_id && !row.discarded && !row.merged_into
			);
			return [
				...[...mine].map((group) => group.split('/')[1] ?? ''),
				...(mine.has(`${city}/${group_id}`) ? [`${there.length} households`] : [])
			];
		}
	},
	import_households: {
		audience: 'people',
		says: ({ written }: Row) => (written === undefined ? [] : [`written ${written}`]),
		expects: (who, { group_id }) =>
			who.groups('import_households').has(`${who.person.city}/${group_id}`) ? ['written 0'] : []
	},
	import_members: {
		audience: 'people',
		says: ({ counts }: { counts?: { all: number } }) => (counts ? [`imported ${counts.all}`] : []),
		expects(who) {
			const { city, title } = who.person;
			if (!who.importsMembers || !who.fresh) return [];
			if (!IMPORTERS.test(title)) return ['imported 0'];
			return who.groups('manage_people').has(`${city}/${unitId(city, 'group', 1)}`) &&
				who.gives('member', teamId(city, 1))
				? ['imported 1']
				: [];
		}
	}
};

/** The teams in reach below a unit; without one, those of no group, too, for whom the city is. */
function teamsAt(who: Person, { unit_id }: Focus, { world }: Truth): Team[] {
	const { city } = who.person;
	const reach = who.groups('read_people');
	const below = new Set(unit_id ? groupsBelow(world, city, unit_id) : reach);
	return world.teams
		.filter((team) => team.city === city)
		.filter((team) => {
			const its = groupsOf(team);
			if (its.length > 0) return its.some((group) => reach.has(group) && below.has(group));
			return unit_id === null && who.readsPeople(team.team_id) && !who.teams.has(team.team_id);
		});
}

const groupsOf = ({ city, groups }: Team) =>
	groups.filter((one) => covers(one, localDay())).map(({ group_id }) => `${city}/${group_id}`);

/** The groups of a team that is shown. */
const groupsShown = ({ person: { city } }: Person, team_id: string | null, { world }: Truth) =>
	world.teams
		.filter((team) => team.city === city && team.team_id === team_id)
		.flatMap(({ groups }) => groups.map(({ group_id }) => group_id));

/** Somebody's phone number. */
export const numberOf = ({ rows }: Truth, person_id: string) =>
	rows.get('app.person_contacts')?.find((one) => one.person_id === person_id)?.phone;

/** The places of those below a unit who may be invited and have no phone: one each, their widest. */
function uninvitedAt(who: Person, { unit_id }: Focus, truth: Truth) {
	const { city } = who.person;
	const below = groupsBelow(truth.world, city, unit_id ?? '');
	const reach = new Set(below.filter((group) => who.groups('manage_people').has(group)));
	const teams = truth.world.teams.filter(
		(team) => team.city === city && groupsOf(team).some((group) => reach.has(group))
	);
	const rank = ['leader', 'deputy', 'member'];
	const open = teams
		.flatMap(({ team_id }) => peopleAt(who, team_id, truth))
		.filter(({ person }) => person.state !== 'live' && who.manages(person.person_id, 'device'))
		.sort(
			(a, b) => rank.indexOf(a.held.role) - rank.indexOf(b.held.role) || (a.id < b.id ? -1 : 1)
		);
	return open.filter(
		({ person }, n) => open.findIndex((one) => one.person.person_id === person.person_id) === n
	);
}

/** The memberships of a team or unit today. */
const everybodyAt = ({ person: { city } }: Person, place_id: string | null, { world }: Truth) =>
	membershipsOf(world, city).filter(({ current, held }) => current && placeOf(held) === place_id);

/** But for people who were disabled. */
const peopleAt = (who: Person, place_id: string | null, truth: Truth) =>
	everybodyAt(who, place_id, truth).filter(({ person }) => person.state !== 'disabled');

const actsFor = ({ person, verbs }: Person, { rows }: Truth) =>
	verbs.has('read_audit')
		? (rows.get('audit.acts') ?? []).filter(({ city_id }) => city_id === person.city)
		: [];

/** Each group in reach of an import, with each of its teams. */
function teamsOfImport(who: Person, { world }: Truth): [string, Team][] {
	const reach = who.importsMembers ? who.groupsOfStaff('manage_people') : new Set<string>();
	return world.teams
		.filter(({ city }) => city === who.person.city)
		.flatMap((team) =>
			groupsOf(team)
				.filter((group) => reach.has(group))
				.map((group): [string, Team] => [group.split('/')[1] ?? '', team])
		);
}
