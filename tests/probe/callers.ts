import type { Identity } from '../../src/lib/server/database/database';
import { idOf } from '../support/small_city';
import { scopeOf, type Scope } from './scope';
import { CITIES, personId, type Person, type World } from './world';

/** Somebody who knocks: as what, with which claims, and who that truly is. */
export type Caller = {
	name: string;
	identity: Identity;
	/** The person whose live session stands behind the call; null when there is none. */
	scope: Scope | null;
	/** Whether it is the web server's own call. */
	server: boolean;
	/** Whether it is the one who tries every column for its database role, which holds the grants. */
	columns?: boolean;
};

/** The session's public id and the person's id are the same in this world, unless said otherwise. */
const claimsOf = ({ person_id }: Pick<Person, 'person_id'>) => ({
	role: 'authenticated',
	sub: person_id,
	sid: person_id
});

/** Everyone who knocks, the plainest cases first. */
export function makeCallers(world: World): Caller[] {
	const [one = '', two = ''] = CITIES;
	const alive = (person: Person) => (person.state === 'live' ? scopeOf(world, person) : null);
	const people = world.people
		.filter(({ city, title }) => city === one || / (here|elsewhere)$/.test(title))
		.filter(({ title }) => !title.startsWith('writer'))
		.map((person) => ({
			name: `${person.title} (${person.city})`,
			identity: { role: 'authenticated' as const, claims: claimsOf(person) },
			scope: alive(person),
			server: false
		}));

	const sid = personId(one, 'city_office here');
	const nobody = world.people.find(({ city, title }) => city === one && title === 'nobody');
	const as = (name: string, role: string, claims: object, rest: Partial<Caller> = {}): Caller => ({
		name,
		identity: { role: role as Identity['role'], claims },
		scope: null,
		server: false,
		...rest
	});
	const callers = [
		...people,
		as(
			'nobody who claims to be everything',
			'authenticated',
			{
				...claimsOf({ person_id: personId(one, 'nobody') }),
				...{ city_id: two, app_role: 'administrator', verbs: ['read_records', 'compare_wards'] },
				...{ group_ids: world.units.map((unit) => unit.unit_id), is_admin: true },
				...{ app_metadata: { role: 'administrator' }, user_role: 'service_role' }
			},
			{ scope: nobody ? scopeOf(world, nobody) : null }
		),
		as("a live session in another's name", 'authenticated', {
			sub: personId(one, 'ward_officer here'),
			sid
		}),
		as("an officer's name with a session of the other city", 'authenticated', {
			sub: personId(one, 'ward_officer here'),
			sid: personId(two, 'ward_officer here')
		}),
		as('an unknown session', 'authenticated', { sub: sid, sid: idOf('no such session') }),
		as('a name without a session', 'authenticated', { sub: sid }),
		as('a session without a name', 'authenticated', { sid }),
		as('claims that are no ids', 'authenticated', { sub: "' or true --", sid: ['*'] }),
		as('no claims at all', 'authenticated', {}),
		as('a stranger without a token', 'anon', { role: 'anon' }),
		as('a stranger with the claims of a live session', 'anon', { role: 'anon', sub: sid, sid }),
		as('the login role that took on nobody', 'authenticator', { sub: sid, sid }),
		as('the web server', 'app_server', { role: 'app_server', sub: 'app_server' }, { server: true }),
		as(
			'the web server with the claims of a person',
			'app_server',
			{ sub: sid, sid },
			{
				server: true
			}
		)
	];
	const roles = new Set<string>();
	return callers.map((who) => {
		const columns = !roles.has(who.identity.role);
		roles.add(who.identity.role);
		return { ...who, columns };
	});
}
