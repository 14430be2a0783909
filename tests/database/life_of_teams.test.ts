import { expect, test } from 'vitest';
import { onEachDatabase } from '../support/databases';
import { door } from '../support/door';
import { cast, idOf, units, type CastName } from '../support/small_city';

const TO3 = idOf('team Tổ 3');

type Acted = { team_id?: string; ended?: number; problem?: { code: string; field: string } };
type Place = { name: string; group_ids: string[]; people: { name: string; role: string }[] };

onEachDatabase((city) => {
	const { invite, join, me, newPhone } = door(city);
	const act = (who: CastName, fn: string, args: object) => city().call<Acted>(who, fn, { ...args });
	const place = (who: CastName, place_id?: string) =>
		city().call<Place>(who, 'place_people', { place_id });
	const people = (leader: object, deputy?: object) =>
		[{ role: 'leader', ...leader }, deputy && { role: 'deputy', ...deputy }].filter(Boolean);
	let made = '';

	test('a team is made by hand with its groups, its leader and its deputy, in one act or not at all', async () => {
		const add = (first: unknown[]) =>
			act('officer', 'add_team', {
				name: ' Tổ CNSCĐ  Tổ 4 ',
				group_ids: [units.to4],
				people: first
			});
		const leader = { name: 'Hồ Văn Sim', phone: '0905 111 222' };
		expect(await add(people({ name: '' }))).toEqual({
			problem: { code: 'missing', field: 'leader' }
		});
		expect(await add(people(leader, { name: 'Hồ Thị Me', phone: '12' }))).toEqual({
			problem: { code: 'bad_value', field: 'deputy_phone' }
		});
		expect(await city().call('officer', 'teams', { unit_id: null, find: 'sim', skip: 0 })).toEqual(
			expect.objectContaining({ total: 0 })
		);
		made = (await add(people(leader, { name: 'Hồ Thị Me', phone: '' }))).team_id ?? '';
		expect(await place('officer', made)).toMatchObject({
			name: 'Tổ CNSCĐ Tổ 4',
			group_ids: [units.to4],
			people: [
				{ name: 'Hồ Văn Sim', role: 'leader', phone: '0905111222' },
				{ name: 'Hồ Thị Me', role: 'deputy', phone: null }
			]
		});
	});

	test('a team gets another name and other groups, by who holds them all', async () => {
		const change = (who: CastName, group_ids: string[], team_id = made) =>
			act(who, 'change_team', { team_id, name: 'Tổ CNSCĐ Tổ 3 và 4', group_ids });
		for (const [who, groups] of [
			['leader', [units.to3, units.to4]],
			['coordinator', [units.to4]],
			['officer', [units.to4, units.to1CamLe]],
			['nobody', [units.to4]]
		] as const)
			expect(await change(who, [...groups])).toMatchObject({
				problem: { code: 'not_yours_to_give' }
			});
		expect(await change('officer', [])).toEqual({
			problem: { code: 'missing', field: 'group_ids' }
		});
		expect((await place('officer', made)).group_ids).toEqual([units.to4]);
		expect(await change('officer', [units.to3, units.to4])).toEqual({ team_id: made });
		expect((await place('officer', made)).group_ids.sort()).toEqual([units.to3, units.to4].sort());
		// There and back on one day.
		await change('officer', [units.to3]);
		await change('officer', [units.to4, units.to3]);
		expect((await place('officer', made)).group_ids.sort()).toEqual([units.to3, units.to4].sort());
	});

	test('the number to call is told to who looks after the team, and to nobody else', async () => {
		type Phones = { members: { name: string; call: string | null }[] };
		const call = async (who: CastName, name: string) => {
			const { members } = await city().call<Phones>(who, 'team_phones', { unit_id: null });
			return members.find((one) => one.name === name)?.call;
		};
		await act('officer', 'change_person', {
			person_id: cast.volunteer.person_id,
			name: cast.volunteer.name,
			phone: '0905 777 888'
		});
		for (const who of ['leader', 'officer', 'coordinator', 'city'] as const)
			expect([who, await call(who, cast.volunteer.name)]).toEqual([who, '0905777888']);
		// One's own phone, a teammate, another area, and whoever looks after nobody.
		for (const who of ['volunteer', 'teammate', 'farCoordinator', 'administrator'] as const)
			expect([who, (await call(who, cast.volunteer.name)) ?? null]).toEqual([who, null]);
	});

	test('those of a ward who have no phone are told at once, each person once, by who may invite them', async () => {
		const open = (who: CastName, unit_id: string) =>
			city().call<{ teams: number; membership_ids: string[] }>(who, 'uninvited', { unit_id });
		const officer = await open('officer', units.haiChau);
		expect(officer).toMatchObject({
			teams: 1,
			membership_ids: [expect.any(String), expect.any(String)]
		});
		expect((await open('city', units.city)).membership_ids).toEqual(
			expect.arrayContaining(officer.membership_ids)
		);
		for (const [who, where] of [
			['officer', units.camLe],
			['coordinator', units.haiChau],
			['volunteer', units.haiChau],
			['nobody', units.city]
		] as const)
			expect((await open(who, where)).membership_ids).toEqual([]);
		const { cards } = await city().call<{ cards: { name: string }[] }>('officer', 'invite', {
			membership_ids: officer.membership_ids,
			replaces: false
		});
		expect(cards.map(({ name }) => name)).toEqual(['Hồ Văn Sim', 'Hồ Thị Me']);
	});

	test('a team that ends takes its places with it, and phones whose last place it was', async () => {
		await act('administrator', 'add_membership', {
			person_id: cast.volunteer.person_id,
			role: 'member',
			place_id: made
		});
		const { cards } = await city().call<{
			cards: { name: string; code: string; person_id: string }[];
		}>('officer', 'invite', {
			membership_ids: (
				await city().call<{ membership_ids: string[] }>('officer', 'uninvited', {
					unit_id: units.haiChau
				})
			).membership_ids,
			replaces: false
		});
		const [sim] = cards;
		const phone = newPhone();
		await join(sim?.code ?? '', phone);
		for (const who of ['leader', 'coordinator', 'nobody'] as const)
			expect(await act(who, 'end_team', { team_id: made })).toMatchObject({
				problem: { code: 'not_yours_to_give' }
			});
		expect(await act('officer', 'end_team', { team_id: made })).toEqual({ ended: 3 });
		await expect(
			city().callAs(
				{ role: 'authenticated', claims: { sub: sim?.person_id, sid: phone.sid } },
				'me'
			)
		).rejects.toMatchObject({ code: 'PT401' });
		expect(await city().call('volunteer', 'me')).toMatchObject({ name: cast.volunteer.name });
		expect(
			await city().call('city', 'teams', { unit_id: null, find: 'to 4', skip: 0 })
		).toMatchObject({
			total: 0
		});
		for (const fn of ['end_team', 'change_team'])
			expect(
				await act('officer', fn, { team_id: made, name: 'x', group_ids: [units.to4] })
			).toMatchObject({ problem: { code: 'not_yours_to_give' } });
		expect(
			await act('city', 'add_member', { place_id: made, role: 'member', name: 'Ai Đó', phone: '' })
		).toMatchObject({ problem: { code: 'not_yours_to_give' } });
	});

	test('a lost phone is blocked by who looks after its person: signed out, and nothing of it is taken', async () => {
		const phone = newPhone();
		await join((await invite('leader', 'teammate', true)).code, phone);
		const as = {
			role: 'authenticated',
			claims: { sub: cast.teammate.person_id, sid: phone.sid }
		} as const;
		const key_id = idOf('key of a phone that gets lost');
		await city().callAs(as, 'add_hand_in_key', {
			key_id,
			device_id: null,
			public_key: `B${'A'.repeat(86)}`
		});
		const usable = async () =>
			(await city().owner.query<{ key: unknown }>(`select app.hand_in_key('${key_id}') as key`))[0]
				?.key;
		type Phones = { phones: { key_id: string; in_use: boolean; blocked: boolean }[] };
		const listed = async () =>
			(await city().call<Phones>('leader', 'signed_in', { person_id: cast.teammate.person_id }))
				.phones;
		expect(await listed()).toMatchObject([{ key_id, in_use: true, blocked: false }]);
		for (const who of ['stranger', 'coordinator', 'nobody'] as const)
			expect(await act(who, 'block_phone', { key_id, blocked: true })).toMatchObject({
				problem: { code: 'not_yours_to_give' }
			});
		expect(await usable()).toMatchObject({ person_id: cast.teammate.person_id });
		expect(await act('leader', 'block_phone', { key_id, blocked: true })).toEqual({ key_id });
		await expect(me('teammate', phone)).rejects.toMatchObject({ code: 'PT401' });
		expect(await usable()).toBeNull();
		expect(await listed()).toMatchObject([{ key_id, in_use: false, blocked: true }]);
		await act('leader', 'block_phone', { key_id, blocked: false });
		expect(await usable()).toMatchObject({ person_id: cast.teammate.person_id });
		expect(await act('leader', 'block_phone', { key_id: TO3, blocked: true })).toMatchObject({
			problem: { code: 'not_yours_to_give' }
		});
	});
});
