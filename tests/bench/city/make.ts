import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { applyMigrations, type OwnerDatabase } from '../../../src/run/migrations';
import { withOwner } from '../../support/databases';
import { startPostgres, type Postgres } from '../../support/postgres';
import { settleFullCity } from '../full_city';
import { aside, back, LARGE } from './indexes';
import {
	AROUND,
	householdsOf,
	PARTS,
	RECORDS,
	requestsOf,
	signupsOf,
	totalsOf,
	trainingsOf,
	visitsOf
} from './work';

const MIGRATIONS = new URL('../../../supabase/migrations/', import.meta.url);

/** Where the city lies between runs: CITY_DIR, else a folder of its own among the temporary ones. */
export const CITY_DIR = process.env.CITY_DIR ?? path.join(tmpdir(), 'tung-nha-city');

/** Two at once: more do not help, since each is a processor's whole work. */
const HANDS = 2;

type Step = { step: string; work: (owner: OwnerDatabase) => Promise<unknown> };

/**
 * The city of 10 million records, in a PostgreSQL that keeps its folder: made where it is not there, gone on
 * with where it was left, and made anew when the migrations have changed.
 * @param say hears each step that was taken, with its seconds
 */
export async function openCity(say: (step: string, seconds: number) => void) {
	const postgres = await startPostgres({
		fsync: false,
		keptIn: CITY_DIR,
		settings: {
			shared_buffers: '1GB',
			maintenance_work_mem: '512MB',
			max_wal_size: '16GB',
			wal_level: 'minimal',
			max_wal_senders: 0
		}
	});
	const name = await database(postgres);
	const url = (user?: string) => postgres.url(name, user);
	for (const phase of PHASES) await inTurn(url(), phase, say);
	return { postgres, url };
}

/** The database of this size and of these migrations; what was made for others goes. */
async function database(postgres: Postgres): Promise<string> {
	const hash = createHash('sha256').update(String(RECORDS));
	for (const file of readdirSync(MIGRATIONS).sort())
		hash.update(readFileSync(new URL(file, MIGRATIONS)));
	for (const file of ['work.ts', '../full_city.ts'])
		hash.update(readFileSync(new URL(file, import.meta.url)));
	const name = `city_${hash.digest('hex').slice(0, 12)}`;
	await withOwner(postgres.url(), async ({ query, exec }) => {
		const found = await query<{ datname: string }>(
			`select datname from pg_database where datname like 'city\\_%'`
		);
		for (const { datname } of found)
			if (datname !== name) await exec(`drop database ${datname} with (force)`);
		if (!found.some(({ datname }) => datname === name)) await exec(`create database ${name}`);
	});
	return name;
}

const once = (step: string, sql: string): Step => ({ step, work: ({ exec }) => exec(sql) });
const parts = (step: string, sql: (part: number) => string): Step[] =>
	Array.from({ length: PARTS }, (_, part) => once(`${step} ${part + 1} of ${PARTS}`, sql(part)));

/** Steps of one phase may go on at once; the next phase needs all of them. */
const PHASES: Step[][] = [
	[{ step: 'migrations', work: (owner) => applyMigrations(owner) }],
	[{ step: 'units, teams and people', work: (owner) => settleFullCity(owner) }],
	[once('indexes put aside', aside)],
	parts('households', householdsOf),
	[once('households seen', 'analyze app.households')],
	[
		...parts('visits', visitsOf),
		...parts('sign-ups', signupsOf),
		...parts('trainings', trainingsOf),
		...parts('requests', requestsOf)
	],
	LARGE.map((table) => once(`indexes of ${table}`, back(table))),
	[once('logs, phones and a plan', AROUND)],
	[once('records seen', 'vacuum analyze')],
	parts('totals', totalsOf),
	[once('totals seen', 'vacuum analyze')]
];

async function inTurn(url: string, phase: Step[], say: (step: string, seconds: number) => void) {
	const waiting = [...phase];
	const hand = () =>
		withOwner(url, async (owner) => {
			await owner.exec(`
				create schema if not exists made;
				create table if not exists made.steps (step text primary key, seconds numeric);
				-- Neither counted nor checked row by row: the totals are made from the records at the end.
				set session_replication_role = replica;
				set synchronous_commit = off;
				set work_mem = '128MB';`);
			for (let next = waiting.shift(); next; next = waiting.shift()) {
				const { step, work } = next;
				if ((await owner.query('select from made.steps where step = $1', [step])).length > 0)
					continue;
				const began = performance.now();
				// A vacuum is no part of a transaction; and to take it twice is no harm.
				const whole = !step.endsWith('seen') && step !== 'migrations';
				if (whole) await owner.exec('begin');
				await work(owner);
				const seconds = (performance.now() - began) / 1000;
				await owner.query('insert into made.steps values ($1, $2)', [step, seconds]);
				if (whole) await owner.exec('commit');
				say(step, seconds);
			}
		});
	// The first makes the schema for all.
	if (phase.length === 1) return hand();
	await Promise.all(Array.from({ length: HANDS }, hand));
}
