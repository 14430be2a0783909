import { PLACE_OF_ROLE, type Role } from '../../src/lib/domain/role';
import { ROLE_VERBS } from '../../src/lib/domain/role_verbs';
import { localDay } from '../support/changes';
import { covers } from './days';
import { membershipId, type Membership, type Person, type World } from './world';

/** Whom a role appoints, invites and removes: what app.role_gives must say, written down once more. */
export const GIVES: Record<Role, Role[]> = {
	member: [],
	deputy: ['member'],
	leader: ['member', 'deputy'],
	ward_officer: ['member', 'deputy', 'leader'],
	area_coordinator: [],
	city_office: ['member', 'deputy', 'leader', 'ward_officer', 'area_coordinator'],
	administrator: [
		...(['member', 'deputy', 'leader', 'ward_officer', 'area_coordinator'] as const),
		...(['city_office', 'administrator'] as const)
	]
};

/** The oracle of who may look after whom; of places by their ids in the person's own city. */
export function appointments(world: World, person: Person, current: Membership[]) {
	const { city } = person;
	const today = localDay();
	const units = world.units.filter((unit) => unit.city === city);
	const teams = world.teams.filter((team) => team.city === city);
	const managing = current.filter(({ role }) => ROLE_VERBS[role].includes('manage_people'));

	function above(unit_id: string): string[] {
		const unit = units.find((one) => one.unit_id === unit_id);
		return unit ? [unit_id, ...(unit.parent ? above(unit.parent) : [])] : [];
	}

	/** The units that hold all of these groups; of none, the city does. */
	function holdAll(groups: string[]): string[] {
		const [first, ...others] = groups.map(above);
		if (!first) return units.filter(({ level }) => level === 'city').map((unit) => unit.unit_id);
		return first.filter((one) => others.every((chain) => chain.includes(one)));
	}

	/** The places by which a place is held: itself, and what stands above all of it. */
	function holding(place_id: string): string[] {
		const team = teams.find((one) => one.team_id === place_id);
		const groups = team?.groups.filter((one) => covers(one, today)).map((one) => one.group_id);
		return [place_id, ...(groups ? holdAll(groups) : above(place_id))];
	}

	const heldBy = (mine: Membership[], places: string[]) =>
		mine.filter((one) => places.includes(placeOf(one)));
	const levelOf = (place_id: string | null) =>
		teams.some((team) => team.team_id === place_id)
			? 'team'
			: units.find((unit) => unit.unit_id === place_id)?.level;

	/** Whether the person may appoint this role in a place, and remove whoever has it there. */
	function gives(role: Role, place_id: string | null): boolean {
		return (
			place_id !== null &&
			levelOf(place_id) === PLACE_OF_ROLE[role] &&
			heldBy(managing, holding(place_id)).some((mine) => GIVES[mine.role].includes(role))
		);
	}

	/** Whether the person may act for somebody as a whole, over all that a session of a kind opens. */
	function manages(person_id: string | null, kind: 'device' | 'password'): boolean {
		const held = (personWith(world, city, person_id)?.memberships ?? [])
			.filter((one) => covers(one, today))
			.filter(({ role }) => kind === 'password' || PLACE_OF_ROLE[role] === 'team');
		return held.length > 0 && held.every((one) => gives(one.role, placeOf(one)));
	}

	/** Whether a new team may be made in these groups; those of other cities do not count. */
	function opensTeam(group_ids: string[]): boolean {
		const groups = group_ids.filter((id) => levelOf(id) === 'group');
		const mine = heldBy(managing, holdAll(groups));
		return groups.length > 0 && mine.some(({ role }) => GIVES[role].includes('leader'));
	}

	/** Whether the person sees who is in a team or on the staff of a unit. */
	function readsPeople(place_id: string | null): boolean {
		const reading = current.filter(({ role }) => ROLE_VERBS[role].includes('read_people'));
		return place_id !== null && heldBy(reading, holding(place_id)).length > 0;
	}

	/** Whether the person may take somebody's place in some team or unit. */
	const removes = (person_id: unknown) =>
		(personWith(world, city, person_id)?.memberships ?? []).some(
			(one) => covers(one, today) && gives(one.role, placeOf(one))
		);
	const knows = (person_id: unknown) => personWith(world, city, person_id) !== undefined;
	/** Whether members of whole units may be imported: by staff, and not by a leader. */
	const importsMembers = managing.some(({ unit_id }) => unit_id);

	/** Whether a password was given lately enough for acts on staff. */
	const fresh = person.signed_in !== 'password an hour ago';
	return {
		...{ gives, manages, removes, knows, opensTeam, readsPeople },
		...{ fresh, levelOf, importsMembers }
	};
}

/** The team or unit of a membership. */
export const placeOf = ({ team_id, unit_id }: Membership) => team_id ?? unit_id ?? '';

export const personWith = (world: World, city: string, person_id: unknown) =>
	world.people.find((one) => one.city === city && one.person_id === person_id);

/** Memberships of a city with their ids and people. */
export function membershipsOf(world: World, city: string) {
	return world.people
		.filter((person) => person.city === city)
		.flatMap((person) =>
			person.memberships.map((held, n) => ({
				id: membershipId(city, person.title, n),
				...{ person, held, current: covers(held, localDay()) }
			}))
		);
}
