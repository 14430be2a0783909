import postgres from 'postgres';
import { v7 } from 'uuid';
import type { Pushing } from './server_push';

/** As many connections as the gateway's pool has. */
const CONNECTIONS = 10;

/** Numbers that no push gives out. */
let seq = 1_000_000_000;

const VISITS = `
	insert into app.visits (city_id, id, group_id, seq, author_id, recorded_at, household_id, day, topics, outcome, people_helped)
	select c.city_id, n.id, $3, $4 + n.n, $5, now(), n.household_id, current_date, '{vneid}', 'helped', 1
	from app.cities c, unnest($1::uuid[], $2::uuid[]) with ordinality n(id, household_id, n)`;
const CHANGES = `
	insert into app.changes (city_id, change_id, group_id, seq, kind, record_id, author_id, fields, at, verdict)
	select c.city_id, n.change_id, $3, $4 + n.n, 'visit', n.id, $5,
		jsonb_build_object('household_id', n.household_id, 'day', current_date, 'topics', '["vneid"]'::jsonb, 'outcome', 'helped', 'people_helped', 1),
		now(), 'applied'
	from app.cities c, unnest($1::uuid[], $2::uuid[], $6::uuid[]) with ordinality n(id, household_id, change_id, n)`;

/**
 * The limit of this machine: the rows that a push of visits leaves behind, into the same tables with
 * their indexes and constraints, a hundred in a transaction, with nobody asking whose they are.
 * @returns records a second
 */
export async function plainRows(url: string, pushing: Pushing[], batches: number): Promise<number> {
	const sql = postgres(url, { max: CONNECTIONS, onnotice: () => {} });
	await Promise.all(Array.from({ length: CONNECTIONS }, () => sql`select pg_sleep(0)`));
	const began = performance.now();
	await Promise.all(
		pushing.map(async ({ who, homes, group_id }) => {
			const author_id = (who.claims as { sub: string }).sub;
			for (let batch = 0; batch < batches; batch++) {
				const ids = homes.map(() => v7());
				const first = (seq += homes.length);
				await sql.begin(async (one) => {
					await one.unsafe(VISITS, [ids, homes, group_id, first, author_id]);
					await one.unsafe(CHANGES, [ids, homes, group_id, first, author_id, ids]);
				});
			}
		})
	);
	const rate = (pushing.length * batches * 100 * 1000) / (performance.now() - began);
	await sql.end();
	return rate;
}
