import pino from 'pino';
import type { PullAnswer } from '../../../src/lib/domain/change';
import type { Identity } from '../../../src/lib/server/database/database';
import { openPool } from '../../../src/lib/server/database/pool';
import { openGateway } from '../../../src/lib/server/gateway/gateway';
import { mintToken } from '../../../src/lib/server/token/mint';
import { createSmallCity, identityOf, withOwner } from '../../support/databases';
import { testKeys } from '../../support/gateways';
import type { Postgres } from '../../support/postgres';
import { peopleOfGroups } from '../server_people';
import { changesOf, workOf } from './data';

const BATCH = 500;

/** How much work a city holds: in so many groups of a ward, so much in each. */
export type Size = { groups: number; households: number; visits: number };

/** The officer of the ward, or the member of a group, by its place. */
export type Person = 'officer' | number;

export type City = Awaited<ReturnType<typeof openCity>>;

/** The product's own server part over a PostgreSQL: a ward whose groups have done this work. */
export async function openCity(postgres: Postgres, size: Size) {
	const name = await createSmallCity(postgres);
	const url = postgres.url(name);
	const people = await peopleOfGroups(url, size.groups, size.groups);
	const database = await openPool(postgres.url(name, 'authenticator'));
	const keys = await testKeys();
	const gateway = await openGateway(database, keys, pino({ level: 'silent' }));

	/** The ward's officer, who sees all of it, or a member of one of the groups. */
	function identity(person: Person): Identity {
		const member = person === 'officer' ? undefined : people[person]?.who;
		return member ?? identityOf('officer');
	}

	const work = workOf(
		people.map(({ group_id }) => group_id),
		size.households,
		size.visits
	);
	for (const [n, done] of work.entries()) {
		const changes = changesOf(done);
		for (let from = 0; from < changes.length; from += BATCH) {
			const text = `select api.push(1, '{}', $1::text::json)::text as body`;
			const params = [JSON.stringify(changes.slice(from, from + BATCH))];
			const body = await database.run(identity(n), { text, params });
			const { verdicts } = JSON.parse(body ?? '') as { verdicts: { verdict: string }[] };
			const odd = verdicts.find(({ verdict }) => verdict !== 'applied');
			if (odd) throw new Error(`not applied: ${JSON.stringify(odd)}`);
		}
	}
	await withOwner(url, async ({ exec }) => void (await exec('vacuum analyze')));

	/** The answers of a first pull by somebody, as they are sent. */
	async function firstPull(person: Person): Promise<string[]> {
		const texts: string[] = [];
		let cursors: Record<string, string> = {};
		for (let more = true; more;) {
			const text = `select api.pull(1, $1::text::json)::text as body`;
			const params = [JSON.stringify(cursors)];
			const body = (await database.run(identity(person), { text, params })) ?? '';
			texts.push(body);
			const { groups } = JSON.parse(body) as PullAnswer;
			cursors = Object.fromEntries(groups.map(({ group_id, cursor }) => [group_id, cursor]));
			more = groups.some((group) => group.more);
		}
		return texts;
	}

	return {
		gateway,
		work,
		firstPull,
		/** What somebody's browser shows of itself. */
		async bearer(person: Person) {
			const { sub } = identity(person).claims as { sub: string };
			const bearer = { role: 'authenticated', sub, sid: sub } as const;
			return { person_id: sub, token: (await mintToken(keys, bearer)).token };
		},
		/** How many visits the database holds. */
		async visits(): Promise<number> {
			let count = 0;
			await withOwner(url, async ({ query }) => {
				const [row] = await query<{ count: string }>('select count(*) from app.visits');
				count = Number(row?.count);
			});
			return count;
		},
		close: () => database.close()
	};
}
