import { openPool } from '../../src/lib/server/database/pool';
import { household, visit } from '../support/changes';
import { createSmallCity } from '../support/databases';
import { startPostgres } from '../support/postgres';
import { floor } from './floor';
import { quantile, reaches, type Line } from './line';
import { peopleOfGroups } from './server_people';

const ROUNDS = 60;
const ROWS_A_SECOND = 80_000;

/** What the database itself tells: first pulls of a group of 1,000 records, rows a second. */
export async function serverPull(): Promise<Line[]> {
	const postgres = await startPostgres();
	const name = await createSmallCity(postgres);
	const [person] = await peopleOfGroups(postgres.url(name), 1, 1);
	if (!person) throw new Error('nobody to pull');
	const { who, group_id } = person;
	const database = await openPool(postgres.url(name, 'authenticator'));
	const homes = Array.from({ length: 200 }, (_, i) => household(`Nhà ${i}`, { group_id }));
	const push = (changes: object[]) =>
		database.run(who, {
			text: `select api.push(1, '{}', $1::text::json)::text as body`,
			params: [JSON.stringify(changes)]
		});
	await push(homes);
	for (let i = 0; i < 4; i++)
		await push(homes.map((home) => visit(home.record_id, {}, { group_id })));

	const times: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const began = performance.now();
		await database.run(who, { text: `select api.pull(1, '{}')::text as body`, params: [] });
		times.push(performance.now() - began);
	}
	const { select } = await floor(postgres);
	await database.close();
	await postgres.stop();
	const rate = 1_000_000 / quantile(times, 0.5);
	return [
		reaches('server.pull.1000_records', rate, 'rows/s', 'bare rows/s', select, ROWS_A_SECOND)
	];
}
