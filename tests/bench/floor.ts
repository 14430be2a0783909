import { PGlite } from '@electric-sql/pglite';
import postgres from 'postgres';
import type { Postgres } from '../support/postgres';
import { quantile } from './line';

/** Records a second that a database keeps and gives back when nobody asks who, what or why. */
export type Floor = { insert: number; select: number };

const ROUNDS = 10;

const BARE = `create table bare (id uuid primary key default gen_random_uuid(), household_id uuid,
  day date default current_date, topics text[] default '{vneid}', people int default 1, note text)`;
const KEEP = 'insert into bare (household_id, note) values (gen_random_uuid(), $1)';
const GIVE = 'select json_agg(bare) from (select * from bare limit 1000) as bare';

/** On PGlite (null), or in a new database of a PostgreSQL: 100 plain inserts in one transaction, 1,000 rows as JSON. */
export async function floor(server: Postgres | null): Promise<Floor> {
	if (server) {
		const sql = postgres(server.url(await server.createDatabase()), { max: 1 });
		const found = await race(
			(text) => sql.unsafe(text),
			() =>
				sql.begin(async (one) => {
					for (let i = 0; i < 100; i++) await one.unsafe(KEEP, [`ghi chú ${i}`]);
				})
		);
		await sql.end();
		return found;
	}
	const lite = await PGlite.create();
	const found = await race(
		(text) => lite.query(text),
		() =>
			lite.transaction(async (one) => {
				for (let i = 0; i < 100; i++) await one.query(KEEP, [`ghi chú ${i}`]);
			})
	);
	await lite.close();
	return found;
}

async function race(
	ask: (sql: string) => Promise<unknown>,
	keep100: () => Promise<unknown>
): Promise<Floor> {
	await ask(BARE);
	const inserts = await times(keep100);
	const selects = await times(() => ask(GIVE));
	return { insert: 100_000 / quantile(inserts, 0.5), select: 1_000_000 / quantile(selects, 0.5) };
}

async function times(work: () => Promise<unknown>): Promise<number[]> {
	const taken: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const began = performance.now();
		await work();
		taken.push(performance.now() - began);
	}
	return taken;
}
