import postgres from 'postgres';
import type { Database } from '../../src/lib/server/database/database';
import { openPool } from '../../src/lib/server/database/pool';
import { createSmallCity } from '../support/databases';
import { startPostgres } from '../support/postgres';
import {
	KEPT_DAYS,
	KEPT_PEOPLE,
	KEPT_SERVICES,
	RECOUNT_DAYS,
	RECOUNT_PEOPLE,
	RECOUNT_SERVICES
} from '../support/recount';
import { units } from '../support/small_city';
import type { Books, City, Kept } from './target';
import { FOLLOWERS, GROUPS, PEOPLE } from './world';

const CITY = 'thu-nghiem';
/** Everything that a push writes, what others refer to first. */
const TABLES = [
	...['households', 'visits', 'signups', 'trainings', 'household_progress', 'household_contacts'],
	...['group_days', 'group_day_services', 'group_day_people', 'changes', 'devices', 'group_logs']
];

/** The contact of a household as it is pulled; it rests apart. */
const CONTACT = ` || jsonb_build_object('contact', (
	select to_jsonb(k) - '{city_id, group_id, household_id}'::text[] from app.household_contacts k
	where k.city_id = t.city_id and k.household_id = t.id))`;

/** The log of changes says that there was a contact, and never which; nor does what a change replaced. */
const NUMBERS_KEPT = `select change_id from app.changes where (fields, earlier)::text like '%consent_text%'`;

/** What the recount of the product itself finds, the state of every household included. */
const MISCOUNTED = `select u.unit_id, d.* from unnest('{${GROUPS.join()}}'::uuid[]) u(unit_id)
	cross join lateral app.differences('${CITY}', u.unit_id) d`;

/** Each number of a group was given once, to one change. */
const HEADS =
	'select group_id, last_seq::int as n from app.group_logs where last_seq > 0 order by 1';
const NUMBERS = `select group_id, count(*)::int as n from app.changes where seq is not null
	group by group_id order by 1`;

/** The real SQL on a PostgreSQL of its own, and the way in that a gateway takes. */
export async function postgresCity(): Promise<{ city: City; database: Database }> {
	const server = await startPostgres({ fsync: false });
	const name = await createSmallCity(server);
	const sql = postgres(server.url(name), { max: 1, onnotice: () => {} });
	const database = await openPool(server.url(name, 'authenticator'));
	await sql.unsafe(settled());

	const city: City = {
		async begin(scopes) {
			const logs = GROUPS.map((group_id) => `('${CITY}', '${group_id}')`);
			await quietly(`
				${TABLES.toReversed()
					.map((table) => `delete from app.${table};`)
					.join('\n')}
				insert into app.group_logs (city_id, group_id) values ${logs.join(', ')};
				${[...scopes].map(([person_id, groups]) => scope(person_id, groups)).join('\n')}`);
		},
		async setScope(person_id, group_ids) {
			await sql.unsafe(scope(person_id, group_ids));
		},
		async backup() {
			await quietly(copied('app', 'backup'));
			return () => quietly(copied('backup', 'app'));
		},
		books,
		async end() {
			await database.close();
			await sql.end();
			await server.stop();
		}
	};
	return { city, database };

	/** In one transaction, with no trigger counting what is only copied. */
	async function quietly(statements: string): Promise<void> {
		await sql.unsafe(`begin; set local session_replication_role = replica; ${statements}; commit`);
	}

	async function books(): Promise<Books> {
		const changes = await sql.unsafe(`
			select change_id, record_id, group_id, author_id, device_id, base::int, seq::int, verdict,
				array(select jsonb_object_keys(fields)) as fields from app.changes`);
		const rows = await sql.unsafe(
			['household', 'visit', 'signup', 'training']
				.map(
					(kind) =>
						`select to_jsonb(t) - 'city_id' || '{"kind": "${kind}"}'${kind === 'household' ? CONTACT : ''} as row_ from app.${kind}s t`
				)
				.join(' union all ')
		);
		return {
			changes: changes as unknown as Kept[],
			rows: rows.map(({ row_ }) => row_ as Books['rows'][number]),
			totals: [
				...(await differences(KEPT_DAYS, RECOUNT_DAYS)),
				...(await differences(KEPT_SERVICES, RECOUNT_SERVICES)),
				...(await differences(KEPT_PEOPLE, RECOUNT_PEOPLE)),
				...(await differences(HEADS, NUMBERS)),
				...(await sql.unsafe(NUMBERS_KEPT)).map(({ change_id }) => `${change_id} kept a number`),
				...(await sql.unsafe(MISCOUNTED)).map((wrong) => `miscounted: ${JSON.stringify(wrong)}`)
			]
		};
	}

	async function differences(kept: string, counted: string): Promise<string[]> {
		const [is, should] = [await sql.unsafe(kept), await sql.unsafe(counted)].map((rows) =>
			JSON.stringify(rows)
		);
		return is === should ? [] : [`totals are ${is}, not ${should}`];
	}
}

function settled(): string {
	const groups = GROUPS.map((id) => `('${CITY}', '${id}', 'group', 'tdp', 'Tổ')`);
	const parents = GROUPS.map((id) => `('${CITY}', '${id}', '${units.haiChau}')`);
	const people = PEOPLE.map((id) => `('${CITY}', '${id}', 'Người thử')`);
	const sessions = PEOPLE.map(
		(id) =>
			`('${CITY}', encode(sha256('${id}'), 'hex'), '${id}', '${id}', now() + interval '1 day')`
	);
	return `
		insert into app.units (city_id, unit_id, level, kind, name) values ${groups.join(', ')};
		insert into app.unit_parents (city_id, unit_id, parent_id) values ${parents.join(', ')};
		insert into app.people (city_id, person_id, name) values ${people.join(', ')};
		insert into app.sessions (city_id, session_hash, sid, person_id, expires_at) values ${sessions.join(', ')};
		create schema backup;
		${TABLES.map((table) => `create table backup.${table} (like app.${table});`).join('\n')}`;
}

function scope(person_id: string, group_ids: string[]): string {
	const role = FOLLOWERS.includes(person_id) ? 'member' : 'deputy';
	const rows = group_ids.map(
		(id) => `('${CITY}', gen_random_uuid(), '${person_id}', '${role}', '${id}', '2025-07-01');`
	);
	const insert = `insert into app.memberships (city_id, membership_id, person_id, role, unit_id, from_day) values`;
	return `delete from app.memberships where person_id = '${person_id}';
		${rows.map((row) => `${insert} ${row}`).join('\n')}`;
}

/** What the database works out by itself cannot be written. */
function copied(from: string, to: string): string {
	return `do $copy$
		declare
			t text;
			columns text;
		begin
			foreach t in array '{${TABLES.join()}}'::text[] loop
				select string_agg(quote_ident(a.attname), ', ') into columns from pg_attribute a
				where a.attrelid = format('app.%I', t)::regclass
					and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
				execute format('delete from ${to}.%I', t);
				execute format('insert into ${to}.%I (%s) select %s from ${from}.%I', t, columns, columns, t);
			end loop;
		end $copy$;`;
}
