import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPostgresCity, type TestCity } from '../support/databases';

let city: TestCity;
beforeAll(async () => {
	city = await openPostgresCity();
});
afterAll(() => city.close());

/** The tables that tell of people and units. */
const PEOPLE_AND_UNITS = [
	...[
		'cities',
		'editions',
		'units',
		'unit_parents',
		'unit_codes',
		'unit_successions',
		'denominators'
	],
	...[
		'unit_levels',
		'unit_kinds',
		'people',
		'person_contacts',
		'teams',
		'team_groups',
		'memberships'
	],
	...[
		'roles',
		'verbs',
		'role_verbs',
		'role_gives',
		'invitations',
		'credentials',
		'sessions',
		'hand_in_keys'
	]
];
/** Functions that write there and leave no line, each with its reason. */
const UNNOTED: Record<string, string> = {
	server_session_create: 'somebody plays an invented person of the demo',
	server_session_extend: 'a session was used',
	server_session_end: 'somebody signs out',
	server_sessions_end: 'somebody signs out everywhere',
	server_sessions_purge: 'sessions that ended a month ago',
	server_sign_in_again: 'the password once more, in a session that is in the log',
	add_hand_in_key: 'a phone says that it is in use, at every opening'
};

type Fn = { schema: string; name: string; text: string };

/** Every function of ours as it stands in the catalogue, with what it calls, whatever that calls, and so on. */
async function functions() {
	const all = await city.owner.query<Fn>(
		`select n.nspname as schema, p.proname as name, string_agg(p.prosrc, ' ') as text
		from pg_proc p join pg_namespace n on n.oid = p.pronamespace
		where n.nspname in ('app', 'api') group by 1, 2`
	);
	const textOf = new Map(all.map((fn) => [`${fn.schema}.${fn.name}`, fn.text]));
	const reaches = (name: string, seen = new Set<string>()): Set<string> => {
		if (seen.has(name)) return seen;
		seen.add(name);
		for (const [, called] of textOf.get(name)?.matchAll(/\b(app\.\w+)\s*\(/g) ?? [])
			if (textOf.has(called ?? '')) reaches(called ?? '', seen);
		return seen;
	};
	return all
		.filter(({ schema }) => schema === 'api')
		.map(({ name }) => ({
			name,
			text: [...reaches(`api.${name}`)].map((one) => textOf.get(one)).join(' ')
		}));
}

const written = (text: string) =>
	[...text.matchAll(/\b(?:insert into|update|delete from)\s+app\.(\w+)/gi)].map(
		([, table]) => table
	);
const unnoted = (all: { name: string; text: string }[]) =>
	all
		.filter(({ text }) => written(text).some((table) => PEOPLE_AND_UNITS.includes(table ?? '')))
		.filter(({ text }) => !/app\.note_act\s*\(|insert into audit\.acts/.test(text))
		.map(({ name }) => name)
		.sort();

test('every function that writes of people or units leaves a line in the audit log', async () => {
	expect(unnoted(await functions())).toEqual(Object.keys(UNNOTED).sort());
});

test('one that is added without a line is found', async () => {
	await city.owner.exec(
		`create function app.rename(p uuid) returns void language sql volatile set search_path = '' as
			'update app.people p set name = name where p.person_id = rename.p';
		create function api.rename(p uuid) returns void language sql volatile set search_path = '' as 'select app.rename(rename.p)'`
	);
	expect(unnoted(await functions())).toContain('rename');
	await city.owner.exec('drop function api.rename(uuid); drop function app.rename(uuid)');
});

test('the tables that tell of people and units are there under these names', async () => {
	const tables = await city.owner.query<{ name: string }>(
		`select c.relname as name from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')`
	);
	expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(PEOPLE_AND_UNITS));
});

test('what a city calls its units is in the log by the names of what changed; nothing when nothing did', async () => {
	const { levels, kinds } = JSON.parse(
		(
			await city.owner.query<{ text: string }>(
				`select app.unit_words(city_id)::text as text from app.cities`
			)
		)[0]?.text ?? ''
	) as { levels: object[]; kinds: object[] };
	const set = (team_name: string) =>
		city.call('city', 'set_unit_words', { words: { team_name, levels, kinds } });
	const acts = () =>
		city.owner.query(
			`select act, subject, subject_id, fields from audit.acts where act = 'set_unit_words' order by act_id`
		);
	await set('Tổ chuyển đổi số cộng đồng');
	await set('Tổ chuyển đổi số cộng đồng');
	expect(await acts()).toEqual([
		{ act: 'set_unit_words', subject: 'city', subject_id: null, fields: ['team_name'] }
	]);
});
