import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KindWords, UnitLists, UnitPlan } from '../../src/lib/domain/unit';
import { UNIT_PROBLEMS, CELL_PROBLEMS, FILE_PROBLEMS } from '../../src/lib/domain/problems';
import { readTable } from '../../src/lib/files/table';
import { check } from '../support/empty_city';

const kinds: KindWords[] = [
	{ kind: 'thanh_pho', level: 'city', vi: 'Thành phố', en: 'City' },
	{ kind: 'dia_ban', level: 'area', vi: 'Địa bàn', en: 'Area' },
	{ kind: 'quan', level: 'area', vi: 'Quận', en: 'District' },
	{ kind: 'phuong', level: 'ward', vi: 'Phường', en: 'Ward' },
	{ kind: 'xa', level: 'ward', vi: 'Xã', en: 'Commune' },
	{ kind: 'tdp', level: 'group', vi: 'Tổ dân phố', en: 'Group' },
	{ kind: 'khu_vuc', level: 'group', vi: 'Khu vực', en: 'Urban hamlet' },
	{ kind: 'ap', level: 'group', vi: 'Ấp', en: 'Hamlet' }
];

const empty: UnitLists = {
	version: 0,
	editions: [],
	levels: [],
	kinds,
	units: [],
	parents: [],
	codes: [],
	columns: {},
	succession_columns: {}
};

const july = {
	edition: 'ct-2025-07',
	name: 'Cần Thơ 7/2025',
	in_force_from: '2025-07-01',
	in_force_to: null,
	source: 'NQ 1668/NQ-UBTVQH15'
};

/** The lists as they are once a plan has been written. */
function after(lists: UnitLists, plan: UnitPlan): UnitLists {
	const merged = <Row>(old: Row[], rows: Row[], keyOf: (row: Row) => string) => [
		...new Map([...old, ...rows].map((row) => [keyOf(row), row])).values()
	];
	return {
		...lists,
		editions: merged(lists.editions, plan.editions, (one) => one.edition),
		units: merged(lists.units, plan.units, ([id]) => id),
		parents: merged(lists.parents, plan.parents, ([id, , from]) => `${id} ${from}`),
		codes: merged(lists.codes, plan.codes, ([edition, code]) => `${edition} ${code}`)
	};
}

const CAN_THO = [
	'Mã,Tên,Loại,Thuộc',
	'92,Cần Thơ,Thành phố,',
	'31135,Ninh Kiều,Phường,92',
	'31147,Tân An,Phường,92',
	'31150,An Bình,Phường,92'
];

async function canTho(): Promise<UnitLists> {
	const { plan, problems } = await check(empty, CAN_THO.join('\n'), { edition: july });
	if (!plan) throw new Error(JSON.stringify(problems));
	return after(empty, plan);
}

async function codesOf(file: string, lists: UnitLists, choice = {}) {
	const { problems, plan } = await check(lists, file, choice);
	return {
		plan,
		found: problems.map(({ code, row, column, weight }) => `${weight} ${code} ${row} ${column}`)
	};
}

describe('a city that the product does not ship', () => {
	test('is read from its own list, with its own kinds', async () => {
		const lists = await canTho();
		expect(lists.units.map(([, level, kind, name]) => [level, kind, name])).toEqual([
			['city', 'thanh_pho', 'Thành phố Cần Thơ'],
			['ward', 'phuong', 'Phường Ninh Kiều'],
			['ward', 'phuong', 'Phường Tân An'],
			['ward', 'phuong', 'Phường An Bình']
		]);
		const { plan } = await check(
			lists,
			'Phường,Tên khu vực,Loại,Số hộ\nNinh Kiều,Khu vực 1,Khu vực,210\nP. Tân An,2,Khu vực,95\n',
			{ source: 'UBND phường', as_of: '2026-10-31' }
		);
		expect(plan?.units.map(([, , kind, name]) => [kind, name])).toEqual([
			['khu_vuc', 'Khu vực 1'],
			['khu_vuc', 'Khu vực 2']
		]);
		expect(plan?.figures).toEqual([
			{
				source: 'UBND phường',
				as_of: '2026-10-31',
				rows: [
					[expect.any(String), 210, null],
					[expect.any(String), 95, null]
				]
			}
		]);
	});

	test('read again is the same, unit for unit', async () => {
		const lists = await canTho();
		const { plan } = await check(lists, CAN_THO.join('\n'), { edition: july });
		expect(plan).toMatchObject({ units: [], parents: [], codes: [], editions: [], unchanged: 4 });
	});

	test('may group its wards in areas of its own, which a later list leaves alone', async () => {
		const file = CAN_THO.map((row, n) => row + (n === 0 ? ',Địa bàn' : n > 1 ? ',Cụm 1' : ','));
		const first = await check(empty, file.join('\n'), { edition: july });
		const lists = first.plan ? after(empty, first.plan) : empty;
		const area = lists.units.find(([, level]) => level === 'area');
		expect(area?.[3]).toBe('Cụm 1');
		const again = await check(lists, CAN_THO.join('\n'), { edition: july });
		expect(again.plan).toMatchObject({ units: [], parents: [], codes: [], editions: [] });
	});
});

describe('every mistake of a file is told by its row and column', () => {
	const list = (...rows: string[]) =>
		['Mã,Tên,Loại,Thuộc', '92,Cần Thơ,Thành phố,', ...rows].join('\n');
	test.each([
		[
			'a parent that nobody knows',
			list('31135,Ninh Kiều,Phường,99'),
			'stop unit_parent_unknown 3 3'
		],
		[
			'a code that stands there twice',
			list('31135,A,Phường,92', '31135,B,Phường,92'),
			'stop unit_code_twice 4 0'
		],
		['a code whose zero Excel ate', list('4123,Bát Tràng,Xã,92'), 'stop unit_code_lost_zero 3 0'],
		['a code with letters', list('31I35,A,Phường,92'), 'stop unit_code_not_digits 3 0'],
		['a code that is missing', list(',A,Phường,92'), 'stop cell_missing 3 0'],
		['a name that is missing', list('31135,,Phường,92'), 'stop cell_missing 3 1'],
		[
			'a kind that nobody knows',
			list('31135,A,Hòn đảo,92').replace('31135', ''),
			'stop unit_level_unknown 3 2'
		],
		['a unit under itself', list('31135,A,Phường,31135'), 'stop unit_parent_cycle 3 3'],
		[
			'units in a ring',
			list('31135,A,Phường,31136', '31136,B,Phường,31135'),
			'stop unit_parent_cycle 4 3'
		],
		[
			'a ward under a ward',
			list('31135,A,Phường,92', '31136,B,Phường,31135'),
			'stop unit_parent_level 4 3'
		],
		['Đ written as an Icelandic eth', list('31135,\u00d0ông Hiệp,Phường,92'), 'note cell_eth 3 1'],
		[
			'letters in pieces',
			list(`31135,${'Hiệp'.normalize('NFD')},Phường,92`),
			'note cell_decomposed 3 1'
		],
		[
			'two ways of placing a mark',
			list('31135,Hòa An,Phường,92', '31136,Hoà Bình,Phường,92', '31137,Hòa Lạc,Phường,92'),
			'note unit_tone_mixed 4 1'
		]
	])('%s', async (_, file, problem) => {
		const { found, plan } = await codesOf(file, empty, { edition: july });
		expect(found).toContain(problem);
		expect(plan === null).toBe(problem.startsWith('stop'));
	});

	const groups = (...rows: string[]) =>
		['Phường,Tên,Loại,Số hộ,Người trưởng thành,Nguồn,Thời điểm', ...rows].join('\n');
	test.each([
		[
			'no households at all',
			groups('Ninh Kiều,KV 1,Khu vực,0,,UBND,2026-01-01'),
			'stop unit_zero 2 3'
		],
		[
			'fewer than none',
			groups('Ninh Kiều,KV 1,Khu vực,-4,,UBND,2026-01-01'),
			'stop cell_negative 2 3'
		],
		[
			'a number without a source',
			groups('Ninh Kiều,KV 1,Khu vực,10,,,2026-01-01'),
			'stop unit_source_missing 2 5'
		],
		[
			'a number without a day',
			groups('Ninh Kiều,KV 1,Khu vực,10,,UBND,'),
			'stop unit_as_of_missing 2 6'
		],
		[
			'a day that is to come',
			groups('Ninh Kiều,KV 1,Khu vực,10,,UBND,01/01/2027'),
			'stop unit_as_of_future 2 6'
		],
		[
			'a day that is none',
			groups('Ninh Kiều,KV 1,Khu vực,10,,UBND,31/02/2026'),
			'stop cell_not_a_day 2 6'
		],
		[
			'fewer adults than households',
			groups('Ninh Kiều,KV 1,Khu vực,10,5,UBND,2026-01-01'),
			'note unit_adults_few 2 4'
		],
		[
			'a group twice',
			groups('Ninh Kiều,KV 1,Khu vực,,,,', 'ninh kieu,kv 1,Khu vực,,,,'),
			'stop unit_name_twice 3 1'
		],
		['a group without a ward', groups(',KV 1,Khu vực,,,,'), 'stop unit_parent_missing 2 0'],
		[
			'a list with codes and no edition',
			'\nMã,Tên,Thuộc\n31151,Phường Mới,92',
			'stop unit_edition_missing 3 0'
		]
	])('%s', async (_, file, problem) => {
		const { found, plan } = await codesOf(file, await canTho());
		expect(found).toContain(problem);
		expect(plan === null).toBe(problem.startsWith('stop'));
	});
});

describe('a new list takes the place of the one before', () => {
	const january = {
		...july,
		edition: 'ct-2027',
		name: 'Cần Thơ 2027',
		in_force_from: '2027-01-01'
	};

	test('and its groups go where their ward went as a whole', async () => {
		const before = await canTho();
		const made = await check(before, 'Phường,Tên,Loại\nTân An,KV 1,Khu vực\n');
		const lists = made.plan ? after(before, made.plan) : before;
		const file = [
			'Mã,Tên,Thuộc,Đơn vị cũ',
			'31135,Phường Ninh Kiều,92,31135; 31147 Tân An',
			'31150,Phường An Bình,92,31150'
		];
		const { plan, problems } = await check(lists, file.join('\n'), { edition: january });
		expect(problems.filter(({ weight }) => weight === 'stop')).toEqual([]);
		expect(plan?.successions.map(([, , day, relation]) => [day, relation])).toEqual([
			['2027-01-01', 'merged'],
			['2027-01-01', 'merged']
		]);
		const group = lists.units.find(([, level]) => level === 'group')?.[0];
		const wider = plan?.codes.find(([, code]) => code === '31135')?.[2];
		expect(plan?.parents.filter(([id]) => id === group)).toEqual([
			[group, expect.any(String), null, '2027-01-01'],
			[group, wider, '2027-01-01', null]
		]);
		// An Bình was kept: one unit, one id, two editions.
		const anBinh = before.codes.find(([, code]) => code === '31150')?.[2];
		expect(plan?.codes).toContainEqual(['ct-2027', '31150', anBinh, 'Phường An Bình']);
		expect(problems.map(({ code }) => code)).toContain('unit_code_reused');
	});

	test('and cannot come before it', async () => {
		const { found } = await codesOf(CAN_THO.join('\n'), await canTho(), {
			edition: { ...july, edition: 'ct-2020', in_force_from: '2020-01-01' }
		});
		expect(found).toContain('stop unit_edition_overlap null null');
		expect(found).toContain('stop unit_edition_order null null');
	});
});

const KNOWN: readonly string[] = [...UNIT_PROBLEMS, ...CELL_PROBLEMS, ...FILE_PROBLEMS];

test('a thousand broken files: each is answered with known words, and none with half a plan', async () => {
	const lists = await canTho();
	const odd = fc.oneof(
		fc.constantFrom(
			'',
			'92',
			'31135',
			'4123',
			'#REF!',
			'\u00d0ông',
			'Hoà',
			'Hòa',
			'-1',
			'1.000',
			'0'
		),
		fc.constantFrom(
			'Phường Ninh Kiều',
			'Tổ 1',
			'Khu vực 2',
			'31/02/2026',
			'2026-01-01',
			'Ph­êng',
			'=1+1'
		),
		fc.string({ unit: 'binary', maxLength: 12 }),
		fc.string({ unit: 'grapheme', maxLength: 12 })
	);
	const heading = fc.constantFrom(
		'Mã',
		'Tên',
		'Loại',
		'Thuộc',
		'Số hộ',
		'Nguồn',
		'Đơn vị cũ',
		'Từ ngày',
		'X'
	);
	const table = fc.tuple(
		fc.array(heading, { minLength: 1, maxLength: 9 }),
		fc.array(fc.array(odd, { maxLength: 9 }), { maxLength: 12 })
	);
	const broken = fc.oneof(
		table.map(([head, rows]) =>
			new TextEncoder().encode(
				[head, ...rows]
					.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';'))
					.join('\n')
			)
		),
		fc.uint8Array({ maxLength: 300 }),
		fc.uint8Array({ maxLength: 80 }).map((rest) => new Uint8Array([0x50, 0x4b, 3, 4, ...rest]))
	);
	await fc.assert(
		fc.asyncProperty(broken, fc.boolean(), async (bytes, official) => {
			const answer = await readTable('tệp', bytes);
			if ('problem' in answer) {
				expect(KNOWN).toContain(answer.problem.code);
				return;
			}
			const { plan, problems } = await check(lists, bytes, { edition: official ? july : null });
			for (const { code } of problems) expect(KNOWN).toContain(code);
			expect(plan === null).toBe(problems.some(({ weight }) => weight === 'stop'));
			if (!plan) return;
			const ids = new Set([...lists.units, ...plan.units].map(([id]) => id));
			for (const [unit, parent] of plan.parents)
				expect([ids.has(unit), ids.has(parent)]).toEqual([true, true]);
			expect(new Set(plan.units.map(([id]) => id)).size).toBe(plan.units.length);
		}),
		{ numRuns: 1000 }
	);
}, 120_000);
