import type { QuestionsAnswer } from '../../src/lib/data/functions';
import { openPool } from '../../src/lib/server/database/pool';
import { applyMigrations, type OwnerDatabase } from '../../src/run/migrations';
import { withOwner } from '../support/databases';
import { startPostgres } from '../support/postgres';
import { identityIn, idSql, settleFullCity } from './full_city';
import { quantile, said, within, type Line } from './line';

const ROUNDS = 40;
/** Groups of the area whose figures are filled in: 11 wards of 40 groups. */
const IN_AREA = `select n from generate_series(0, 3765) n where n % 93 % 9 = 0`;

/** What leaders, officers and a coordinator are asked of a full city, as dense as 10 million records make it. */
export async function questions(): Promise<Line[]> {
	const postgres = await startPostgres();
	const name = await postgres.createDatabase();
	const people: [string, string, number][] = [
		['leader', 'person 0', 20],
		['ward', 'staff ward_officer', 50],
		['area', 'staff area_coordinator', 400]
	];
	const callers = new Map<string, Awaited<ReturnType<typeof identityIn>>>();
	await withOwner(postgres.url(name), async (owner) => {
		await applyMigrations(owner);
		await settleFullCity(owner);
		await settleWork(owner);
		for (const [who, words] of people) callers.set(who, await identityIn(owner, words));
	});
	const database = await openPool(postgres.url(name, 'authenticator'));
	const lines: Line[] = [];
	for (const [who, , budget] of people) {
		const identity = callers.get(who);
		if (!identity) continue;
		for (const fn of ['questions']) {
			const times: number[] = [];
			let body = '';
			for (let round = 0; round < ROUNDS; round++) {
				const began = performance.now();
				const text = `select api.${fn}(null)::text as body`;
				body = (await database.run(identity, { text, params: [] })) ?? '';
				times.push(performance.now() - began);
			}
			const { groups } = JSON.parse(body) as Pick<QuestionsAnswer, 'groups'>;
			lines.push(
				said(
					`api.${fn} of ${groups.length} groups, call to answer, ${ROUNDS} times`,
					within(`${fn}.${who}.p95`, quantile(times, 0.95), 'ms', budget)
				)
			);
		}
	}
	await database.close();
	await postgres.stop();
	return lines;
}

/**
 * Three years of totals and a year of visits for the groups of an area, 17 visits a week each, a few of them in
 * one minute. Totals are written beside them, because counting a million visits is another bench's business.
 */
export async function settleWork(db: OwnerDatabase): Promise<void> {
	await db.exec(`
		set session_replication_role = replica;
		insert into app.households (city_id, id, group_id, seq, author_id, recorded_at, label)
			select 'day-du', ${idSql(`'household ' || g.n || ' ' || h`)}, ${idSql(`'group ' || g.n`)}, h, ${idSql(`'person ' || g.n`)},
				now() - interval '1 year', 'Nhà bịa số ' || h
			from (${IN_AREA}) g, generate_series(1, 100) h;
		insert into app.visits (city_id, id, group_id, seq, author_id, recorded_at, household_id, day, topics, outcome, people_helped)
			select 'day-du', ${idSql(`'visit ' || g.n || ' ' || v`)}, ${idSql(`'group ' || g.n`)}, 100 + v,
				${idSql(`'person ' || g.n + 3766 * (v % 6)`)}, at.moment,
				${idSql(`'household ' || g.n || ' ' || 1 + v % 100`)}, app.day_of(at.moment), array['vneid'], 'helped', 1 + v % 3
			from (${IN_AREA}) g, generate_series(1, 884) v
			cross join lateral (
				-- Every group has one minute of five and, every tenth, a night.
				select date_trunc('day', now()) - v * interval '9 hours 53 minutes'
					- case when v between 20 and 24 then (v - 20) * interval '-9 hours -53 minutes' else interval '0' end as moment
			) at;
		insert into app.changes (city_id, change_id, group_id, seq, kind, record_id, author_id, device_id, base, fields, at, verdict)
			select v.city_id, gen_random_uuid(), v.group_id, v.seq, 'visit', v.id, v.author_id, v.author_id, null,
				'{"outcome": "helped", "people_helped": 1, "topics": ["vneid"]}', v.recorded_at, 'applied' from app.visits v;
		insert into app.devices (city_id, device_id, person_id) select city_id, person_id, person_id from app.people;
		insert into app.group_days (city_id, group_id, day, visits, people_helped, households_reached, trainings)
			select 'day-du', ${idSql(`'group ' || g.n`)}, app.today() - d, 7, 9, 1, 0
			from (${IN_AREA}) g, generate_series(1, 1095) d where d % 7 in (0, 3, 5);
		insert into app.group_day_services (city_id, group_id, day, service, result, people)
			select d.city_id, d.group_id, d.day, s.service, 'created', 1
			from app.group_days d, unnest(array['vneid', 'dvc', 'ngan_hang']) s(service);
		insert into app.household_progress (city_id, household_id, group_id, reached_on, last_visited_on)
			select h.city_id, h.id, h.group_id, array[app.today() - 100], app.today() - 20 from app.households h;
		set session_replication_role = default;
		analyze;`);
}
