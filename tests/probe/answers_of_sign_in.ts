import type { ApiRule } from './answers';
import { placeOf } from './appointments';
import { covers } from './days';
import type { Row } from './expectations';
import { passwordOf } from './seed';
import { localDay } from '../support/changes';
import { factsIn, type Truth } from './truth';
import type { Membership, Person } from './world';

/** What the web server is told of somebody who is about to sign in, by a code or by a name. */
export const SIGN_IN: Record<string, ApiRule> = {
	server_join_look: {
		audience: 'server',
		says: ({ person_id }: Row) => (person_id ? [String(person_id)] : []),
		expectedByServer: ({ person_id }, truth) => (opened(person_id, truth) ? [person_id ?? ''] : []),
		showsServer: ({ person_id }, truth) => {
			const [held] = opened(person_id, truth)?.memberships ?? [];
			const { units, teams } = truth.world;
			const its = (name: { unit_id?: string; team_id?: string }) =>
				(name.team_id ?? name.unit_id) === (held && placeOf(held));
			return factsIn([...units, ...teams].filter(its));
		}
	},
	server_change_password: {
		audience: 'server',
		says: (sid: string) => [sid],
		expectedByServer: ({ person_id }, truth) =>
			enabled(person_id, truth, (held) => held.some(({ unit_id }) => unit_id)) &&
			truth.world.people.some(
				(one) => one.person_id === person_id && one.state === 'live' && one.signed_in === 'password'
			)
				? [person_id ?? '']
				: []
	},
	server_sign_in_begin: {
		audience: 'server',
		says: ({ person_id }: Row) => (person_id ? [String(person_id)] : []),
		expectedByServer: ({ person_id }, truth) =>
			signsIn(person_id, truth) ? [person_id ?? ''] : [],
		showsServer: ({ person_id }, truth) =>
			person_id && signsIn(person_id, truth) ? factsIn(passwordOf(person_id)) : []
	}
};

/** Whom an invitation lets in: it was for the first of their memberships. */
const opened = (person_id: string | null, truth: Truth) =>
	enabled(person_id, truth, ([first]) => first !== undefined && covers(first, localDay()));

/** Who signs in by a name and a password: staff, as long as they are. */
const signsIn = (person_id: string | null, truth: Truth) =>
	enabled(person_id, truth, (held) => held.some((one) => one.unit_id && covers(one, localDay())));

function enabled(
	person_id: string | null,
	{ world }: Truth,
	may: (held: Membership[]) => boolean
): Person | undefined {
	return world.people.find(
		(one) => one.person_id === person_id && one.state !== 'disabled' && may(one.memberships)
	);
}
