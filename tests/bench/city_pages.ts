import type { Identity } from '../../src/lib/server/database/database';
import { openPool } from '../../src/lib/server/database/pool';
import type { OwnerDatabase } from '../../src/run/migrations';
import { withOwner } from '../support/databases';
import { openCity } from './city/make';
import { PAGES, type Page } from './city/pages';
import { sizes } from './city/sizes';
import { identityIn } from './full_city';
import { plain, quantile, said, within, type Line } from './line';

const ROUNDS = 40;
const P95_MS = 50;
/** How many times faster than adding up the records. */
const RATIO = 100;
const RECOUNT_S = 300;

/**
 * What each page of the staff asks for, in a city of 10 million records (`npm run bench:city`; made first
 * where it is not there), call to answer; beside it the same answer by GROUP BY over the records. Then
 * all totals are recounted, as an administrator has it done.
 */
export async function cityPages(): Promise<Line[]> {
	const { postgres, url } = await openCity((step, seconds) =>
		process.stderr.write(`${step}: ${seconds.toFixed(1)} s\n`)
	);
	const lines: Line[] = [];
	const database = await openPool(url('authenticator'));
	await withOwner(url(), async (owner) => {
		lines.push(...(await sizes(owner)));
		const ask = (who: Identity, sql: string) => database.run(who, { text: sql, params: [] });
		for (const page of PAGES) lines.push(...(await linesOf(page, owner, ask)));
		const administrator = await identityIn(owner, 'staff administrator');
		lines.push(await recount((sql) => ask(administrator, sql)));
	});
	await database.close();
	await postgres.stop();
	return lines;
}

type Ask = (who: Identity, sql: string) => Promise<string | null>;

async function linesOf(page: Page, owner: OwnerDatabase, ask: Ask): Promise<Line[]> {
	const { name, fn, args = {}, records } = page;
	const who = await identityIn(owner, page.who);
	const given = await Promise.all(
		Object.entries(args).map(async ([arg, sql]) => {
			const [row] = await owner.query<{ value: string }>(
				`select quote_nullable((${sql})::text) || '::' || pg_typeof(${sql}) as value`
			);
			return `${arg} => ${row?.value}`;
		})
	);
	const sql = `select api.${fn}(${given.join(', ')})::text as body`;
	const times: number[] = [];
	let size = 0;
	for (let round = 0; round < ROUNDS; round++) {
		const began = performance.now();
		size = (await ask(who, sql))?.length ?? 0;
		times.push(performance.now() - began);
	}
	const p95 = quantile(times, 0.95);
	const line = said(
		`api.${fn} of ${page.who}, ${Math.round(size / 1000)} kB, call to answer, ${ROUNDS} times`,
		within(`city.page.${name}.p95`, p95, 'ms', P95_MS)
	);
	if (!records) return [line];
	const began = performance.now();
	await owner.query(records);
	const theirs = performance.now() - began;
	const ratio = Number((theirs / quantile(times, 0.5)).toPrecision(3));
	return [
		line,
		{
			...plain(`city.page.${name}.by_records`, theirs, 'ms'),
			peer: 'the median of the page',
			ratio,
			budget: RATIO,
			ok: ratio >= RATIO
		}
	];
}

/** All groups, as many at a time as one call may take. */
async function recount(ask: (sql: string) => Promise<string | null>): Promise<Line> {
	const began = performance.now();
	let after: string | null = null;
	let differences = 0;
	let groups = 0;
	do {
		const body = await ask(
			`select api.recount(${after ? `'${after}'::uuid` : 'null::uuid'}, 50)::text as body`
		);
		const answer = JSON.parse(body ?? '') as {
			recounted: number;
			differences: unknown[];
			next: string | null;
		};
		groups += answer.recounted;
		differences += answer.differences.length;
		after = answer.next;
	} while (after);
	const seconds = (performance.now() - began) / 1000;
	return said(
		`all totals of ${groups} groups from their records, in calls of 50; ${differences} differed`,
		within('city.recount', seconds, 's', RECOUNT_S)
	);
}
