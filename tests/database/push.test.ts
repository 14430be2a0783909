import { expect, test } from 'vitest';
import {
	household,
	localDay,
	pull,
	push,
	signup,
	training,
	verdicts,
	visit
} from '../support/changes';
import { onEachDatabase } from '../support/databases';
import { units } from '../support/small_city';

onEachDatabase((city) => {
	test('what a volunteer logs arrives, numbered in the order it was made', async () => {
		const home = household('Nhà cô Năm');
		const changes = [home, visit(home.record_id), signup(home.record_id), training()];
		const answered = await push(city(), 'volunteer', changes);
		expect(answered.map((one) => one.verdict)).toEqual([
			'applied',
			'applied',
			'applied',
			'applied'
		]);
		const numbers = answered.map((one) => one.seq ?? 0);
		expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i));
	});

	test('the same change sent twice is applied once, also within one batch', async () => {
		const home = household('Bác Sáu sửa xe');
		const twice = await push(city(), 'volunteer', [home, home]);
		expect(twice.map((one) => one.verdict)).toEqual(['applied', 'duplicate']);
		const [again] = await push(city(), 'volunteer', [home]);
		expect(again).toMatchObject({ verdict: 'duplicate', was: 'applied', seq: twice[0]?.seq });
		const rows = await city().owner.query('select from app.changes where change_id = $1', [
			home.change_id
		]);
		expect(rows).toHaveLength(1);
	});

	test('what must never be kept is refused by its name, wherever it is written', async () => {
		const home = household('Nhà cô Hai xe ôm');
		const [made] = await push(city(), 'volunteer', [home]);
		const notes = ['thẻ 9704 1234 5678 9012', 'OTP 482913', 'co.nam@example.com'];
		const codes = ['card_number', 'otp', 'email'];
		const on = { record_id: home.record_id, base: made?.seq ?? 0 };
		for (const [n, note] of notes.entries())
			expect(
				await verdicts(city(), 'volunteer', [
					visit(home.record_id, { note }),
					training({ note }),
					household('Nhà khác', { fields: { label: 'Nhà khác', note } }),
					household(note),
					household('', { ...on, fields: { priority: true, reason: note } })
				])
			).toEqual(
				['note', 'note', 'note', 'label', 'reason'].map(
					(field) => `invalid ${codes[n]}_in_note ${field}`
				)
			);
		const kept = await city().owner.query(
			`select from app.changes where fields::text ~ '9704|482913|example.com'`
		);
		expect(kept).toHaveLength(0);
	});

	test('emoji, decomposed marks and writing from right to left are kept as they are; 10,000 letters are not', async () => {
		const home = household('Nhà 👵🏽 cô Năm');
		const notes = [
			'👨‍👩‍👧‍👦'.repeat(90),
			'Cô hẹn chủ nhật'.normalize('NFD'),
			'\u202eنص\u202c',
			'ễ'.repeat(10_000)
		];
		const visits = notes.map((note) => visit(home.record_id, { note }));
		expect(await verdicts(city(), 'volunteer', [home, ...visits])).toEqual([
			'applied',
			'applied',
			'applied',
			'applied',
			'invalid too_long note'
		]);
	});

	test('counts below zero, above the headcount, of too many households, and a day to come are refused', async () => {
		const ids = [household('Nhà một'), household('Nhà hai')];
		await push(city(), 'volunteer', ids);
		const household_ids = ids.map((one) => one.record_id);
		expect(
			await verdicts(city(), 'volunteer', [
				training({ headcount: -1 }),
				training({ headcount: 0 }),
				training({ people_by_group: { elderly: -1 } }),
				training({ people_by_group: { elderly: 13 } }),
				training({ headcount: 1, household_ids }),
				training({ household_ids: ['not an id'] }),
				training({ headcount: 0, session_id: household_ids[0] }),
				training({ day: localDay(2) })
			])
		).toEqual([
			'invalid out_of_range headcount',
			'invalid out_of_range headcount',
			'invalid out_of_range people_by_group',
			'invalid out_of_range people_by_group',
			'invalid out_of_range household_ids',
			'invalid bad_value household_ids',
			'invalid missing household_ids',
			'invalid date_in_future day'
		]);
	});

	test('each bad input gets its own verdict with code and field, and its neighbours are kept', async () => {
		const home = household('Nhà trọ hẻm 14');
		const elsewhere = household('Nhà ở Hòa Cường', { group_id: units.to1HoaCuong });
		await push(city(), 'stranger', [elsewhere]);
		expect(
			await verdicts(city(), 'volunteer', [
				home,
				// Not tomorrow: ten minutes before midnight it may be today on a clock that is ahead.
				visit(home.record_id, { day: localDay(2) }),
				visit(home.record_id, { day: localDay(-500) }),
				visit(elsewhere.record_id),
				visit('0199aaaa-0000-7000-8000-000000000000'),
				visit(home.record_id, { note: 'số 012 345 678 901 của cô' }),
				visit(home.record_id, { note: 'x'.repeat(1001) }),
				visit(home.record_id, { people_helped: -1 }),
				visit(home.record_id, { people_helped: 99_999 }),
				visit(home.record_id, { topics: [] }),
				visit(home.record_id, { people_by_group: { elderly: 5 } }),
				visit(home.record_id, { day: 'hôm qua' }),
				visit(home.record_id, { outcome: null }),
				visit(home.record_id, {}, { kind: 'theft' }),
				visit(home.record_id, {}, { group_id: units.to4 }),
				visit(home.record_id, {}, { group_id: '0199aaaa-0000-7000-8000-00000000ffff' }),
				signup(home.record_id, { people: 0 }),
				training({ headcount: null }),
				household(''),
				visit(home.record_id, { note: 'ổn' })
			])
		).toEqual([
			'applied',
			'invalid date_in_future day',
			'invalid date_too_old day',
			'invalid household_of_another_group household_id',
			'invalid unknown_household household_id',
			'invalid id_number_in_note note',
			'invalid too_long note',
			'invalid out_of_range people_helped',
			'invalid out_of_range people_helped',
			'invalid missing topics',
			'invalid out_of_range people_by_group',
			'invalid bad_value day',
			'invalid missing outcome',
			'invalid unknown_kind kind',
			'refused not_your_group group_id',
			'refused unknown_group group_id',
			'invalid out_of_range people',
			'invalid missing headcount',
			'invalid missing label',
			'applied'
		]);
		const kept = await city().owner.query('select from app.visits where household_id = $1', [
			home.record_id
		]);
		expect(kept).toHaveLength(1);
	});

	test('a change that cannot even be read is answered, and does not stop the others', async () => {
		const home = household('Cô Tư bán bún');
		const nul = { ...household('a'), fields: { label: 'a\u0000b' } };
		const noId = { ...household('b'), change_id: 'x' };
		const noMoment = { ...household('c'), at: 'yesterday' };
		const answered = await push(city(), 'volunteer', [nul, noId, noMoment, 'text', null, home]);
		const of = (id: string) => answered.find((one) => one.change_id === id);
		expect(of(nul.change_id)).toMatchObject({
			verdict: 'invalid',
			code: 'bad_change',
			field: 'fields'
		});
		expect(of(noMoment.change_id)).toMatchObject({
			verdict: 'invalid',
			code: 'bad_change',
			field: 'at'
		});
		expect(of(home.change_id)).toMatchObject({ verdict: 'applied' });
		expect(answered).toHaveLength(6);
	});

	test('a refused change gets the same answer when it is sent again', async () => {
		const wrong = visit(null, { day: localDay(3) });
		const [first] = await push(city(), 'volunteer', [wrong]);
		const [second] = await push(city(), 'volunteer', [wrong]);
		expect(second).toEqual(first);
	});

	test('nobody can answer for, or learn of, a change of another person', async () => {
		const home = household('Nhà bà Bảy');
		await push(city(), 'volunteer', [home]);
		expect(await verdicts(city(), 'teammate', [home])).toEqual([
			'refused not_your_change change_id'
		]);
	});

	test('two people changing different fields both win; the same field is merged and kept', async () => {
		const home = household('Nhà chú Hai');
		const [made] = await push(city(), 'volunteer', [home]);
		const on = { record_id: home.record_id, base: made?.seq ?? 0 };
		await push(city(), 'volunteer', [{ ...household('Nhà chú Hai (mới sơn)', on) }]);
		const smartphone = { ...household('', on), fields: { smartphone: true } };
		expect(await verdicts(city(), 'teammate', [smartphone])).toEqual(['applied']);
		const [third] = await push(city(), 'teammate', [household('Chú Hai thợ mộc', on)]);
		expect(third).toMatchObject({ verdict: 'merged', fields: ['label'] });
		const [row] = await city().owner.query(
			'select label, smartphone from app.households where id = $1',
			[home.record_id]
		);
		expect(row).toEqual({ label: 'Chú Hai thợ mộc', smartphone: true });
		const history = await city().owner.query<{ earlier: unknown }>(
			'select earlier from app.changes where record_id = $1 and seq is not null order by seq',
			[home.record_id]
		);
		expect(history.at(-1)?.earlier).toEqual({ label: 'Nhà chú Hai (mới sơn)' });
	});

	test('a discarded visit leaves a mark that other phones pull, and later edits say so', async () => {
		const one = visit(null);
		const [made] = await push(city(), 'volunteer', [one]);
		const on = { record_id: one.record_id, base: made?.seq ?? 0 };
		const gone = { ...visit(null, {}, on), fields: { discarded: true, reason: 'undo' } };
		expect(await verdicts(city(), 'volunteer', [gone])).toEqual(['applied']);
		expect(await verdicts(city(), 'teammate', [visit(null, { note: 'thêm' }, on)])).toEqual([
			'discarded'
		]);
		const pulled = (await pull(city(), 'teammate')).flatMap((page) => page.visits);
		expect(pulled.find((row) => row.id === one.record_id)).toMatchObject({ discarded: true });
	});

	test('fields of a newer app are carried along untouched', async () => {
		const home = household('Nhà dì Út');
		await push(city(), 'volunteer', [{ ...home, fields: { ...home.fields, solar_panel: 'yes' } }]);
		const pulled = (await pull(city(), 'teammate')).flatMap((page) => page.households);
		expect(pulled.find((row) => row.id === home.record_id)?.extra).toEqual({ solar_panel: 'yes' });
	});

	test('a phone cannot set what is not its to set', async () => {
		const home = household('Nhà thầy Lộc');
		await push(city(), 'volunteer', [
			{
				...home,
				fields: {
					...home.fields,
					seq: 999_999,
					city_id: 'x',
					author_id: units.to4,
					group_id: units.to4
				}
			}
		]);
		const [row] = await city().owner.query<Record<string, unknown>>(
			'select group_id, seq::int, city_id from app.households where id = $1',
			[home.record_id]
		);
		expect(row).toMatchObject({ group_id: units.to3, city_id: 'thu-nghiem' });
		expect(row?.seq).toBeLessThan(999_999);
	});

	test('a phone whose clock is ahead writes no record of the future', async () => {
		const ahead = visit(null, {}, { at: new Date(Date.now() + 400 * 86_400_000).toISOString() });
		expect(await verdicts(city(), 'volunteer', [ahead])).toEqual(['applied']);
		const [row] = await city().owner.query<{ later: boolean }>(
			'select recorded_at > now() as later from app.visits where id = $1',
			[ahead.record_id]
		);
		expect(row?.later).toBe(false);
	});

	test('a body that is not a list, a protocol of another age: a clear error', async () => {
		const call = (args: Record<string, unknown>) =>
			city().call('volunteer', 'push', { device: {}, ...args });
		await expect(call({ protocol: 1, changes: { a: 1 } })).rejects.toMatchObject({ code: 'PT400' });
		await expect(call({ protocol: 0, changes: [] })).rejects.toMatchObject({ code: 'PT426' });
		await expect(call({ protocol: 1, changes: Array(501).fill(null) })).rejects.toMatchObject({
			code: 'PT413'
		});
	});
});
