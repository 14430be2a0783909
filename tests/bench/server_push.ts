import { openPool } from '../../src/lib/server/database/pool';
import type { Database, Identity } from '../../src/lib/server/database/database';
import { household, visit } from '../support/changes';
import { createSmallCity, withOwner } from '../support/databases';
import { startPostgres, type Postgres } from '../support/postgres';
import { atLeast, quantile, reaches, type Line } from './line';
import { peopleOfGroups } from './server_people';
import { plainRows } from './server_plain_rows';
import { withSlowCommits } from './slow_commits';

const CLIENTS = 16;
const HOMES = 100;
const ROUNDS = 3;

/** How many batches each round sends, over all clients. */
const BATCHES = 48;

const CASES = [
	['1_client', 1, 1],
	['16_clients.many_groups', CLIENTS, CLIENTS],
	['16_clients.one_group', CLIENTS, 1]
] as const;

/** Of the rate without totals. */
const SHARE_WITH_TOTALS = 0.65;
const RECORDS_A_SECOND = 20_000;

export type Pushing = { who: Identity; homes: string[]; group_id: string };
type Rates = { plain: number; without: number; counted: number };

/**
 * What the database itself takes in, totals and all: batches of 100 visits by one phone and by 16 at
 * once, each to its own group or all to one, with the disk as it is and with commits of 5 ms. Beside
 * it, round for round on the same database: the same work with the totals switched off, and the same
 * rows inserted plainly by nobody in particular, with the same indexes and constraints.
 */
export async function serverPush(): Promise<Line[]> {
	const postgres = await startPostgres();
	const lines = await linesOf(postgres, '');
	await withSlowCommits(postgres, async () => {
		lines.push(...(await linesOf(postgres, '.commits_of_5_ms')));
	});
	await postgres.stop();
	return lines;
}

async function linesOf(postgres: Postgres, commits: string): Promise<Line[]> {
	const lines: Line[] = [];
	for (const [name, clients, groups] of CASES) {
		const { plain, without, counted } = await rates(postgres, clients, groups);
		const line = `server.push.${name}${commits}`;
		const peer = 'the same rows, plain inserts';
		lines.push(
			atLeast(line, counted, 'records/s', 'the same without totals', without, SHARE_WITH_TOTALS),
			reaches(
				`${line}.rate`,
				counted,
				'records/s',
				peer,
				plain,
				groups > 1 ? RECORDS_A_SECOND : null
			)
		);
	}
	return lines;
}

/** Records a second, the median of the rounds. */
async function rates(postgres: Postgres, clients: number, groups: number): Promise<Rates> {
	const name = await createSmallCity(postgres);
	const url = postgres.url(name);
	const people = await peopleOfGroups(url, clients, groups);
	const database = await openPool(postgres.url(name, 'authenticator'));
	const pushing: Pushing[] = [];
	for (const { who, group_id } of people) {
		const homes = Array.from({ length: HOMES }, (_, i) => household(`Nhà ${i}`, { group_id }));
		await push(database, who, JSON.stringify(homes));
		pushing.push({ who, group_id, homes: homes.map((home) => home.record_id) });
	}
	// As autovacuum would within a minute: plans made for empty tables are no measure.
	await owner(url, 'analyze');

	const measured: Record<keyof Rates, number[]> = { plain: [], without: [], counted: [] };
	for (let round = 0; round < ROUNDS; round++) {
		measured.counted.push(await pushed(database, pushing));
		await owner(url, totals('disable'));
		measured.without.push(await pushed(database, pushing));
		measured.plain.push(await plainRows(url, pushing, BATCHES / clients));
		await owner(url, totals('enable'));
	}
	await database.close();
	return {
		plain: quantile(measured.plain, 0.5),
		without: quantile(measured.without, 0.5),
		counted: quantile(measured.counted, 0.5)
	};
}

async function pushed(database: Database, pushing: Pushing[]): Promise<number> {
	const batches = pushing.map(({ homes, group_id }) =>
		Array.from({ length: BATCHES / pushing.length }, () =>
			JSON.stringify(homes.map((home) => visit(home, {}, { group_id })))
		)
	);
	const began = performance.now();
	await Promise.all(
		pushing.map(async ({ who }, n) => {
			for (const batch of batches[n] ?? []) await push(database, who, batch);
		})
	);
	return (BATCHES * HOMES * 1000) / (performance.now() - began);
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

const totals = (which: 'enable' | 'disable') =>
	['households', 'visits', 'signups', 'trainings']
		.map((table) => `alter table app.${table} ${which} trigger user;`)
		.join('\n');

const owner = (url: string, sql: string) =>
	withOwner(url, async ({ exec }) => void (await exec(sql)));
