import { expect, test } from 'vitest';
import {
	household,
	localDay,
	push,
	signup,
	verdicts,
	visit,
	type Answered
} from '../support/changes';
import { onEachDatabase } from '../support/databases';
import { units } from '../support/small_city';

const nested = (depth: number): unknown => (depth === 0 ? 'a' : [nested(depth - 1)]);

// Each of these once stopped a whole batch, or was kept although no phone could show it (2026-11-23).
onEachDatabase((city) => {
	test('a poisoned change is answered by itself, and its neighbour is kept', async () => {
		const poisons: [unknown, string][] = [
			[visit(null, { topics: nested(7) }), 'bad_value topics'],
			[visit(null, { topics: '{{{{{{{a}}}}}}}' }), 'bad_value topics'],
			[visit(null, { people_by_group: nested(40) }), 'bad_value people_by_group'],
			[{ ...visit(null), kind: 'theft', at: '2026-99-99T00:00:00Z' }, 'bad_change at'],
			[{ ...visit(null), at: '2026-02-31T10:00:00Z' }, 'bad_change at'],
			[{ ...visit(null), kind: 7 }, 'bad_change kind'],
			[{ ...visit(null), kind: 'solar_panel', fields: { x: 1 } }, 'unknown_kind kind'],
			[visit(null, { unknown: 'x'.repeat(50_000) }), 'bad_change fields'],
			[visit(null, { unknown: nested(60) }), '']
		];
		for (const [poison, words] of poisons) {
			const neighbour = household('Nhà kế bên');
			const answered = await push(city(), 'volunteer', [poison, neighbour]);
			const of = (id: string) => answered.find((one) => one.change_id === id) as Answered;
			expect([words, of(neighbour.change_id).verdict]).toEqual([words, 'applied']);
			const { code = '', field = '' } = of((poison as { change_id: string }).change_id);
			expect(`${code} ${field}`.trim()).toBe(words);
		}
	});

	test('values that no phone could show are refused with their field', async () => {
		const cases: [Record<string, unknown>, string][] = [
			[{ follow_up_on: 'infinity' }, 'bad_value follow_up_on'],
			[{ follow_up_on: '2099-01-01' }, 'out_of_range follow_up_on'],
			[{ day: 'today' }, 'bad_value day'],
			[{ day: '01/02/2026' }, 'bad_value day'],
			[{ day: 20260101 }, 'bad_value day'],
			[{ day: '2026-02-30' }, 'bad_value day'],
			[{ topics: [null] }, 'bad_value topics'],
			[{ topics: [''] }, 'bad_value topics'],
			[{ topics: ['vneid', { a: 1 }] }, 'bad_value topics'],
			[{ topics: Array(41).fill('vneid') }, 'out_of_range topics'],
			[{ outcome: '' }, 'missing outcome'],
			[{ outcome: 'x'.repeat(41) }, 'bad_value outcome'],
			[{ place: 'Chợ Hàn' }, 'bad_value place'],
			[{ note: { a: 1 } }, 'bad_value note'],
			[{ note: null }, 'missing note'],
			[{ people_helped: '3' }, 'bad_value people_helped'],
			[{ people_helped: 1.5 }, 'bad_value people_helped'],
			[{ people_helped: 70_000 }, 'out_of_range people_helped'],
			[{ people_by_group: { elderly: -1 } }, 'out_of_range people_by_group'],
			[{ people_by_group: { 'Cô Năm': 1 } }, 'out_of_range people_by_group'],
			[{ household_id: 'x' }, 'bad_value household_id'],
			[{ discarded: 'yes' }, 'bad_value discarded']
		];
		for (const [fields, words] of cases)
			expect(await verdicts(city(), 'volunteer', [visit(null, fields)])).toEqual([
				`invalid ${words}`
			]);
		expect(await verdicts(city(), 'volunteer', [signup(null, { service: '' })])).toEqual([
			'invalid missing service'
		]);
		expect(await verdicts(city(), 'volunteer', [household('   ')])).toEqual([
			'invalid missing label'
		]);
	});

	test('an identity number is found however it is written, and is not kept by being refused', async () => {
		const number = [
			'048123456789',
			'0481 2345 6789',
			'0481\u00a02345\u00a06789',
			'０４８１２３４５６７８９',
			'048.123.456.789'
		];
		for (const note of number)
			expect(await verdicts(city(), 'volunteer', [visit(null, { note })])).toEqual([
				'invalid id_number_in_note note'
			]);
		expect(
			await verdicts(city(), 'volunteer', [visit(null, { later: 'cccd 048123456789' })])
		).toEqual(['invalid id_number_in_note extra']);
		const kept = await city().owner.query(
			`select from app.changes where fields::text ~ '4812|０４８'`
		);
		expect(kept).toEqual([]);
	});

	test('a device that says nonsense of itself does not stop what it sends', async () => {
		for (const device of [
			{ app_version: 'a\u0000b' },
			{ device_id: 7, waiting: 'x' },
			'text',
			null,
			[1]
		]) {
			const home = household('Nhà cô Ba');
			const { verdicts } = await city().call<{ verdicts: Answered[] }>('volunteer', 'push', {
				protocol: 1,
				device,
				changes: [home]
			});
			expect(verdicts.map((one) => one.verdict)).toEqual(['applied']);
		}
	});

	test("the phone's own word of how old its oldest unsent record is, is kept", async () => {
		const device = {
			device_id: units.to4,
			waiting: 12,
			oldest_at: '2026-01-02T03:04:05.000Z',
			storage_persisted: true
		};
		await city().call('volunteer', 'push', { protocol: 1, device, changes: [] });
		const [row] = await city().owner.query(
			`select waiting, to_char(oldest_at at time zone 'UTC', 'YYYY-MM-DD') as oldest, storage_persisted
			from app.devices where device_id = $1`,
			[units.to4]
		);
		expect(row).toEqual({ waiting: 12, oldest: '2026-01-02', storage_persisted: true });
	});

	test('a right that comes back lets a refused change in when it is sent again', async () => {
		const home = household('Nhà mới ở Tổ 4', { group_id: units.to4 });
		expect(await verdicts(city(), 'volunteer', [home])).toEqual([
			'refused not_your_group group_id'
		]);
		await city().owner.exec(`insert into app.team_groups (city_id, team_id, group_id, from_day)
			select city_id, team_id, '${units.to4}', '2025-07-01' from app.team_groups where group_id = '${units.to3}'`);
		expect(await verdicts(city(), 'volunteer', [home])).toEqual(['applied']);
		expect(await verdicts(city(), 'volunteer', [home])).toEqual(['duplicate']);
	});

	test('a group that was never written to takes its first record', async () => {
		await city().owner.exec(`delete from app.group_logs where group_id = '${units.to1HoaCuong}'`);
		const first = household('Nhà đầu tiên', { group_id: units.to1HoaCuong });
		expect(await verdicts(city(), 'stranger', [first])).toEqual(['applied']);
	});

	test('the same person on a second phone is told when both changed a field', async () => {
		const home = household('Nhà hai máy');
		const send = async (device_id: string, changes: unknown[]) =>
			(
				await city().call<{ verdicts: Answered[] }>('volunteer', 'push', {
					protocol: 1,
					device: { device_id },
					changes
				})
			).verdicts[0];
		const made = await send(units.to3, [home]);
		const on = { record_id: home.record_id, base: made?.seq ?? 0 };
		await send(units.to3, [household('Từ máy cũ', on)]);
		expect(await send(units.to4, [household('Từ máy mới', on)])).toMatchObject({
			verdict: 'merged',
			fields: ['label']
		});
	});

	test('a change_id in capitals is answered as it was sent', async () => {
		const home = { ...household('Nhà chữ hoa') };
		home.change_id = home.change_id.toUpperCase();
		expect(await verdicts(city(), 'volunteer', [home])).toEqual(['applied']);
	});

	test('months that no office means are refused', async () => {
		for (const month of [null, 'infinity', '1900-01-01'])
			await expect(city().call('city', 'compare_wards', { month })).rejects.toMatchObject({
				code: 'PT400'
			});
		expect(
			(await city().call<{ rows: unknown[] }>('city', 'compare_wards', { month: localDay() })).rows
		).toHaveLength(3);
	});
});
