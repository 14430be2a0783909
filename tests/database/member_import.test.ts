import { expect, test } from 'vitest';
import type { MemberLists, MemberRow } from '../../src/lib/domain/team';
import { checkMembers } from '../../src/lib/files/members/check';
import { memberFields } from '../../src/lib/files/members/fields';
import { guessMapping, sheetOf } from '../../src/lib/files/mapping';
import { readTable } from '../../src/lib/files/table';
import { readFunctions } from '../../src/lib/server/database/functions';
import { onEachDatabase } from '../support/databases';
import { idOf, units, type CastName } from '../support/small_city';

const TO3 = idOf('team Tổ 3');

type Answer = {
	counts?: { new: number; changed: number; all: number };
	problems?: { row: number; code: string }[];
	problem?: { code: string };
};

const HEADING = 'STT;Họ và tên;Chức vụ;Số điện thoại;Tổ dân phố;Phường';
const FILE = [
	'DANH SÁCH THÀNH VIÊN TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG;;;;;',
	HEADING,
	'1;Trần Thị Bưởi;Thành viên;0905 111 222;Tổ 3;Hải Châu',
	'2;Đỗ Văn Hồng;Tổ trưởng;+84 905 333 444;TDP số 04;P. Hải Châu',
	'3;Đỗ Thị Xoài;;;tổ 4;hai chau',
	'4;Lê Thị Mận Hậu;Tổ phó;0905.555.666;Tổ 1;20260'
].join('\n');

onEachDatabase((city) => {
	const lists = (who: CastName) => city().call<MemberLists>(who, 'member_lists');
	const check = async (who: CastName, text: string) => {
		const answer = await readTable('thanh-vien.csv', new TextEncoder().encode(text));
		if (!('table' in answer)) throw new Error(answer.problem.code);
		const sheet = sheetOf(answer.table, memberFields);
		return checkMembers(await lists(who), sheet, guessMapping(sheet.heading, memberFields));
	};
	const write = async (who: CastName, rows: MemberRow[], import_id = crypto.randomUUID()) => {
		await city().call(who, 'bring_member_rows', { import_id, rows });
		return city().call<Answer>(who, 'import_members', { import_id, columns: {} });
	};
	const everything = async () => {
		const rows = await city().owner.query<{ text: string }>(
			`select string_agg(x.text, ' ' order by x.text) as text from (
				select p::text from app.people p union all select m::text from app.memberships m
				union all select c::text from app.person_contacts c union all select t::text from app.teams t) x(text)`
		);
		return rows[0]?.text;
	};

	test('a file of a city with four groups brings members, a team where there was none, and their phones', async () => {
		const { rows, problems, teams } = await check('administrator', FILE);
		expect(problems).toEqual([]);
		expect(teams).toBe(3);
		expect(rows[0]).toEqual([3, 'Trần Thị Bưởi', '0905111222', 'member', TO3, null]);
		expect(rows[3]?.[5]).toBe(units.to1CamLe);
		expect(await write('administrator', rows)).toEqual({ counts: { new: 3, changed: 1, all: 4 } });
		const [to4] = await city().owner.query<{ team_id: string }>(
			`select team_id from app.team_groups where group_id = '${units.to4}'`
		);
		const { people } = await city().call<{ people: object[] }>('officer', 'place_people', {
			place_id: to4?.team_id
		});
		expect(people).toMatchObject([
			{ name: 'Đỗ Văn Hồng', role: 'leader', phone: '0905333444' },
			{ name: 'Đỗ Thị Xoài', role: 'member', phone: null }
		]);
	});

	test('the same file again changes nothing', async () => {
		const before = await everything();
		const { rows } = await check('administrator', FILE);
		expect(await write('administrator', rows)).toEqual({ counts: { new: 0, changed: 0, all: 4 } });
		expect(await everything()).toBe(before);
	});

	test('two leaders change places by one file', async () => {
		const swap = [
			HEADING,
			'1;Đỗ Văn Hồng;Thành viên;;Tổ 4;Hải Châu',
			'2;Đỗ Thị Xoài;Tổ trưởng;;Tổ 4;Hải Châu'
		].join('\n');
		const { rows } = await check('officer', swap);
		expect(await write('officer', rows)).toEqual({ counts: { new: 0, changed: 2, all: 2 } });
		expect(await write('officer', rows)).toEqual({ counts: { new: 0, changed: 0, all: 2 } });
	});

	test('a person of two teams is one person when name and phone number say so', async () => {
		const file = [
			HEADING,
			'1;Hứa Thị Chanh;Thành viên;0905 777 888;Tổ 3;Hải Châu',
			'2;Hứa Thị Chanh;Thành viên;0905 777 888;Tổ 4;Hải Châu'
		].join('\n');
		const { rows } = await check('officer', file);
		expect(await write('officer', rows)).toMatchObject({ counts: { new: 2 } });
		const found = await city().owner.query(`select from app.people where name = 'Hứa Thị Chanh'`);
		expect(found).toHaveLength(1);
	});

	test('a leader who is there already is no reason to write half of a file', async () => {
		const before = await everything();
		const file = [
			HEADING,
			'1;Người Mới Một;Thành viên;;Tổ 3;Hải Châu',
			'2;Người Mới Hai;Tổ trưởng;;Tổ 3;Hải Châu'
		].join('\n');
		const { rows } = await check('officer', file);
		expect(await write('officer', rows)).toEqual({
			problems: [{ row: 3, code: 'has_leader', field: 'role' }]
		});
		expect(await everything()).toBe(before);
	});

	test('an officer’s file reaches no further than the ward, even with borrowed ids', async () => {
		const { problems } = await check('officer', FILE);
		expect(problems.map(({ code, row }) => [code, row])).toEqual([['member_ward_unknown', 6]]);
		const before = await everything();
		const stolen: MemberRow[] = [
			[2, 'Người Lạ', null, 'member', null, units.to1CamLe],
			[3, 'Người Lạ', null, 'member', idOf('team Hòa Cường'), null],
			[4, 'Người Nhà', null, 'member', TO3, null]
		];
		expect(await write('officer', stolen)).toMatchObject({
			problems: [
				{ row: 2, code: 'not_yours_to_give' },
				{ row: 3, code: 'not_yours_to_give' }
			]
		});
		expect(
			await write('officer', [[2, 'Người Lạ', null, 'ward_officer', TO3, null]])
		).toMatchObject({ problems: [{ code: 'not_yours_to_give' }] });
		expect(await everything()).toBe(before);
		for (const who of ['volunteer', 'coordinator', 'nobody'] as const)
			await expect(write(who, stolen)).rejects.toMatchObject({ code: '42501' });
		// Another's rows are not written in one's own name.
		const import_id = crypto.randomUUID();
		await city().call('administrator', 'bring_member_rows', { import_id, rows: stolen });
		expect(
			await city().call('officer', 'import_members', { import_id, columns: {} })
		).toMatchObject({ counts: { all: 0 } });
		// … and wait for whoever brought them.
		const [waiting] = await city().owner.query<{ rows: number }>(
			`select count(*)::int as rows from app.member_import_rows where import_id = $1`,
			[import_id]
		);
		expect(waiting?.rows).toBe(stolen.length);
	});

	test('who imports nothing does not say what the city’s headings mean, either', async () => {
		for (const who of ['volunteer', 'leader', 'coordinator', 'nobody'] as const)
			await expect(
				city().call(who, 'import_members', {
					import_id: crypto.randomUUID(),
					columns: { 'Họ và tên': 'phone' }
				})
			).rejects.toMatchObject({ code: '42501' });
		const kept = await city().owner.query(`select from app.import_columns where field = 'phone'
			and heading = 'Họ và tên'`);
		expect(kept).toEqual([]);
	});

	test('of 5,000 broken rows each is told with row and column, and nothing is written', async () => {
		const before = await everything();
		const broken = Array.from(
			{ length: 5000 },
			(_, n) =>
				[
					`${n};;Thành viên;0905111222;Tổ 3;Hải Châu`,
					`${n};Người ${n};Giám đốc;0905111222;Tổ 3;Hải Châu`,
					`${n};Người ${n};Thành viên;12;Tổ 3;Hải Châu`,
					`${n};Người ${n};Thành viên;;Tổ 99;Hải Châu`,
					`${n};Người ${n};Thành viên;;Tổ 1;`
				][n % 5]
		);
		const { rows, problems } = await check('administrator', [HEADING, ...broken].join('\n'));
		expect(rows).toEqual([]);
		expect(problems).toHaveLength(5000);
		expect(problems.slice(0, 5).map(({ code, row, column }) => [code, row, column])).toEqual([
			['cell_missing', 2, 1],
			['member_role_unknown', 3, 2],
			['member_phone', 4, 3],
			['member_group_unknown', 5, 4],
			['member_group_ambiguous', 6, 4]
		]);
		expect(JSON.stringify(problems)).not.toContain('0905111222');
		expect(await everything()).toBe(before);
	});

	test('a crafted piece is answered, not obeyed', async () => {
		const import_id = crypto.randomUUID();
		for (const rows of [
			[[1]],
			[['x', 'Tên', null, 'member', TO3, null]],
			[[1, '', null, 'member', TO3, null]],
			[[1, 'Tên', '113', 'member', TO3, null]],
			[[1, 'Tên', null, 'member', null, null]],
			[[1, 'Tên', null, 'member', 'không phải mã', null]]
		])
			expect(
				await city().call<Answer>('administrator', 'bring_member_rows', { import_id, rows })
			).toMatchObject({ problem: { code: 'bad_value' } });
	});

	test('what takes long says itself how long it may take; everything else takes as long as all', async () => {
		const functions = await readFunctions(city().database);
		const patient = [...functions.values()].filter(({ patience_ms }) => patience_ms !== null);
		expect(patient.map(({ name, patience_ms }) => [name, patience_ms]).sort()).toEqual([
			['import_households', 40_000],
			['import_members', 40_000],
			['import_plan', 40_000],
			['import_units', 40_000]
		]);
	});
});
