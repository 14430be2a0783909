import { expect, test } from 'vitest';
import type { HouseholdLists } from '../../src/lib/domain/household_file';
import { checkHouseholds } from '../../src/lib/files/households/check';
import { householdFileFields } from '../../src/lib/files/households/fields';
import { guessMapping, sheetOf } from '../../src/lib/files/mapping';
import { readTable } from '../../src/lib/files/table';
import { household, pull, push } from '../support/changes';
import { onEachDatabase } from '../support/databases';
import { cast, idOf, units, type CastName } from '../support/small_city';

type Answer = { written?: number; problems?: { row: number; code: string; field: string }[] };
type Row = [number, string, unknown, unknown, unknown, unknown];

const FILE = [
	'DANH SÁCH HỘ TỔ 4;;;',
	'Tên gọi hoặc số nhà;Số người lớn;Ưu tiên;Ghi chú',
	`${'Nhà bà Thủy Hoà'.normalize('NFD')};3;x;`,
	'Ðường Trần Phú 12;;;gọi cổng sau',
	'=1+1;;;+84 là mã vùng',
	'K32/6;2;;'
].join('\n');

onEachDatabase((city) => {
	const lists = (who: CastName, group_id: string = units.to4) =>
		city().call<HouseholdLists>(who, 'household_lists', { group_id });
	const check = async (text: string, labels: string[] = []) => {
		const answer = await readTable('ho.csv', new TextEncoder().encode(text));
		if (!('table' in answer)) throw new Error(answer.problem.code);
		const sheet = sheetOf(answer.table, householdFileFields);
		return checkHouseholds(labels, sheet, guessMapping(sheet.heading, householdFileFields));
	};
	const rowsOf = ({ rows }: Awaited<ReturnType<typeof check>>): Row[] =>
		rows.map(({ at, fields: { label, adults, priority, note } }) => [
			...([at, crypto.randomUUID(), label, adults, priority, note] as const)
		]);
	const write = async (who: CastName, rows: Row[], more: object = {}) =>
		city().call<Answer>(who, 'import_households', {
			group_id: units.to4,
			import_id: crypto.randomUUID(),
			version: (await lists('officer')).group?.version,
			households: rows,
			columns: { 'ten goi hoac so nha': 'label' },
			...more
		});
	const everything = async () => {
		const [all] = await city().owner.query<{ text: string }>(
			`select string_agg(x.text, ' ' order by x.text) as text from (
				select h::text from app.households h union all select c::text from app.changes c
				union all select p::text from app.household_progress p union all select d::text from app.group_days d
				union all select a::text from audit.acts a union all select l::text from app.group_logs l) x(text)`
		);
		return all?.text;
	};

	test('a file of a group becomes its households, however its letters are put together', async () => {
		const { groups, group } = await lists('officer');
		expect(groups.map(({ name, ward_name }) => [name, ward_name])).toEqual([
			['Tổ 3', 'Hải Châu'],
			['Tổ 4', 'Hải Châu']
		]);
		const checked = await check(FILE, group?.labels);
		expect(checked.problems.map(({ code, weight }) => [code, weight])).toEqual([
			['cell_decomposed', 'note'],
			['cell_eth', 'note']
		]);
		expect(await write('officer', rowsOf(checked))).toEqual({ written: 4 });
		const now = await lists('officer');
		expect(now.group?.labels.sort()).toEqual([
			'=1+1',
			'K32/6',
			'Nhà bà Thủy Hoà',
			'Đường Trần Phú 12'
		]);
		expect(now.columns).toEqual({ 'ten goi hoac so nha': 'label' });
	});

	test('a name whose tone mark stands elsewhere is the same household: the same file brings nothing', async () => {
		const { group } = await lists('officer');
		const before = await everything();
		const again = await check(FILE.replace('Thủy Hoà'.normalize('NFD'), 'Thuỷ Hòa'), group?.labels);
		expect([again.rows, again.known]).toEqual([[], 4]);
		expect(await write('officer', rowsOf(again), { columns: {} })).toEqual({ written: 0 });
		expect(await everything()).toBe(before);
	});

	test('what an officer brings reaches the phones of the team, and is told as theirs', async () => {
		const { group } = await lists('officer', units.to3);
		const rows: Row[] = [[2, crypto.randomUUID(), 'Nhà ông Bảy xe thồ', 4, true, 'cổng xanh']];
		const version = group?.version;
		const import_id = crypto.randomUUID();
		const before = await pull(city(), 'volunteer');
		const sent = { group_id: units.to3, version, import_id };
		expect(await write('officer', rows, sent)).toEqual({ written: 1 });
		const cursors = Object.fromEntries(before.map(({ group_id, cursor }) => [group_id, cursor]));
		const [page] = await pull(city(), 'volunteer', cursors);
		expect(page?.households).toMatchObject([
			{
				id: rows[0]?.[1],
				label: 'Nhà ông Bảy xe thồ',
				adults: 4,
				priority: true,
				note: 'cổng xanh',
				author_id: cast.officer.person_id
			}
		]);
		expect(await city().call('volunteer', 'history', { record_id: rows[0]?.[1] })).toMatchObject([
			{ author: cast.officer.name, fields: { label: 'Nhà ông Bảy xe thồ' } }
		]);
		const acts = await city().owner.query(
			`select act, subject, subject_id, place_id, fields from audit.acts where subject_id = $1`,
			[import_id]
		);
		expect(acts).toEqual([
			{
				act: 'import_households',
				subject: 'import',
				subject_id: import_id,
				place_id: units.to3,
				fields: ['adults', 'label', 'note', 'priority']
			}
		]);
		// The answer was lost, and the same import is sent once more.
		const then = await everything();
		expect(await write('officer', rows, sent)).toEqual({ written: 1 });
		expect(await everything()).toBe(then);
	});

	test('what the file was checked against has changed: it is checked again before anything is written', async () => {
		const { group } = await lists('officer', units.to3);
		await push(city(), 'volunteer', [household('Nhà vừa thêm')]);
		const before = await everything();
		const rows: Row[] = [[2, crypto.randomUUID(), 'Nhà vừa thêm', null, false, '']];
		await expect(
			write('officer', rows, { group_id: units.to3, version: group?.version })
		).rejects.toMatchObject({ code: 'PT409' });
		expect(await everything()).toBe(before);
	});

	test('only the officer of the ward brings households, and only to groups of the ward', async () => {
		const before = await everything();
		const rows: Row[] = [[2, crypto.randomUUID(), 'Nhà lạ', null, false, '']];
		for (const group_id of [units.to1HoaCuong, units.haiChau, idOf('group nowhere')]) {
			await expect(write('officer', rows, { group_id })).rejects.toMatchObject({ code: '42501' });
			expect((await lists('officer', group_id)).group).toBeNull();
		}
		const others = [
			'volunteer',
			'leader',
			'coordinator',
			'city',
			'administrator',
			'nobody'
		] as const;
		for (const who of others) {
			await expect(write(who, rows)).rejects.toMatchObject({ code: '42501' });
			expect(await lists(who)).toMatchObject({ groups: [], group: null });
		}
		expect(await everything()).toBe(before);
	});

	test('of 5,000 broken rows each is told with row and column, and nothing is written', async () => {
		const broken = Array.from(
			{ length: 5000 },
			(_, n) =>
				[
					`;2;;`,
					`Nhà ${n};51;;`,
					`Nhà ${n} số 012345678901;1;;`,
					`Nhà ${n};hai;;`,
					`Nhà ${n};1;;${'dài '.repeat(241)}mã otp là 482913`
				][n % 5]
		);
		const heading = 'Tên gọi;Số người lớn;Ưu tiên;Ghi chú';
		const { rows, problems } = await check([heading, ...broken].join('\n'));
		expect(rows).toEqual([]);
		expect(problems).toHaveLength(5000);
		expect(problems.slice(0, 5).map(({ code, row, column }) => [code, row, column])).toEqual([
			['cell_missing', 2, 0],
			['too_many_adults', 3, 1],
			['cell_id_number', 4, 0],
			['cell_not_a_count', 5, 1],
			['otp_in_note', 6, 3]
		]);
		expect(JSON.stringify(problems)).not.toMatch(/012345678901|482913/);

		// Whoever goes round the screen is refused by the database: all rows, or none.
		const before = await everything();
		const crafted = Array.from({ length: 5000 }, (_, n): Row => {
			const label = n % 10 === 3 ? 'số 012345678901' : `Nhà mới ${n}`;
			return [n + 2, crypto.randomUUID(), label, n % 10 === 7 ? 51 : 2, false, ''];
		});
		const { problems: refused } = await write('officer', crafted);
		expect(refused).toHaveLength(100);
		expect(refused?.slice(0, 2)).toEqual([
			{ row: 5, code: 'id_number_in_note', field: 'label' },
			{ row: 9, code: 'out_of_range', field: 'adults' }
		]);
		expect(await everything()).toBe(before);
	});

	test('a file of 5,000 households, more than any group has, is written within the patience of a call', async () => {
		const rows = Array.from({ length: 5000 }, (_, n): Row => {
			return [n + 2, crypto.randomUUID(), `Căn hộ ${n}`, 2, false, ''];
		});
		const before = (await lists('officer')).group?.households ?? 0;
		expect(await write('officer', rows)).toEqual({ written: 5000 });
		expect((await lists('officer')).group?.households).toBe(before + 5000);
	});

	test('a crafted piece is answered, not obeyed', async () => {
		const [known] = await push(city(), 'volunteer', [household('Nhà của người khác')]);
		const { record_id } = (
			await city().owner.query<{ record_id: string }>(
				`select record_id from app.changes where change_id = '${known?.change_id}'`
			)
		)[0]!;
		const before = await everything();
		const id = crypto.randomUUID();
		for (const rows of [
			'không phải dòng',
			null,
			[[1]],
			[{}],
			[[2, 'không phải mã', 'Nhà', null, false, '']],
			[[2, record_id, 'Chiếm hộ', null, false, '']],
			[
				[2, id, 'Nhà một', null, false, ''],
				[3, id, 'Nhà hai', null, false, '']
			]
		])
			await expect(write('officer', rows as Row[])).rejects.toMatchObject({
				code: expect.stringMatching(/^(PT400|22P02)$/)
			});
		for (const row of [
			[2, id, '', null, false, ''],
			[2, id, null, null, false, ''],
			[2, id, 'Nhà', '3', false, ''],
			[2, id, 'Nhà', 1.5, false, ''],
			[2, id, 'Nhà', null, 'có', ''],
			[2, id, { a: 1 }, null, false, ''],
			[2, id, 'Nhà', null, false, 'n'.repeat(1001)]
		] as Row[])
			expect((await write('officer', [row])).problems).toHaveLength(1);
		await expect(write('officer', [], { import_id: null })).rejects.toMatchObject({
			code: 'PT400'
		});
		expect(await everything()).toBe(before);
	});
});
