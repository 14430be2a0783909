import { describe, expect, it } from 'vitest';
import { openPool } from '../../src/lib/server/database/pool';
import { peopleOfGroups } from '../bench/server_people';
import { household, type Pulled } from '../support/changes';
import { createSmallCity, identityOf, withOwner } from '../support/databases';
import { sharedPostgres } from '../support/postgres_shared';

const GROUPS = 30;
const CHANGES = 100;

describe('the pull of an officer with many groups', () => {
	it('reads only what the phone lacks, however much the city has written', async () => {
		const name = await createSmallCity();
		const url = sharedPostgres().url(name);
		const database = await openPool(sharedPostgres().url(name, 'authenticator'));
		for (const { who, group_id } of await peopleOfGroups(url, GROUPS, GROUPS)) {
			const changes = Array.from({ length: CHANGES }, (_, n) =>
				household(`Nhà ${n}`, { group_id })
			);
			const text = `select api.push(1, '{}', $1::text::json)::text as body`;
			await database.run(who, { text, params: [JSON.stringify(changes)] });
		}

		const officer = identityOf('officer');
		let cursors: Record<string, string> = {};
		for (let more = true; more;) {
			const text = `select api.pull(1, $1::text::json)::text as body`;
			const body = await database.run(officer, { text, params: [JSON.stringify(cursors)] });
			const { groups } = JSON.parse(body ?? '') as { groups: Pulled[] };
			cursors = Object.fromEntries(groups.map((group) => [group.group_id, group.cursor]));
			more = groups.some((group) => group.more);
		}
		await database.close();
		expect(Object.values(cursors).filter((cursor) => cursor !== '')).toHaveLength(GROUPS);

		await withOwner(url, async ({ query }) => {
			await query('analyze app.changes');
			await query('begin');
			await query(
				`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)`,
				[JSON.stringify(officer.claims)]
			);
			await query('select api.pull(1, $1::text::json)', [JSON.stringify(cursors)]);
			const [read] = await query<{ rows: string }>(
				`select seq_tup_read as rows from pg_stat_xact_user_tables where relid = 'app.changes'::regclass`
			);
			await query('rollback');
			expect(Number(read?.rows)).toBe(0);
		});
	});
});
