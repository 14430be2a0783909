import { expect, test } from 'vitest';
import { onEachDatabase } from '../support/databases';
import { cast, idOf, units, type CastName } from '../support/small_city';

const TO3 = idOf('team Tổ 3');
const HOA_CUONG = idOf('team Hòa Cường');

type Acted = {
	problem?: { code: string; field: string | null };
	membership_id?: string;
	person_id?: string;
};
type Listed = {
	membership_id: string;
	name: string;
	role: string;
	mine: boolean;
	phone: string;
	standing: { state: string };
};
type Place = { gives: string[]; people: Listed[] };

onEachDatabase((city) => {
	const act = (who: CastName, fn: string, args: object) => city().call<Acted>(who, fn, { ...args });
	const add = (who: CastName, place_id: string, role: string, name: string, phone = '') =>
		act(who, 'add_member', { place_id, role, name, phone });
	const place = (who: CastName, place_id: string) =>
		city().call<Place>(who, 'place_people', { place_id });
	const member = async (name: string, place_id = TO3) =>
		(await place('administrator', place_id)).people.find((one) => one.name === name);
	const refused = (code: string) => ({ problem: expect.objectContaining({ code }) });

	test('a leader adds members to the team, and to no other; nobody appoints above what their role gives', async () => {
		expect(await add('leader', TO3, 'member', 'Đỗ Thị Lê', '0905 123 456')).toHaveProperty(
			'membership_id'
		);
		expect(await member('Đỗ Thị Lê')).toMatchObject({ role: 'member', phone: '0905123456' });
		for (const [who, where, role] of [
			['leader', HOA_CUONG, 'member'],
			['leader', TO3, 'leader'],
			['volunteer', TO3, 'member'],
			['officer', HOA_CUONG, 'member'],
			['officer', units.haiChau, 'ward_officer'],
			['coordinator', TO3, 'member'],
			['city', units.city, 'administrator'],
			['nobody', TO3, 'member'],
			['administrator', TO3, 'ward_officer'],
			['administrator', units.haiChau, 'leader'],
			['administrator', idOf('no such place'), 'member']
		] as const)
			expect([who, where, role, await add(who, where, role, 'Ai Đó')]).toEqual([
				who,
				where,
				role,
				refused('not_yours_to_give')
			]);
		const [{ n } = { n: -1 }] = await city().owner.query<{ n: number }>(
			`select count(*)::int as n from app.people where name = 'Ai Đó'`
		);
		expect(n, 'nothing is half done').toBe(0);
	});

	test('a name holds no number of an identity paper, whoever writes it', async () => {
		for (const name of ['012345678901', 'Cù Thị Gấc 012/345/678/901'])
			expect(await add('leader', TO3, 'member', name)).toEqual({
				problem: { code: 'id_number_in_note', field: 'name' }
			});
	});

	test('each appoints whom their role gives, in their own place', async () => {
		expect((await place('leader', TO3)).gives).toEqual(['member', 'deputy']);
		expect((await place('officer', TO3)).gives).toEqual(['member', 'deputy', 'leader']);
		expect((await place('coordinator', TO3)).gives).toEqual([]);
		expect((await place('city', units.haiChau)).gives).toEqual(['ward_officer']);
		expect((await place('administrator', units.city)).gives).toEqual([
			'city_office',
			'administrator'
		]);
		expect(await add('city', units.haiChau, 'ward_officer', 'Lý Văn Mít')).toHaveProperty(
			'person_id'
		);
		expect(await add('officer', TO3, 'deputy', 'Mai Thị Na')).toHaveProperty('person_id');
	});

	test('a person sits in two teams, but twice in one is refused, by the day', async () => {
		const { person_id } = cast.stranger;
		expect(
			await act('officer', 'add_membership', { person_id, role: 'member', place_id: TO3 })
		).toHaveProperty('membership_id');
		expect(
			await act('officer', 'add_membership', { person_id, role: 'deputy', place_id: TO3 })
		).toEqual({ problem: { code: 'already_member', field: 'person_id' } });
		await expect(
			city().owner.exec(`insert into app.memberships
				select city_id, gen_random_uuid(), person_id, 'deputy', null, team_id, '2020-01-01', '2030-01-01'
				from app.memberships where person_id = '${person_id}' and team_id = '${TO3}'`)
		).rejects.toThrow('memberships_do_not_overlap');
	});

	test('a team has one leader at a time; the next one takes over on the same day', async () => {
		expect(await add('officer', TO3, 'leader', 'Tô Văn Ớt')).toEqual({
			problem: { code: 'has_leader', field: 'role' }
		});
		const leader = await member(cast.leader.name);
		const teammate = await member(cast.teammate.name);
		const { membership_id } = await act('officer', 'change_role', {
			membership_id: leader?.membership_id,
			role: 'member'
		});
		expect(
			await act('officer', 'change_role', {
				membership_id: teammate?.membership_id,
				role: 'leader'
			})
		).toHaveProperty('membership_id');
		// The old one can no longer appoint, and keeps the phone.
		expect(await add('leader', TO3, 'member', 'Ai Đó')).toEqual(refused('not_yours_to_give'));
		expect(await city().call('leader', 'me')).toMatchObject({ name: cast.leader.name });
		await act('officer', 'change_role', {
			membership_id: (await member(cast.teammate.name))?.membership_id,
			role: 'member'
		});
		await act('officer', 'change_role', { membership_id, role: 'leader' });
	});

	test('who leaves the last team is signed out at the next request', async () => {
		const { person_id } = await add('leader', TO3, 'member', 'Hồ Thị Sen');
		await city().owner
			.exec(`insert into app.sessions (city_id, session_hash, sid, person_id, expires_at)
			select city_id, encode(sha256(person_id::text::bytea), 'hex'), person_id, person_id, now() + interval '1 day'
			from app.people where person_id = '${person_id}'`);
		const as = { role: 'authenticated', claims: { sub: person_id, sid: person_id } } as const;
		await city().callAs(as, 'me');
		const { membership_id } = (await member('Hồ Thị Sen')) ?? {};
		expect(await act('volunteer', 'end_membership', { membership_id })).toEqual(
			refused('not_yours_to_give')
		);
		expect(await act('leader', 'end_membership', { membership_id })).toEqual({ membership_id });
		await expect(city().callAs(as, 'me')).rejects.toMatchObject({ code: 'PT401' });
		expect(await act('leader', 'end_membership', { membership_id })).toEqual(
			refused('not_yours_to_give')
		);
	});

	test('an administrator cannot remove themselves, and gives a password anew before a role changes', async () => {
		const own = await member(cast.administrator.name, units.city);
		expect(
			await act('administrator', 'end_membership', { membership_id: own?.membership_id })
		).toEqual(refused('not_yourself'));
		const since = (ago: string) =>
			city().owner.exec(`update app.sessions set signed_in_at = now() - interval '${ago}'
				where person_id = '${cast.administrator.person_id}'`);
		await since('16 minutes');
		expect(await add('administrator', units.camLe, 'ward_officer', 'Kha Văn Tre')).toEqual(
			refused('sign_in_again')
		);
		await since('14 minutes');
		expect(await add('administrator', units.camLe, 'ward_officer', 'Kha Văn Tre')).toHaveProperty(
			'person_id'
		);
	});

	test('an officer who is also a member of a team has no officer’s rights on a phone without password', async () => {
		const { person_id } = cast.officer;
		const session = (kind: string) =>
			city().owner.exec(
				`update app.sessions set kind = '${kind}' where person_id = '${person_id}'`
			);
		await session('device');
		expect(await city().call('officer', 'me')).toMatchObject({ roles: [], verbs: [] });
		await session('password');
		expect(await city().call('officer', 'me')).toMatchObject({ roles: [{ role: 'ward_officer' }] });
	});

	test('teams are found without marks, by team, ward, group or member, and only those in reach', async () => {
		type Teams = {
			teams: { team_id: string; found: string[]; leader: string; members: number }[];
			total: number;
		};
		const find = (who: CastName, text: string, unit_id: string | null = null) =>
			city().call<Teams>(who, 'teams', { unit_id, find: text, skip: 0 });
		expect((await find('officer', '')).teams).toMatchObject([
			{ team_id: TO3, leader: cast.leader.name }
		]);
		expect((await find('administrator', 'hoa cuong')).teams).toMatchObject([
			{ team_id: HOA_CUONG }
		]);
		expect((await find('administrator', 'tran buoi')).teams).toMatchObject([
			{ team_id: TO3, found: [cast.volunteer.name] }
		]);
		expect((await find('administrator', 'khong co')).total).toBe(0);
		expect((await find('administrator', '', units.hoaCuong)).total).toBe(1);
		for (const who of ['volunteer', 'nobody', 'farCoordinator'] as const)
			expect((await find(who, '')).total).toBe(0);
		for (const who of ['volunteer', 'stranger', 'farCoordinator', 'nobody'] as const)
			await expect(place(who, TO3)).rejects.toMatchObject({ code: 'PT404' });
	});

	test('a new team belongs to groups of the officer’s own ward', async () => {
		const made = (who: CastName, group: string) =>
			act(who, 'add_team', { name: 'Tổ CNSCĐ Tổ 4', group_ids: [group] });
		expect(await made('officer', units.to1CamLe)).toEqual(refused('not_yours_to_give'));
		expect(await made('leader', units.to3)).toEqual(refused('not_yours_to_give'));
		expect(await made('officer', units.haiChau)).toEqual(refused('missing'));
		expect(await made('officer', units.to4)).toHaveProperty('team_id');
	});

	test('every act is in the audit log: who, what, when, ids and names of fields, never values', async () => {
		const { person_id, membership_id } = await add(
			'leader',
			TO3,
			'member',
			'Cù Thị Gấc',
			'0905999888'
		);
		await act('leader', 'change_person', { person_id, name: 'Cù Thị Gấc Chín', phone: '' });
		await act('leader', 'end_membership', { membership_id });
		const rows = await city().owner.query<Record<string, unknown>>(
			`select actor_id, act, subject, subject_id, fields from audit.acts order by act_id desc limit 4`
		);
		expect(rows.map(({ act, subject, subject_id }) => [act, subject, subject_id])).toEqual([
			['end_membership', 'membership', membership_id],
			['change_person', 'person', person_id],
			['add_membership', 'membership', membership_id],
			['add_person', 'person', person_id]
		]);
		expect(rows.every(({ actor_id }) => actor_id === cast.leader.person_id)).toBe(true);
		const [whole] = await city().owner.query<{ text: string }>(
			`select string_agg(a::text, ' ') as text from audit.acts a`
		);
		for (const value of ['Gấc', '0905999888', 'Sen']) expect(whole?.text).not.toContain(value);
		const { acts } = await city().call<{ acts: { actor: string }[] }>('city', 'audit', {
			before: null
		});
		expect(acts[0]?.actor).toBe(cast.leader.name);
		for (const who of ['officer', 'leader', 'nobody'] as const)
			await expect(city().call(who, 'audit', { before: null })).rejects.toMatchObject({
				code: '42501'
			});
	});

	test('nobody changes, deletes or empties the audit log, not even its owner', async () => {
		for (const role of ['', 'authenticated', 'app_server', 'anon'])
			for (const act of [
				`update audit.acts set act = 'nothing'`,
				`delete from audit.acts`,
				`truncate audit.acts`
			])
				await expect(
					city().owner.exec(`begin; ${role && `set local role ${role};`} ${act}; commit;`),
					`${role} ${act}`
				)
					.rejects.toThrow()
					.finally(() => city().owner.exec('rollback'));
	});

	test('as many are on the staff of a ward as its list shows; who was disabled is shown there, and not counted', async () => {
		type Staff = { places: { place_id: string; people: number }[] };
		const counted = async () =>
			(await city().call<Staff>('city', 'staff')).places.find(
				({ place_id }) => place_id === units.haiChau
			)?.people;
		const listed = async () =>
			(await place('city', units.haiChau)).people.filter(
				({ standing }) => standing.state !== 'disabled'
			).length;
		const before = await counted();
		expect(before).toBe(await listed());
		await city().owner.exec(
			`update app.people set disabled_at = now() where person_id = '${cast.officer.person_id}'`
		);
		expect(await listed()).toBe(Number(before) - 1);
		expect(await counted()).toBe(await listed());
		await city().owner.exec(
			`update app.people set disabled_at = null where person_id = '${cast.officer.person_id}'`
		);
	});

	test('the phones of nobody are nobody’s to see or to end', async () => {
		for (const [fn, args] of [
			['signed_in', { person_id: null }],
			['revoke', { person_id: null, sid: null }]
		] as const)
			expect(await act('volunteer', fn, args)).toEqual(refused('not_yours_to_give'));
	});
});
