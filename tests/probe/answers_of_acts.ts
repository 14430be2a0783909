import type { ApiRule } from './answers';
import { membershipsOf, personWith, placeOf } from './appointments';
import type { Focus } from './arguments';
import type { Person, Row } from './expectations';
import { covers } from './days';
import { localDay } from '../support/changes';
import { factsIn, type Truth } from './truth';
import { unitId } from './world';

/** Done, or answered as a problem. */
const act = (
	done: string,
	may: (who: Person, asked: Focus, truth: Truth) => unknown,
	shows?: ApiRule['shows']
): ApiRule => ({
	audience: 'people',
	says: (answer: Row) => ('problem' in answer ? [] : [done]),
	expects: (who, asked, truth) => (may(who, asked, truth) ? [done] : []),
	shows
});

/** The acts on people and teams: who may, by role and place. */
export const ACTS: Record<string, ApiRule> = {
	add_team: act('added', (who, asked) => who.opensTeam(groupsAsked(asked))),
	change_team: act(
		'changed',
		(who, asked) => who.gives('leader', asked.team_id) && who.opensTeam(groupsAsked(asked))
	),
	end_team: act('ended', (who, { team_id }) => who.gives('leader', team_id)),
	add_member: act('added', (who, asked) => mayAppoint(who, asked)),
	add_membership: act('added', (who, asked, { world }) => {
		const person = personWith(world, who.person.city, asked.person_id);
		const there = person?.memberships.some(
			(one) => placeOf(one) === asked.unit_id && one.to > localDay()
		);
		return person && person.state !== 'disabled' && !there && mayAppoint(who, asked);
	}),
	end_membership: act(
		'ended',
		(who, asked, truth) => mayEnd(who, asked, truth),
		// The inner function answers the membership itself.
		(who, asked, truth) => {
			const ended = mayEnd(who, asked, truth);
			return ended ? [ended.person.person_id, placeOf(ended.held)] : [];
		}
	),
	change_role: act('changed', (who, asked, truth) => {
		const ending = mayEnd(who, asked, truth);
		return (
			ending &&
			asked.role &&
			ending.person.state !== 'disabled' &&
			who.gives(asked.role, placeOf(ending.held))
		);
	}),
	replace_member: act(
		'replaced',
		(who, asked, truth) => mayEnd(who, asked, truth),
		(who, asked, truth) => placeOfMembership(who, asked, truth)
	),
	disable_person: act(
		'disabled',
		(who, { person_id }, { world }) =>
			who.manages(person_id, 'password') &&
			person_id !== who.person.person_id &&
			(who.fresh || !isStaff(personWith(world, who.person.city, person_id)))
	),
	change_person: act('changed', (who, { person_id }) => who.manages(person_id, 'password')),
	signed_in: {
		...act('told', (who, { person_id }) => ofTheirs(who, person_id)),
		shows: (who, { person_id }, { rows }) =>
			ofTheirs(who, person_id)
				? ['app.sessions', 'app.hand_in_keys'].flatMap((table) =>
						factsIn(rows.get(table)?.filter((one) => one.person_id === person_id))
					)
				: []
	},
	revoke: act('ended', (who, { person_id }) => ofTheirs(who, person_id)),
	block_phone: act(
		'blocked',
		(who, { person_id }, { rows }) =>
			ofTheirs(who, person_id) &&
			rows
				.get('app.hand_in_keys')
				?.some((key) => key.person_id === person_id && key.city_id === who.person.city)
	),
	invite: act(
		'invited',
		(who, asked, truth) => {
			// Nobody is nobody's to invite, and a sheet without cards is one.
			if (!asked.membership_id) return true;
			const one = membershipAt(who, asked, truth);
			return (
				one?.current &&
				one.person.state !== 'disabled' &&
				who.manages(one.person.person_id, kindOf(one.held)) &&
				(who.fresh || kindOf(one.held) === 'device')
			);
		},
		(who, asked, truth) => {
			const one = membershipAt(who, asked, truth);
			return one && who.manages(one.person.person_id, kindOf(one.held))
				? [
						...placeOfMembership(who, asked, truth),
						...factsIn([one.person.person_id, one.person.name])
					]
				: [];
		}
	),
	withdraw_invitations: act('withdrawn', (who, asked, truth) => {
		const one = membershipAt(who, asked, truth);
		return one && who.manages(one.person.person_id, kindOf(one.held));
	})
};

/** The groups that a call for a team names. */
const groupsAsked = ({ city, group_id, other, n }: Focus) =>
	[group_id, n % 2 && city ? unitId(city, 'group', other) : null].flatMap((id) => id ?? []);

const kindOf = ({ unit_id }: { unit_id?: string }) => (unit_id ? 'password' : 'device');

const isStaff = (person: Truth['world']['people'][0] | undefined) =>
	person?.memberships.some((one) => one.unit_id && covers(one, localDay()));

/** Sessions are shown to their person and to who looks after them. */
const ofTheirs = (who: Person, person_id: string | null) =>
	person_id === who.person.person_id || who.manages(person_id, 'password');

function membershipAt(who: Person, { membership_id }: Focus, { world }: Truth) {
	return membershipsOf(world, who.person.city).find(({ id }) => id === membership_id);
}

function mayAppoint(who: Person, { role, unit_id }: Focus) {
	return role && who.gives(role, unit_id) && (who.fresh || who.levelOf(unit_id) === 'team');
}

/** The membership, where this person may end it: nobody ends their own as an administrator. */
function mayEnd(who: Person, asked: Focus, truth: Truth) {
	const one = membershipAt(who, asked, truth);
	const may =
		one?.current &&
		who.gives(one.held.role, placeOf(one.held)) &&
		(who.fresh || kindOf(one.held) === 'device') &&
		!(one.held.role === 'administrator' && one.person === who.person);
	return may ? one : undefined;
}

/** The id and name of the place in which an act was done. */
function placeOfMembership(who: Person, asked: Focus, truth: Truth): string[] {
	const one = mayEnd(who, asked, truth) ?? membershipAt(who, asked, truth);
	const place_id = one && placeOf(one.held);
	const its = ({ city, ...place }: { city: string; team_id?: string; unit_id?: string }) =>
		city === who.person.city && (place.team_id ?? place.unit_id) === place_id;
	return factsIn([...truth.world.teams, ...truth.world.units].filter(its).map(nameOf));
}

const nameOf = ({ name, ...place }: { name: string; team_id?: string; unit_id?: string }) => [
	name,
	place.team_id ?? place.unit_id
];
