import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Card } from '../../src/lib/domain/team';
import { openPostgresCity, type TestCity } from '../support/databases';
import { door, type Joined } from '../support/door';
import { cast, idOf, type CastName } from '../support/small_city';

const TO3 = idOf('team Tổ 3');

let city: TestCity;
beforeAll(async () => {
	city = await openPostgresCity();
});
afterAll(() => city.close());
const { invite, join, newPhone } = door(() => city);

test('of twenty phones with one code exactly one comes in', async () => {
	for (let round = 0; round < 5; round++) {
		const { code } = await invite('leader', 'volunteer');
		const answers = await Promise.all(Array.from({ length: 20 }, () => join(code, newPhone())));
		expect(answers.filter((one) => one.name)).toHaveLength(1);
		expect(answers.filter((one) => one.problem?.code === 'used_invitation')).toHaveLength(19);
	}
	const [{ n } = { n: 0 }] = await city.owner.query<{ n: number }>(
		`select count(*)::int as n from app.sessions where invitation_id is not null`
	);
	expect(n).toBe(5);
});

test('of two officers who add the same person at once, one is told that it was done', async () => {
	const add = () =>
		city.call<Joined>('administrator', 'add_membership', {
			person_id: cast.nobody.person_id,
			role: 'member',
			place_id: TO3
		});
	const answers = await Promise.all([add(), add(), add(), add()]);
	expect(answers.filter((one) => one.problem?.code === 'already_member')).toHaveLength(3);
});

type Added = { person_id: string; membership_id: string };

/** Two members of Tổ 3 with four phones each, every phone with a key to hand in by. */
async function twoMembers(): Promise<[Added, Added]> {
	const add = (name: string) =>
		city.call<Added>('officer', 'add_member', { place_id: TO3, role: 'member', name, phone: '' });
	const two: [Added, Added] = [await add('Hà Thị Sung'), await add('Hà Văn Me')];
	for (const { person_id } of two)
		await city.owner.query(
			`with phones as (
				insert into app.sessions (session_hash, sid, city_id, person_id, expires_at)
				select encode(sha256(gen_random_uuid()::text::bytea), 'hex'), gen_random_uuid(), city_id, $1, now() + interval '1 day'
				from app.cities, generate_series(1, 4) returning city_id, person_id, sid
			)
			insert into app.hand_in_keys (city_id, key_id, person_id, sid, public_key)
			select city_id, gen_random_uuid(), person_id, sid, 'B' || repeat('A', 86) from phones`,
			[person_id]
		);
	return two;
}

test('acts on the same people at once wait for each other in one order: none is lost in a ring', async () => {
	// A ring is looked for at once, and not after a second in which it may have been waited out.
	await city.owner.exec(`do $$ begin
		execute format('alter database %I set deadlock_timeout = 10', current_database()); end $$`);
	const [{ name } = { name: '' }] = await city.owner.query<{ name: string }>(
		'select current_database() as name'
	);
	const crowd = await openPostgresCity(name);
	const entrance = door(() => crowd);
	for (let round = 0; round < 12; round++) {
		const [one, other] = await twoMembers();
		const codes = await city.call<{ cards: Card[] }>('officer', 'invite', {
			membership_ids: [one.membership_id, other.membership_id],
			replaces: true
		});
		const import_id = crypto.randomUUID();
		const rows = [idOf('team Hòa Cường'), TO3].flatMap((team, n) => [
			[2 * n, 'Hà Văn Me', null, 'deputy', team, null],
			[2 * n + 1, 'Hà Thị Sung', null, 'deputy', team, null]
		]);
		await crowd.call('administrator', 'bring_member_rows', { import_id, rows });
		const both = [one.membership_id, other.membership_id];
		const acts: [CastName, string, object][] = [
			['officer', 'replace_member', { membership_id: both[0], name: 'Hà Thị Na', phone: '' }],
			['administrator', 'revoke', { person_id: one.person_id, sid: null }],
			['leader', 'revoke', { person_id: one.person_id, sid: null }],
			['city', 'change_role', { membership_id: both[0], role: 'deputy' }],
			['leader', 'end_membership', { membership_id: both[1] }],
			['officer', 'revoke', { person_id: other.person_id, sid: null }],
			['officer', 'invite', { membership_ids: both, replaces: false }],
			['city', 'invite', { membership_ids: both.toReversed(), replaces: false }],
			['administrator', 'import_members', { import_id, columns: {} }],
			[
				'city',
				'change_person',
				{ person_id: one.person_id, name: 'Hà Thị Sung', phone: '0905000111' }
			]
		];
		const told = await Promise.allSettled([
			...codes.cards.map(({ code }) => entrance.join(code, entrance.newPhone())),
			...acts.map(([who, fn, args]) => crowd.call(who, fn, { ...args }))
		]);
		expect(told.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))).toEqual(
			[]
		);
		const strays = await city.owner.query(
			`select s.sid from app.sessions s
			where s.person_id = any ($1) and s.ended_at is null and not exists (
				select from app.memberships m where m.person_id = s.person_id and m.to_day > app.today())`,
			[`{${one.person_id},${other.person_id}}`]
		);
		expect(strays, 'nobody stays signed in who has no place any more').toEqual([]);
	}
	await crowd.close();
});
