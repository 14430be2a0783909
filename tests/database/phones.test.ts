import { expect, test } from 'vitest';
import type { DeviceReport, TeamPhonesAnswer } from '../../src/lib/data/functions';
import { identityOf, onEachDatabase } from '../support/databases';
import { cast, idOf, units, type CastName } from '../support/small_city';

const TEAM = idOf('team Tổ 3');

onEachDatabase((city) => {
	const phones = (who: CastName, unit_id: string | null = null) =>
		city().call<TeamPhonesAnswer>(who, 'team_phones', { unit_id });
	const names = async (who: CastName, unit_id: string | null = null) =>
		(await phones(who, unit_id)).members.map((member) => member.name).sort();
	const report = (who: CastName, device: Partial<DeviceReport>) =>
		city().call(who, 'report', { device: { device_id: idOf(`phone of ${who}`), ...device } });
	const contact = async (who: CastName) =>
		(await phones(who)).members.find((one) => one.person_id === cast[who].person_id)?.phones;
	const long_ago = (who: CastName, interval: string) =>
		city().owner.exec(`update app.devices set last_contact = now() - interval '${interval}'
			where person_id = '${cast[who].person_id}'`);

	test('a leader sees the phones of the team, and who never was in contact', async () => {
		await report('volunteer', {
			app_version: '1.2',
			waiting: 3,
			oldest_at: '2026-01-02T03:04:05.000Z',
			storage_persisted: true
		});
		const { total, unit, members } = await phones('leader', TEAM);
		expect(unit).toEqual({ id: TEAM, name: 'Tổ CNSCĐ Tổ 3' });
		expect(total).toBe(3);
		const of = (who: CastName) => members.find((one) => one.person_id === cast[who].person_id);
		expect(of('volunteer')).toMatchObject({
			name: 'Trần Thị Bưởi',
			role: 'member',
			groups: ['Tổ 3'],
			ward_name: 'Hải Châu',
			call: null,
			phones: [{ app_version: '1.2', waiting: 3, storage_persisted: true }]
		});
		expect(Date.parse(of('volunteer')?.phones[0]?.oldest_at ?? '')).toBe(
			Date.parse('2026-01-02T03:04:05Z')
		);
		expect(of('teammate')).toMatchObject({ phones: [] });
		expect(of('leader')).toMatchObject({ role: 'leader', phones: [] });
	});

	test('how far a phone’s clock is out is told with it, and one that does not say tells nothing', async () => {
		const offset = async (now: string | undefined) => {
			await long_ago('teammate', '1 hour');
			await report('teammate', { now });
			return (await contact('teammate'))?.[0]?.clock_ahead_s;
		};
		const off = (ms: number) => new Date(Date.now() + ms).toISOString();
		expect(await offset(off(2 * 3600_000))).toBeGreaterThan(7190);
		const behind = (await offset(off(-400 * 86_400_000))) ?? 0;
		expect(Math.round(behind / 86_400)).toBe(-400);
		expect(await offset('infinity')).toBeNull();
		expect(await offset(undefined)).toBeNull();
		await city().owner.exec(
			`delete from app.devices where person_id = '${cast.teammate.person_id}'`
		);
	});

	test('every role sees exactly the phones that are theirs to look after', async () => {
		const team = [cast.leader.name, cast.teammate.name, cast.volunteer.name].sort();
		const area = [...team, cast.stranger.name].sort();
		expect(await names('leader')).toEqual(team);
		expect(await names('officer')).toEqual(team);
		expect(await names('coordinator')).toEqual(area);
		expect(await names('coordinator', units.hoaCuong)).toEqual([cast.stranger.name]);
		expect(await names('coordinator', units.to4)).toEqual([]);
		expect(await names('city')).toEqual(area);
		expect(await names('city', units.area)).toEqual(area);
		expect(await names('farCoordinator')).toEqual([]);
		expect(await names('farCoordinator', units.haiChau)).toEqual([]);
		expect(await names('nobody', units.city)).toEqual([]);
	});

	test('a member sees only their own phones, whatever they ask for', async () => {
		await report('teammate', {});
		for (const place of [null, TEAM, units.to3, units.city])
			expect(await names('volunteer', place)).toEqual([cast.volunteer.name]);
		expect(await names('stranger', units.haiChau)).toEqual([]);
		expect(await names('stranger')).toEqual([cast.stranger.name]);
		await expect(phones('stranger', TEAM)).rejects.toMatchObject({ code: 'PT404' });
		await expect(phones('leader', idOf('no such place'))).rejects.toMatchObject({ code: 'PT404' });
	});

	test('straight at the table, too, nobody sees more', async () => {
		await report('stranger', {});
		const seen = async (who: CastName) => {
			const text = `select coalesce(json_agg(distinct d.person_id), '[]')::text as body from app.devices d`;
			const body = await city().database.run(identityOf(who), { text, params: [] });
			return (JSON.parse(body ?? '[]') as string[]).sort();
		};
		const team = [cast.volunteer.person_id, cast.teammate.person_id].sort();
		expect(await seen('volunteer')).toEqual([cast.volunteer.person_id]);
		expect(await seen('stranger')).toEqual([cast.stranger.person_id]);
		expect(await seen('leader')).toEqual(team);
		expect(await seen('officer')).toEqual(team);
		for (const who of ['coordinator', 'city'] as const)
			expect(await seen(who)).toEqual([...team, cast.stranger.person_id].sort());
		for (const who of ['farCoordinator', 'nobody'] as const) expect(await seen(who)).toEqual([]);
	});

	test('a phone that only fetches is noted, at most once in ten minutes', async () => {
		await report('leader', { app_version: '1', waiting: 0 });
		await report('leader', { app_version: '2', waiting: 0 });
		expect(await contact('leader')).toMatchObject([{ app_version: '1' }]);
		await long_ago('leader', '9 minutes');
		await report('leader', { app_version: '2' });
		expect(await contact('leader')).toMatchObject([{ app_version: '1' }]);
		await long_ago('leader', '11 minutes');
		await report('leader', { app_version: '2' });
		const [phone] = (await contact('leader')) ?? [];
		expect(phone).toMatchObject({ app_version: '2', waiting: null });
		expect(Date.now() - Date.parse(phone?.last_contact ?? '')).toBeLessThan(60_000);
	});

	test('a report writes nothing when there is nothing new to say', async () => {
		await report('leader', { app_version: '2' });
		const versions = () =>
			city().owner.query<{ xmin: string; xmax: string }>(
				`select xmin::text, xmax::text from app.devices where person_id = '${cast.leader.person_id}'`
			);
		const before = await versions();
		for (let i = 0; i < 5; i++) await report('leader', { app_version: '3' });
		expect(await versions()).toEqual(before);
	});

	test('each phone of a person is told, the last one in contact first', async () => {
		await long_ago('teammate', '8 days');
		await report('teammate', { device_id: idOf('a new phone'), app_version: 'new' });
		const mine = await contact('teammate');
		expect(mine?.map((phone) => phone.app_version)).toEqual(['new', null]);
	});

	test('nonsense of a phone is left out, and a phone without a name is not noted', async () => {
		for (const device of ['text', null, [1], { device_id: 7 }, { app_version: 'a\u0000b' }])
			await city().call('coordinator', 'report', { device });
		const rows = await city().owner.query(
			`select from app.devices where person_id = '${cast.coordinator.person_id}'`
		);
		expect(rows).toEqual([]);
	});

	test('an ended session is told so; who left the team, or is disabled, is no longer listed', async () => {
		await city().owner.exec(`
			update app.memberships set to_day = app.today() where person_id = '${cast.teammate.person_id}';
			update app.people set disabled_at = now() where person_id = '${cast.volunteer.person_id}'`);
		expect(await names('leader')).toEqual([cast.leader.name]);
		expect(await names('teammate')).toEqual([]);
		await expect(phones('volunteer')).rejects.toMatchObject({ code: 'PT401' });
		await expect(report('volunteer', {})).rejects.toMatchObject({ code: 'PT401' });
		await city().owner.exec(`update app.sessions set ended_at = now()`);
		await expect(phones('leader')).rejects.toMatchObject({ code: 'PT401' });
	});
});
