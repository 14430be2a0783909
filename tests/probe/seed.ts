import { createHash } from 'node:crypto';
import type { OwnerDatabase } from '../../src/run/migrations';
import { change, household, localDay, signup, training, visit } from '../support/changes';
import { idOf } from '../support/small_city';
import { assume } from '../../src/lib/server/database/database';
import type { Row } from './expectations';
import { OPENED, SIGNED_UP_ON, signedUp } from './opened';
import { sessionOf } from './states';
import {
	CITIES,
	GROUPS,
	keyOf,
	mark,
	membershipId,
	personId,
	teamId,
	unitId,
	writerOf,
	type Person,
	type World
} from './world';

/** Settles both cities. Every table gets rows of both: in an empty one, nothing could be seen. */
export async function seedWorld(db: OwnerDatabase, world: World): Promise<void> {
	for (const [table, rows] of Object.entries(settled(world))) await insert(db, table, rows);
	// These rows are there with the city itself.
	await db.exec(`update app.unit_levels set en = 'chim-' || substr(md5(city_id || level), 1, 8)`);
	for (const city of CITIES) for (const n of GROUPS) await pushRecords(db, city, n);
	for (const city of CITIES) await insert(db, 'app.departures', departures(city));
}

/** The rows that no push makes, by table, what others refer to first. */
function settled({ units, teams, people }: World): Record<string, Row[]> {
	const each = (rows: (city: string) => Row[]) => CITIES.flatMap(rows);
	return {
		'app.cities': each((city_id) => [
			{
				city_id,
				name: mark(city_id),
				demo: city_id === 'thu-hai',
				team_name: mark(`teams of ${city_id}`)
			}
		]),
		'app.editions': [{ edition: 'thu', name: 'thu', in_force_from: '2025-07-01', source: 'thu' }],
		'app.units': units.map(({ city: city_id, unit_id, level, name }) => ({
			...{ city_id, unit_id, level, name, kind: level, counted: true, invented: true }
		})),
		'app.unit_parents': units
			.filter(({ parent }) => parent)
			.map(({ city: city_id, unit_id, parent }) => ({
				...{ city_id, unit_id, parent_id: parent, from_day: '-infinity', to_day: 'infinity' }
			})),
		'app.unit_codes': units
			.filter(({ level }) => level === 'ward')
			.map(({ city: city_id, unit_id, name }, n) => ({
				...{ city_id, edition: 'thu', code: String(20001 + n), unit_id },
				official_name: `official ${mark(`official ${name}`)}`
			})),
		'app.unit_successions': each((city_id) => [
			{
				...{ city_id, on_day: '2025-07-01', relation: 'merged' },
				...{ unit_id: unitId(city_id, 'ward', 3), successor_id: unitId(city_id, 'ward', 1) },
				basis: mark(`basis ${city_id}`)
			}
		]),
		'app.denominators': units
			.filter(({ level }) => level === 'ward' || level === 'group')
			.map(({ city: city_id, unit_id, name }) => ({
				...{ city_id, unit_id, measure: 'households', as_of: '2026-01-01', value: 100 },
				source: mark(`source ${name} ${city_id}`)
			})),
		'app.catalogue': each((city_id) =>
			['topic', 'service'].map((list) => ({
				...{ city_id, list, code: 'vneid', en: 'x', position: 1, from_day: '-infinity' },
				...{ to_day: 'infinity', changed_at: '2026-01-01', vi: mark(`${list} of ${city_id}`) }
			}))
		),
		'app.people': people.map(({ city: city_id, person_id, name, state }) => ({
			...{ city_id, person_id, name },
			disabled_at: state === 'disabled' ? '2026-01-01' : null
		})),
		'app.teams': teams.map(({ city: city_id, team_id, name }) => ({ city_id, team_id, name })),
		'app.team_groups': teams.flatMap(({ city: city_id, team_id, groups }) =>
			groups.map(({ group_id, from: from_day, to: to_day }) => ({
				...{ city_id, team_id, group_id, from_day, to_day }
			}))
		),
		'app.memberships': people.flatMap(({ city: city_id, person_id, title, memberships }) =>
			memberships.map(({ from: from_day, to: to_day, ...placed }, n) => ({
				...{ city_id, person_id, from_day, to_day, ...placed },
				membership_id: membershipId(city_id, title, n)
			}))
		),
		'app.person_contacts': people.map(({ city: city_id, person_id }, n) => ({
			...{ city_id, person_id, phone: `0900${String(100_000 + n)}` }
		})),
		'app.sessions': people.map(({ city: city_id, person_id, state, signed_in }) => ({
			...{ city_id, person_id, sid: person_id, session_hash: hashOf(person_id) },
			...{
				kind: signed_in === 'device' ? 'device' : 'password',
				label: mark(`phone ${person_id}`)
			},
			...sessionOf(state),
			// A password is fresh for a quarter of an hour; a run of all holes may take longer.
			signed_in_at: new Date(
				Date.now() + (signed_in.endsWith('ago') ? -1 : 1) * 3_600_000
			).toISOString()
		})),
		'app.credentials': people.filter(isStaff).map(({ city: city_id, person_id }) => ({
			...{ city_id, person_id, sign_in_name: signInNameOf(person_id) },
			password_hash: passwordOf(person_id)
		})),
		'app.known_devices': people.filter(isStaff).map(({ city: city_id, person_id }) => ({
			...{ city_id, person_id, device_hash: mark(`known ${person_id}`) }
		})),
		'app.tries': [{ key: 'address:somewhere', tries: 1 }],
		'app.invitations': people
			.filter(({ memberships }) => memberships.length > 0)
			.map(({ city: city_id, person_id, title, memberships }) => ({
				...{ city_id, person_id, invitation_id: idOf(`invitation ${person_id}`) },
				membership_id: membershipId(city_id, title, 0),
				kind: memberships[0]?.team_id ? 'device' : 'password',
				...{ code_hash: codeHashOf(person_id), replaces: false }
			})),
		'app.hand_in_keys': people
			.filter(({ title }) => title !== 'nobody')
			.map(({ city: city_id, person_id, state }) => ({
				...{ city_id, person_id, key_id: keyOf(person_id), public_key: PUBLIC_KEY, sid: person_id },
				blocked_at: state === 'with a session that was revoked' ? '2026-01-01' : null
			})),
		'app.hand_ins': people
			.filter(({ title }) => title.endsWith(' here'))
			.map(({ city: city_id, person_id }) => ({
				...{ city_id, key_id: keyOf(person_id), bundle_id: idOf(`bundle ${person_id}`) }
			})),
		'app.member_import_rows': people
			.filter(({ title }) => IMPORTERS.test(title))
			.map(({ city: city_id, person_id, title }, at) => ({
				...{ city_id, person_id, import_id: IMPORT_ID, at: at + 1000, role: 'member' },
				...{ name: mark(`imported by ${title} of ${city_id}`), team_id: teamId(city_id, 1) }
			})),
		'app.unit_kinds': each((city_id) => [
			{
				...{ city_id, kind: 'rieng', level: 'ward', position: 99, en: 'x' },
				vi: mark(`kind of ${city_id}`)
			}
		]),
		'app.unit_imports': each((city_id) => [
			{
				...{ city_id, import_id: idOf(`unit import ${city_id}`), edition: 'thu', counts: {} },
				person_id: personId(city_id, 'city_office here')
			}
		]),
		'app.import_columns': each((city_id) =>
			['units', 'members'].map((subject) => ({
				...{ city_id, subject, heading: mark(`heading of ${subject} in ${city_id}`), field: 'name' }
			}))
		),
		'audit.acts': people.map(({ city: city_id, person_id }) => ({
			...{ city_id, actor_id: personId(city_id, 'administrator here'), act: 'add_person' },
			...{ subject: 'person', subject_id: person_id, fields: ['name'], at: '2026-11-01' }
		})),
		'app.activity_days': each((city_id) =>
			[1, 5].map((n) => ({
				...{ city_id, team_id: teamId(city_id, n), day: '2025-07-03' },
				...{ person_id: writerOf(city_id, n).person_id, plan_line: 'ra_quan' },
				...{ confirmed_by: writerOf(city_id, n).person_id, confirmed_at: '2026-11-01' }
			}))
		),
		'app.guides': each((city_id) => [
			{
				...{ city_id, list: 'rung', code: '2', checked_on: '2026-01-01' },
				...{ vi: mark(`guide of ${city_id}`), en: 'x', source: mark(`source of ${city_id}`) }
			}
		]),
		// What only a leader writes; whoever writes the other records is a member.
		'app.goals': each((city_id) =>
			GROUPS.map((n) => ({
				...writtenOnce(city_id, n, 'goal'),
				...{ from_week: '2026-11-02', households: 20 }
			}))
		),
		'app.thanks': each((city_id) =>
			GROUPS.map((n) => ({
				...writtenOnce(city_id, n, 'thank'),
				...{ week: '2026-11-02', words: mark(`thank of ${city_id} ${n}`) }
			}))
		),
		// One that hangs there, and one that hung there before.
		'app.posters': each((city_id) =>
			GROUPS.flatMap((n) =>
				[posterToken(city_id, n), endedToken(city_id, n)].map((token, nth) => ({
					...{ city_id, poster_id: idOf(`poster ${token}`), token },
					...{ group_id: unitId(city_id, 'group', n), made_by: writerOf(city_id, n).person_id },
					ended_at: nth === 0 ? null : '2026-11-03T03:00:00Z'
				}))
			)
		),
		'app.question_answers': each((city_id) =>
			GROUPS.map((n) => ({
				...{
					city_id,
					answer_id: idOf(`answer ${city_id} ${n}`),
					group_id: unitId(city_id, 'group', n)
				},
				...{ kind: 'drop', question_id: 'x', fingerprint: 'x', on_day: '2026-11-02', facts: {} },
				...{ choice: 'away', note: mark(`answer of ${city_id} ${n}`) },
				...{ answered_by: writerOf(city_id, n).person_id, answered_at: '2026-11-03' }
			}))
		),
		'app.closed_periods': each((city_id) =>
			GROUPS.map((n) => ({
				...{ city_id, group_id: unitId(city_id, 'group', n), month: '2025-07-01' },
				closed_by: personId(city_id, 'ward_officer here')
			}))
		),
		'app.correction_requests': each((city_id) =>
			GROUPS.map((n) => ({
				...{ city_id, group_id: unitId(city_id, 'group', n), kind: 'visit' },
				change_id: n === 1 ? idOf('a change') : idOf(`request ${city_id} ${n}`),
				record_id: recordId(city_id, n, 'visit'),
				author_id: writerOf(city_id, n).person_id,
				fields: { note: mark(`request of ${city_id} ${n}`) },
				...{ at: '2025-07-02', asked_at: '2026-11-01' }
			}))
		),
		'app.devices': people.map(({ city: city_id, person_id }) => ({
			...{ city_id, person_id, device_id: idOf(`device ${person_id}`), waiting: 1 },
			...{ last_contact: '2026-11-01', app_version: mark(`version ${person_id}`) }
		})),
		'app.plans': each((city_id) => [
			{
				...{ city_id, plan_id: planId(city_id), kind: 'plan', number: '1', from_year: 2026 },
				...{ name: mark(`plan of ${city_id}`), authority: mark(`authority of ${city_id}`) }
			}
		]),
		'app.plan_counts': each((city_id) => [
			{
				...{ city_id, plan_id: planId(city_id), line_kind: 'task', status: 'done', lines: 3 },
				...{ as_of: '2026-01-01', source: mark(`counts of ${city_id}`) }
			}
		]),
		'app.indicators': each((city_id) => [
			{
				...{ city_id, indicator_id: indicatorId(city_id), vi: mark(`indicator of ${city_id}`) },
				...{ en: 'x', unit: 'number', measure: 'people_helped', direction: 'more' },
				...{ denominator_vi: '', denominator_en: '', numerator: 'typed' }
			}
		]),
		'app.plan_lines': each((city_id) => [
			{
				...{ city_id, line_id: idOf(`line of ${city_id}`), plan_id: planId(city_id), position: 1 },
				...{ kind: 'indicator', indicator_id: indicatorId(city_id), vi: '', en: '', source: '' }
			},
			{
				...{ city_id, line_id: taskId(city_id), plan_id: planId(city_id), position: 1 },
				...{ kind: 'task', indicator_id: null, vi: mark(`task of ${city_id}`), en: 'x', source: '' }
			}
		]),
		'app.indicator_denominators': planUnits(units).map(({ city: city_id, unit_id, name }) => ({
			...{ city_id, unit_id, indicator_id: indicatorId(city_id), as_of: '2026-01-01', value: 9 },
			source: mark(`below at ${name} ${city_id}`)
		})),
		'app.targets': planUnits(units).map(({ city: city_id, unit_id, level, name }) => ({
			...{ city_id, unit_id, target_id: idOf(`target ${city_id} ${name}`), level, year: 2026 },
			...{ indicator_id: indicatorId(city_id), value: 9, source: mark(`target ${name} ${city_id}`) }
		})),
		'app.observations': planUnits(units).map(({ city: city_id, unit_id, name }) => ({
			...{ city_id, unit_id, observation_id: idOf(`observation ${city_id} ${name}`), value: 9 },
			...{ indicator_id: indicatorId(city_id), as_of: '2026-01-01', said_of: '', sign: '' },
			source: mark(`observation ${name} ${city_id}`)
		})),
		'app.alarms': each((city_id) => [
			{ city_id, at: '2026-11-01', code: 'thu', details: { said: mark(`alarm of ${city_id}`) } }
		]),
		// Only the first city publishes; what the other once did stays with it.
		'app.open_publishing': [
			{
				city_id: CITIES[0],
				since: '2026-01-01',
				person_id: personId(CITIES[0] ?? '', 'city_office here')
			}
		],
		'app.open_months': each((city_id) => [
			{
				city_id,
				month: OPENED,
				counted_on: '2025-09-06',
				edition: 'thu',
				reached: 90,
				signed_up: null
			}
		]),
		'app.open_cells': units
			.filter(({ level }) => level === 'ward')
			.map(({ city: city_id, unit_id, name }, n) => ({
				...{ city_id, month: OPENED, ward_id: unit_id, code: String(20001 + n), counted: true },
				...{ name: `opened ${mark(`opened ${name}`)}`, reached: n % 4 < 2 ? 40 : null }
			})),
		'app.demo_cast': people
			.filter(({ title }) => title.endsWith(' here'))
			.map(({ city: city_id, person_id, memberships }, position) => ({
				...{ city_id, person_id, position, role: memberships[0]?.role },
				place: mark(`place of ${person_id}`)
			}))
	};
}

const planUnits = (units: World['units']) =>
	units.filter(({ level }) => level === 'city' || level === 'ward');
export const planId = (city: string) => idOf(`probe plan ${city}`);
export const indicatorId = (city: string) => idOf(`probe indicator ${city}`);
export const taskId = (city: string) => idOf(`probe task ${city}`);

/** Who has brought rows of members to import: all for the first team, within reach or not. */
export const IMPORTERS =
	/^(leader|ward_officer|city_office|administrator) (here|elsewhere|of an hour ago)$/;
export const IMPORT_ID = idOf('an import of members');
/** A key of the right shape; that nobody can sign with it does not matter where nothing is verified. */
export const PUBLIC_KEY = `B${'A'.repeat(86)}`;
export const codeHashOf = (person_id: string) => hashOf(idOf(`code of ${person_id}`));
export const signInNameOf = (person_id: string) => `staff-${person_id.replaceAll('-', '.')}`;
export const passwordOf = (person_id: string) => `$argon2id$${mark(`password ${person_id}`)}`;
const isStaff = ({ memberships }: Person) => memberships.some(({ unit_id }) => unit_id);

/** What every record has; numbered behind those that are pushed. */
const writtenOnce = (city_id: string, n: number, kind: 'goal' | 'thank'): Row => ({
	...{ city_id, id: recordId(city_id, n, kind), group_id: unitId(city_id, 'group', n) },
	...{ seq: kind === 'goal' ? 100 : 101, author_id: writerOf(city_id, n).person_id },
	recorded_at: '2026-11-02T03:00:00Z'
});

/** Something that left each of the first two groups for the next one. */
const departures = (city_id: string): Row[] =>
	[1, 2].map((n) => ({
		...{ city_id, group_id: unitId(city_id, 'group', n), id: idOf(`departed ${city_id} ${n}`) },
		...{ kind: 'visit', seq: 3, last_seq: 2, arrived_seq: 4 },
		household_id: recordId(city_id, n + 1, 'household'),
		to_group_id: unitId(city_id, 'group', n + 1)
	}));

/** What hangs on the wall of a group. */
export const posterToken = (city: string, n: number) =>
	hashOf(idOf(`poster ${city} ${n}`)).slice(0, 12);

/** What hung there before, and must not lead anywhere. */
export const endedToken = (city: string, n: number) =>
	hashOf(idOf(`ended poster ${city} ${n}`)).slice(0, 12);

/** The hash of somebody's session, as the cookie library would keep it. */
export const hashOf = (person_id: string) => person_id.replaceAll('-', '').repeat(2);

/** The ids of a group's records: the same in every run, and of the first group in both cities. */
export const recordId = (city: string, n: number, kind: string) =>
	n === 1 ? idOf(`probe ${kind} of 1`) : idOf(`probe ${city} ${kind} of ${n}`);

/** Two visits to one door that say the same: what the leader of the group is asked about. */
export const twinIds = (city: string, n: number) =>
	['one', 'other'].map((which) => recordId(city, n, `${which} twin`)).sort();

/** The question about them, as the database knows it. */
export function questionOf(city: string, n: number) {
	const md5 = (text: string) => createHash('md5').update(text).digest('hex');
	const about = [unitId(city, 'group', n), recordId(city, n, 'household'), localDay()];
	return {
		question_id: md5(`copies${about.join('')}`),
		fingerprint: md5(twinIds(city, n).join(','))
	};
}

/** People helped in a group: figures of which no two sets have the same sum within a city. */
export const helped = (city: string, n: number) => 2 ** (n - 1) + (city === CITIES[0] ? 0 : 300);

/** One record of each kind, one of them corrected, through the door by which records come. */
const contact = (name: string) => ({
	...{ name, phone: '0900 000 123' },
	...{ consented_on: '2026-01-02', consent_text: 'thu' }
});

async function pushRecords(db: OwnerDatabase, city: string, n: number) {
	const writer = writerOf(city, n).person_id;
	const group_id = unitId(city, 'group', n);
	const id = (kind: string) => recordId(city, n, kind);
	const words = (what: string) => mark(`${what} of ${city} ${n}`);
	const sent = [
		household(words('label'), { record_id: id('household') }),
		visit(
			id('household'),
			{ people_helped: helped(city, n), note: words('note'), people_by_group: { elderly: 1 } },
			{ record_id: id('visit') }
		),
		signup(
			id('household'),
			{ people: signedUp(n), day: SIGNED_UP_ON },
			{ record_id: id('signup') }
		),
		training({ note: words('training') }, { record_id: id('training') }),
		...twinIds(city, n).map((record_id) =>
			visit(id('household'), { outcome: 'come_back', people_helped: 0, topics: [] }, { record_id })
		),
		change(
			'request',
			{ label: words('request'), asked_on: localDay(), source: 'team', consent: 'spoken_1' },
			{ record_id: id('request') }
		),
		change(
			'household',
			{ note: words('correction'), reason: words('reason'), contact: contact(words('contact')) },
			{ record_id: id('household'), base: 1 }
		)
	].map((one) => ({ ...one, group_id }));
	await db.exec('begin');
	const as = assume({ role: 'authenticated', claims: { sub: writer, sid: writer } });
	await db.query(as.text, as.params);
	const [answer] = await db.query<{ verdicts: { verdict: string }[] }>(
		'select verdicts from jsonb_to_record(api.push(1, $1::text::json, $2::text::json)) a(verdicts jsonb)',
		[JSON.stringify({ device_id: idOf(`device ${writer}`) }), JSON.stringify(sent)]
	);
	await db.exec('commit');
	if (answer?.verdicts.some(({ verdict }) => verdict !== 'applied'))
		throw new Error(`the records of group ${n} were not taken: ${JSON.stringify(answer)}`);
}

async function insert(db: OwnerDatabase, table: string, rows: Row[]) {
	// Only the columns that are given, so that the others begin as the table says.
	const all = [...new Set(rows.flatMap((row) => Object.keys(row)))].join(', ');
	await db.query(
		`insert into ${table} (${all}) select ${all} from jsonb_populate_recordset(null::${table}, $1::text::jsonb)`,
		[JSON.stringify(rows)]
	);
}
