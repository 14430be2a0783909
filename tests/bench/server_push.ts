import { openPool } from '../../src/lib/server/database/pool';
import type { Database, Identity } from '../../src/lib/server/database/database';
import { household, visit } from '../support/changes';
import { createSmallCity, withOwner } from '../support/databases';
import { startPostgres, type Postgres } from '../support/postgres';
import { beside, type Line } from './line';
import { peopleOfGroups } from './server_people';

const CLIENTS = 16;
const BATCHES = 12;
const HOMES = 100;

const WITHOUT_TOTALS = ['households', 'visits', 'signups', 'trainings']
	.map((table) => `alter table app.${table} disable trigger user;`)
	.join('\n');

type Pushing = { who: Identity; homes: string[]; group_id: string };

/**
 * What the database itself takes in, totals and all: batches of 100 visits by one phone and by 16 at
 * once, each to its own group or all to one. The peer is the same work with the totals switched off.
 */
export async function serverPush(): Promise<Line[]> {
	const postgres = await startPostgres();
	const lines: Line[] = [];
	for (const [name, clients, groups] of [
		['1_client', 1, 1],
		['16_clients.many_groups', CLIENTS, CLIENTS],
		['16_clients.one_group', CLIENTS, 1]
	] as const) {
		const bare = await taken(postgres, clients, groups, WITHOUT_TOTALS);
		const rate = await taken(postgres, clients, groups);
		lines.push(beside(`server.push.${name}`, rate, 'records/s', 'the same without totals', bare));
	}
	await postgres.stop();
	return lines;
}

/** Records a second. */
async function taken(
	postgres: Postgres,
	clients: number,
	groups: number,
	prepare = ''
): Promise<number> {
	const name = await createSmallCity(postgres);
	await withOwner(postgres.url(name), async ({ exec }) => void (await exec(prepare)));
	const people = await peopleOfGroups(postgres.url(name), clients, groups);
	const database = await openPool(postgres.url(name, 'authenticator'));
	const pushing: Pushing[] = [];
	for (const { who, group_id } of people) {
		const homes = Array.from({ length: HOMES }, (_, i) => household(`Nhà ${i}`, { group_id }));
		await push(database, who, JSON.stringify(homes));
		pushing.push({ who, group_id, homes: homes.map((home) => home.record_id) });
	}
	const batches = pushing.map(({ homes, group_id }) =>
		Array.from({ length: BATCHES }, () =>
			JSON.stringify(homes.map((home) => visit(home, {}, { group_id })))
		)
	);
	const began = performance.now();
	await Promise.all(
		pushing.map(async ({ who }, n) => {
			for (const batch of batches[n] ?? []) await push(database, who, batch);
		})
	);
	const seconds = (performance.now() - began) / 1000;
	await database.close();
	return (clients * BATCHES * HOMES) / seconds;
}

async function push(database: Database, who: Identity, changes: string): Promise<void> {
	const body = await database.run(who, {
		text: `select api.push(1, '{}', $1::text::json)::text as body`,
		params: [changes]
	});
	const { verdicts } = JSON.parse(body ?? '') as { verdicts: { verdict: string }[] };
	if (verdicts.length !== HOMES || verdicts.some((one) => one.verdict !== 'applied'))
		throw new Error(`a change was not applied: ${body?.slice(0, 200)}`);
}
