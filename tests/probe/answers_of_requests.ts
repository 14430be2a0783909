import type { ApiRule } from './answers';
import type { Row } from './expectations';
import { hasEnded } from './arguments';
import { factsIn, type Truth } from './truth';

const idsOf = (groups: Set<string>) => [...groups].map((group) => group.split('/')[1] ?? '');

/** What is said of requests for help: by the teams and officers who receive them, and behind a poster. */
export const REQUESTS: Record<string, ApiRule> = {
	poster: {
		audience: 'people',
		says: ({ token }: Row) => (token ? ['a poster'] : []),
		expects: (who, { group_id }) =>
			idsOf(who.groups('receive_requests')).includes(group_id ?? '') ? ['a poster'] : []
	},
	enter_request: {
		audience: 'people',
		says: ({ request_id }: Row) => (request_id ? ['entered'] : []),
		expects: (who, { group_id }) =>
			idsOf(who.groups('receive_requests')).includes(group_id ?? '') ? ['entered'] : []
	},
	requests_received: {
		audience: 'people',
		says: ({ groups, requests }: { groups: Row[]; requests: Row[] }) => [
			...groups.map(({ group_id }) => String(group_id)),
			...requests.map(({ id }) => String(id))
		],
		expects: (who, _, truth) => {
			const mine = who.groups('receive_requests');
			const theirs = (truth.rows.get('app.requests') ?? []).filter(
				({ city_id, group_id }) =>
					city_id === who.person.city && mine.has(`${String(city_id)}/${String(group_id)}`)
			);
			return [...idsOf(mine), ...theirs.map(({ id }) => String(id))];
		}
	},
	server_ask_page: {
		audience: 'server',
		says: ({ group_name }: Row) => [String(group_name)],
		expectedByServer: (asked, truth) =>
			hasEnded(asked.n) ? [] : namesAt(asked, truth).slice(0, 1),
		showsServer: (asked, truth) => {
			if (hasEnded(asked.n)) return [];
			return factsIn([
				...namesAt(asked, truth),
				(truth.rows.get('app.catalogue') ?? []).filter(({ city_id }) => city_id === asked.city),
				(truth.rows.get('app.cities') ?? []).filter(({ city_id }) => city_id === asked.city)
			]);
		}
	}
};

/** The group where a poster hangs, and its ward. */
function namesAt(
	{ city, group_id }: { city: string | null; group_id: string | null },
	{ world }: Truth
): string[] {
	const named = (id: string | undefined | null) =>
		world.units.find((unit) => unit.city === city && unit.unit_id === id);
	const group = named(group_id);
	return [group, named(group?.parent)].flatMap((unit) => unit?.name ?? []);
}
