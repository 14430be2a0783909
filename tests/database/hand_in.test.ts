import { v7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';
import { change, household, localDay, pull, push, training, visit } from '../support/changes';
import { identityOf, onEachDatabase } from '../support/databases';
import { APP_SERVER, addKey, handIn, handInVerdicts, publicKey } from '../support/hand_in';
import { cast, idOf, units, type CastName } from '../support/small_city';

const at = (day: string) => ({ at: `${day}T03:00:00Z` });

onEachDatabase((city) => {
	const disable = (day: string | null) =>
		city().owner.query(
			'update app.people set disabled_at = $1::timestamptz where person_id = $2::uuid',
			[day && `${day}T05:00:00Z`, cast.volunteer.person_id]
		);
	const authorsOf = (record_id: string) =>
		city().owner.query<{ author_id: string; device_id: string }>(
			'select author_id::text, device_id::text from app.changes where record_id = $1::uuid and seq is not null',
			[record_id]
		);
	const visitsCounted = async () => {
		const [row] = await city().owner.query<{ n: number }>(
			'select coalesce(sum(visits), 0)::int as n from app.group_days where group_id = $1::uuid',
			[units.to3]
		);
		return row?.n;
	};
	const session = (who: CastName, ended_at: 'now()' | 'null') =>
		city().owner.query(
			`update app.sessions set ended_at = ${ended_at} where person_id = $1::uuid`,
			[cast[who].person_id]
		);
	beforeEach(() => disable(null));

	test("a disabled member's phone hands in the work of the days before, and not of the days after", async () => {
		const key = await addKey(city(), 'volunteer');
		await disable(localDay(-1));
		const home = household('Nhà ông Chín', at(localDay(-3)));
		const helped = visit(home.record_id, { day: localDay(-2) }, at(localDay(-2)));
		const that_morning = visit(home.record_id, { day: localDay(-1) }, at(localDay(-1)));
		const late = visit(home.record_id, { day: localDay() }, at(localDay()));
		const backdated = visit(home.record_id, { day: localDay(-2) }, at(localDay()));
		expect(
			await handInVerdicts(city(), key, [home, helped, that_morning, late, backdated])
		).toEqual([
			'applied',
			'applied',
			'applied',
			'refused not_your_group group_id',
			'refused not_your_group group_id'
		]);
	});

	test('work of the day of disabling is taken, and a clock that is ahead counts as now', async () => {
		const key = await addKey(city(), 'volunteer');
		await disable(localDay());
		const today = visit(null, { day: localDay() }, at(localDay()));
		const ahead = visit(null, { day: localDay() }, { at: '2099-01-01T03:00:00Z' });
		const foreign = visit(null, { day: localDay() }, { ...at(localDay()), group_id: units.to4 });
		expect(await handInVerdicts(city(), key, [today, ahead, foreign])).toEqual([
			'applied',
			'applied',
			'refused not_your_group group_id'
		]);
	});

	test('what was written and taken back while the right was held stays taken back', async () => {
		const key = await addKey(city(), 'volunteer');
		await disable(localDay(-1));
		const before = await visitsCounted();
		const held = training({ day: localDay(-2) }, at(localDay(-2)));
		const undone = change(
			'training',
			{ discarded: true, reason: 'undo' },
			{ record_id: held.record_id, ...at(localDay(-2)) }
		);
		expect(await handInVerdicts(city(), key, [held, undone])).toEqual(['applied', 'applied']);
		expect(await visitsCounted()).toBe(before);
	});

	test('a disabled member reads nothing at all, whatever the key', async () => {
		const key = await addKey(city(), 'volunteer');
		await disable(localDay(-1));
		const sid = cast.volunteer.person_id;
		const tokens = [
			identityOf('volunteer'),
			{ role: 'authenticated', claims: { sub: sid, sid: key, hand_in: key } },
			{ role: 'authenticated', claims: { sub: sid, hand_in: key } }
		] as const;
		for (const token of tokens) {
			for (const [fn, args] of [
				['me', {}],
				['catalogue', {}],
				['pull', { protocol: 1, cursors: {} }],
				['push', { protocol: 1, device: {}, changes: [] }],
				['history', { record_id: v7() }],
				['team_phones', { unit_id: null }],
				['coverage', { unit_id: units.haiChau, month: localDay().slice(0, 8) + '01' }],
				['add_hand_in_key', { key_id: v7(), device_id: v7(), public_key: publicKey('x') }]
			] as const)
				await expect(city().callAs(token, fn, args), fn).rejects.toMatchObject({ code: 'PT401' });
			for (const table of ['households', 'visits', 'group_days', 'units']) {
				const text = `select count(*)::text as body from app.${table}`;
				expect(await city().database.run(token, { text, params: [] })).toBe('0');
			}
		}
		const { verdicts, ...rest } = await handIn(city(), key, [
			household('Nhà cũ', at(localDay(-2)))
		]);
		expect(Object.keys(rest).sort()).toEqual(['ended', 'server_time']);
		expect(Object.keys(verdicts[0] ?? {}).sort()).toEqual(['change_id', 'seq', 'verdict']);
	});

	test('nobody but the web server may hand in or ask for a key, and it reads neither table', async () => {
		const key_id = await addKey(city(), 'volunteer');
		const call = { key_id, bundle_id: v7(), carrier_id: null, changes: [] };
		for (const token of [
			identityOf('volunteer'),
			identityOf('officer'),
			{ role: 'anon', claims: { role: 'anon' } } as const
		]) {
			await expect(city().callAs(token, 'server_hand_in', call)).rejects.toMatchObject({
				code: '42501'
			});
			await expect(city().callAs(token, 'server_hand_in_key', { key_id })).rejects.toMatchObject({
				code: '42501'
			});
		}
		for (const token of [APP_SERVER, identityOf('volunteer')])
			for (const table of ['hand_in_keys', 'hand_ins']) {
				const text = `select count(*)::text as body from app.${table}`;
				await expect(city().database.run(token, { text, params: [] })).rejects.toMatchObject({
					code: '42501'
				});
			}
	});

	test('work is credited to its author and its phone, whoever carries it, and once', async () => {
		const key = await addKey(city(), 'volunteer');
		const before = (await visitsCounted()) ?? 0;
		const home = household('Nhà cô Mười');
		const helped = visit(home.record_id);
		const bundle_id = v7();
		const first = await handIn(city(), key, [home, helped], { bundle_id, carrier: 'teammate' });
		expect(first.verdicts.map(({ verdict }) => verdict)).toEqual(['applied', 'applied']);
		const author = { author_id: cast.volunteer.person_id, device_id: idOf('phone of volunteer') };
		expect(await authorsOf(helped.record_id)).toEqual([author]);

		const again = await handIn(city(), key, [home, helped], { bundle_id, carrier: 'officer' });
		expect(again.verdicts.map(({ verdict }) => verdict)).toEqual(['duplicate', 'duplicate']);
		const pushed = await push(city(), 'volunteer', [home, helped]);
		expect(pushed.map(({ verdict }) => verdict)).toEqual(['duplicate', 'duplicate']);
		expect(await visitsCounted()).toBe(before + 1);
		const [noted] = await city().owner.query<{ carrier_id: string; taken: number }>(
			'select carrier_id::text, taken from app.hand_ins where bundle_id = $1::uuid',
			[bundle_id]
		);
		expect(noted).toEqual({ carrier_id: cast.teammate.person_id, taken: 2 });
	});

	test('the team sees handed-in work as it sees any other', async () => {
		const key = await addKey(city(), 'volunteer');
		const home = household('Nhà bà Mười Một');
		await handIn(city(), key, [home]);
		const pages = await pull(city(), 'leader');
		const found = pages.flatMap((page) => page.households).find(({ id }) => id === home.record_id);
		expect(found).toMatchObject({ label: 'Nhà bà Mười Một', author_id: cast.volunteer.person_id });
	});

	test('a key hands in where its person may record, and nowhere else', async () => {
		const key = await addKey(city(), 'volunteer');
		const foreign = household('Nhà người khác', { group_id: units.to1HoaCuong });
		expect(await handInVerdicts(city(), key, [foreign])).toEqual([
			'refused not_your_group group_id'
		]);
		const officers = await addKey(city(), 'officer');
		expect(await handInVerdicts(city(), officers, [household('Nhà của cán bộ')])).toEqual([
			'refused not_your_group group_id'
		]);
	});

	test('one bad change does not block its neighbours', async () => {
		const key = await addKey(city(), 'volunteer');
		const good = household('Nhà tốt');
		const bad = training({ day: localDay(3) });
		const { verdicts } = await handIn(city(), key, [{ change_id: 'x' }, bad, good]);
		expect(verdicts.map(({ verdict }) => verdict).sort()).toEqual([
			'applied',
			'invalid',
			'invalid'
		]);
	});

	test('a phone that was replaced still hands in, and is told that it has ended', async () => {
		const key = await addKey(city(), 'teammate');
		expect((await handIn(city(), key, [])).ended).toBe(false);
		await city().owner.query('select app.end_sessions(array[$1::uuid])', [cast.teammate.person_id]);
		const { ended, verdicts } = await handIn(city(), key, [household('Nhà trên máy cũ')]);
		expect([ended, verdicts[0]?.verdict]).toEqual([true, 'applied']);
		await disable(localDay(-1));
		expect((await handIn(city(), await addKey(city(), 'leader'), [])).ended).toBe(false);
		await session('teammate', 'null');
	});

	test.each([
		['was lost', `blocked_at = now()`],
		['was away for longer than any work is taken', `seen_at = now() - interval '401 days'`]
	])('a phone that %s hands in nothing', async (_, state) => {
		const key_id = await addKey(city(), 'volunteer');
		await city().owner.query(`update app.hand_in_keys set ${state} where key_id = $1::uuid`, [
			key_id
		]);
		await expect(handIn(city(), key_id, [household('Nhà lạ')])).rejects.toMatchObject({
			code: 'PT403'
		});
		expect(await city().callAs(APP_SERVER, 'server_hand_in_key', { key_id })).toBeNull();
		await expect(handIn(city(), v7(), [])).rejects.toMatchObject({ code: 'PT403' });
	});

	test("a key stays its person's: nobody else can take it over, nor change it", async () => {
		const key_id = await addKey(city(), 'volunteer');
		await addKey(city(), 'volunteer', key_id);
		await expect(addKey(city(), 'teammate', key_id)).rejects.toMatchObject({ code: 'PT409' });
		const other = { key_id, device_id: v7(), public_key: publicKey('another') };
		await expect(city().call('volunteer', 'add_hand_in_key', other)).rejects.toMatchObject({
			code: 'PT409'
		});
		const broken = { key_id: v7(), device_id: v7(), public_key: 'no key' };
		await expect(city().call('volunteer', 'add_hand_in_key', broken)).rejects.toMatchObject({
			code: 'PT400'
		});
	});

	test('whoever revokes a phone of theirs has it hand in, and signing out leaves it in use', async () => {
		const key = await addKey(city(), 'stranger');
		await session('stranger', 'now()');
		expect((await handIn(city(), key, [])).ended).toBe(false);
		await session('stranger', 'null');
		await city().call('stranger', 'revoke', { person_id: cast.stranger.person_id, sid: null });
		expect((await handIn(city(), key, [])).ended).toBe(true);
		await session('stranger', 'null');
		await addKey(city(), 'stranger', key);
		expect((await handIn(city(), key, [])).ended).toBe(false);
	});

	test('a phone that floods is asked to wait, and what it handed in before stays', async () => {
		const key = await addKey(city(), 'leader');
		const home = household('Nhà trong cơn lũ');
		for (let n = 0; n < 60; n++) await handIn(city(), key, [home]);
		const late = household('Nhà thứ sáu mươi mốt');
		await expect(handIn(city(), key, [late])).rejects.toMatchObject({ code: 'PT429' });
		expect(await authorsOf(home.record_id)).toHaveLength(1);
		expect(await authorsOf(late.record_id)).toEqual([]);
	});
});
