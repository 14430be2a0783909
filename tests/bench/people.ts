import { randomUUID } from 'node:crypto';
import type { Database, Identity } from '../../src/lib/server/database/database';
import { callOf, readFunctions } from '../../src/lib/server/database/functions';
import { openPool } from '../../src/lib/server/database/pool';
import { hashPassword, verifyPassword } from '../../src/lib/server/staff/hash';
import { sha256 } from '../../src/lib/server/staff/caller';
import type { MemberLists, MemberRow } from '../../src/lib/domain/team';
import { createSmallCity, identityOf, withOwner } from '../support/databases';
import { startPostgres } from '../support/postgres';
import { units } from '../support/small_city';
import { cpuSeconds, spent } from './cpu';
import { cpu, plain, quantile, said, within, type Line } from './line';

const WARDS = 93;
const IN_AREA = 12;
const TEAMS = 3766;
const MEMBERS = 24_303;
const ACCOUNTS = 40;
const SIGN_INS = 200;
/** From one address 20 a second are taken for guessing as soon as 30 wait for their answer. */
const OFFICES = 4;
const PASSWORD = 'đi từng ngõ gõ từng nhà';
const SERVER: Identity = { role: 'app_server', claims: { role: 'app_server' } };

type Call = <T>(who: Identity, name: string, args?: Record<string, unknown>) => Promise<T>;

/**
 * People of a full city, invented: its members come from one file, the scope of a role is found, and
 * staff sign in at 20 a second. Every figure on a PostgreSQL of its own.
 */
export async function people(): Promise<Line[]> {
	const postgres = await startPostgres();
	const name = await createSmallCity(postgres);
	await withOwner(postgres.url(name), ({ exec }) => exec(FULL_CITY).then(() => undefined));
	const database = await openPool(postgres.url(name, 'authenticator'));
	const functions = await readFunctions(database);
	const call: Call = async (who, fn, args = {}) => {
		const known = functions.get(fn);
		if (!known) throw new Error(`there is no api.${fn}`);
		return JSON.parse((await database.run(who, callOf(known, args))) ?? 'null');
	};
	const used = () => cpuSeconds(postgres.pid);
	const idle = used();
	const import_s = await imported(call);
	const afterImport = used();
	const scope = await scopes(database);
	const beforeSignIn = used();
	const sign_in_ms = await signedIn(postgres.url(name), call);
	const afterSignIn = used();
	const lines = [
		said(
			`${MEMBERS} rows in ${TEAMS} groups of ${WARDS} wards: first row sent to last row written`,
			within('people.import_24303', import_s, 's', 20)
		),
		...cpu('people.import_24303.cpu', spent(idle, afterImport), 's'),
		...scope,
		said(
			`${SIGN_INS} sign-ins begun 50 ms apart, argon2id and both calls to the database in each`,
			within('people.sign_in_20_per_second.p95', sign_in_ms, 'ms', 300)
		),
		...cpu('people.sign_in.cpu', perSignIn(spent(beforeSignIn, afterSignIn)), 'ms')
	];
	await database.close();
	await postgres.stop();
	return lines;
}

const perSignIn = (seconds: number | null) =>
	seconds === null ? null : (seconds * 1000) / (SIGN_INS + ACCOUNTS / 2);

/** 93 wards, twelve of them in the coordinator's area, with groups that have no team yet. */
const FULL_CITY = `
	with wards as (
		insert into app.units (city_id, unit_id, level, kind, name)
		select c.city_id, gen_random_uuid(), 'ward', 'phuong', 'Phường ' || n
		from app.cities c, generate_series(1, ${WARDS}) n returning *
	), under as (
		insert into app.unit_parents (city_id, unit_id, parent_id)
		select w.city_id, w.unit_id, case when row_number() over () <= ${IN_AREA} then '${units.area}'::uuid else '${units.city}'::uuid end
		from wards w
	), groups as (
		insert into app.units (city_id, unit_id, level, kind, name)
		select c.city_id, gen_random_uuid(), 'group', 'tdp', 'Tổ ' || n
		from app.cities c, generate_series(1, ${TEAMS}) n returning *
	)
	insert into app.unit_parents (city_id, unit_id, parent_id)
	select g.city_id, g.unit_id, w.unit_id
	from (select *, row_number() over () as n from groups) g
	join (select *, row_number() over () as n from wards) w on w.n = 1 + g.n % ${WARDS};
	analyze;`;

/** Seconds from the rows of the file to all of them written, in the calls that the desk makes. */
async function imported(call: Call): Promise<number> {
	const as = identityOf('administrator');
	const { places: groups } = await call<MemberLists>(as, 'member_lists');
	const free = groups.filter(([, , , , team]) => team === null);
	const rows = Array.from({ length: MEMBERS }, (_, n): MemberRow => {
		const group = free[n % free.length]?.[0] ?? null;
		const role = n < free.length ? 'leader' : 'member';
		const phone = n % 3 === 0 ? `09${String(n).padStart(8, '0')}` : null;
		return [n + 2, `Nguyễn Thị Bịa ${n}`, phone, role, null, group];
	});
	const began = performance.now();
	const import_id = randomUUID();
	for (let from = 0; from < rows.length; from += 3000)
		await call(as, 'bring_member_rows', { import_id, rows: rows.slice(from, from + 3000) });
	const answer = await call<{ counts?: { new: number } }>(as, 'import_members', {
		import_id,
		columns: {}
	});
	if (answer.counts?.new !== MEMBERS) throw new Error(`imported ${JSON.stringify(answer)}`);
	return (performance.now() - began) / 1000;
}

/** Milliseconds to find the groups of a role, as every policy asks for them. */
async function scopes(database: Database): Promise<Line[]> {
	const lines: Line[] = [];
	for (const who of ['volunteer', 'officer', 'coordinator'] as const) {
		const times: number[] = [];
		for (let i = 0; i < 300; i++) {
			const text = `with began as materialized (select clock_timestamp() as at),
				found as materialized (select count(*) as n from app.my_group_ids('read_totals'), began)
				select (extract(epoch from clock_timestamp() - began.at) * 1000)::text as body from began, found where found.n > 0`;
			const took = await database.run(identityOf(who), { text, params: [] });
			// Each of the ten connections plans anew a few times before it keeps a plan.
			if (i >= 100) times.push(Number(took));
		}
		lines.push(
			said(
				`app.my_group_ids within the database, ${times.length} times, one at a time`,
				within(`people.scope_of_${who}.p95`, quantile(times, 0.95), 'ms', 5)
			),
			plain(`people.scope_of_${who}.p50`, quantile(times, 0.5), 'ms')
		);
	}
	return lines;
}

/** Milliseconds for a sign-in as the web server does it, at 20 a second for ten seconds. */
async function signedIn(url: string, call: Call): Promise<number> {
	const hash = await hashPassword(PASSWORD);
	const names = Array.from({ length: ACCOUNTS }, (_, n) => `can.bo.${n}`);
	await withOwner(url, async ({ query }) => {
		for (const name of names) {
			const person_id = randomUUID();
			await query(
				`with person as (
					insert into app.people (city_id, person_id, name) select city_id, $1, 'Cán bộ đo' from app.cities returning *
				), officer as (
					insert into app.memberships (city_id, membership_id, person_id, role, unit_id, from_day)
					select city_id, gen_random_uuid(), person_id, 'ward_officer', $2, '2025-07-01' from person
				)
				insert into app.credentials (city_id, person_id, sign_in_name, password_hash)
				select city_id, person_id, $3, $4 from person`,
				[person_id, units.haiChau, name, hash]
			);
		}
	});
	async function signIn(sign_in_name: string, known_hash: string | null): Promise<number> {
		const address = sha256(`office ${names.indexOf(sign_in_name) % OFFICES}`);
		const began = performance.now();
		const begun = await call<{ wait: number; person_id: string; password_hash: string }>(
			SERVER,
			'server_sign_in_begin',
			{ sign_in_name, address, device_hash: known_hash }
		);
		if (begun.wait > 0) throw new Error('the bench was taken for a guesser');
		if (!(await verifyPassword(begun.password_hash, PASSWORD))) throw new Error('wrong');
		await call(SERVER, 'server_sign_in_end', {
			sign_in_name,
			address,
			known_hash,
			person_id: begun.person_id,
			password_hash: begun.password_hash,
			session_hash: sha256(randomUUID()),
			sid: randomUUID(),
			label: 'Chrome · Windows',
			device_hash: sha256(`device of ${sign_in_name}`)
		});
		return performance.now() - began;
	}
	// Half of them from a browser that is known, half from a new one.
	for (const name of names.slice(0, ACCOUNTS / 2)) await signIn(name, null);
	const asked: Promise<number>[] = [];
	const start = performance.now();
	for (let n = 0; n < SIGN_INS; n++) {
		const due = start + n * 50 - performance.now();
		if (due > 0) await new Promise((go) => setTimeout(go, due));
		const name = names[n % ACCOUNTS] ?? '';
		asked.push(signIn(name, n % ACCOUNTS < ACCOUNTS / 2 ? sha256(`device of ${name}`) : null));
	}
	return quantile(await Promise.all(asked), 0.95);
}
