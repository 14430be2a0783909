import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImportCounts, UnitTreeAnswer } from '../../src/lib/data/functions';
import type { Edition, UnitLists, UnitPlan } from '../../src/lib/domain/unit';
import type { Identity } from '../../src/lib/server/database/database';
import { readCsv } from '../../supabase/seed/csv';
import { daNang } from '../../supabase/seed/city';
import { editions } from '../../supabase/seed/units/editions';
import { seedUnits } from '../../supabase/seed/units/seed';
import { onEachDatabase, openEmptyCity, type TestCity } from '../support/databases';
import { check, settleEmptyCity } from '../support/empty_city';
import { units, type CastName } from '../support/small_city';

const shipped = (file: string) =>
	readFileSync(new URL(`../../supabase/seed/${file}`, import.meta.url), 'utf8');

const edition = (name: string): Edition => {
	const found = editions.find((one) => one.edition === name);
	if (!found) throw new Error(name);
	const { file: _file, ...rest } = found;
	return rest;
};

const nothing = { new: 0, changed: 0 };

describe.each(['PGlite', 'PostgreSQL'] as const)('an empty city on %s', (kind) => {
	let city: TestCity;
	let who: Identity;
	beforeAll(async () => {
		city = await openEmptyCity(kind);
		who = await settleEmptyCity(city.owner, 'Thành phố Đà Nẵng');
	});
	afterAll(() => city.close());

	const rows = <T>(text: string) => city.owner.query<T>(text);

	async function take(name: string, successions: string | null = null): Promise<ImportCounts> {
		const lists = await city.callAs<UnitLists>(who, 'unit_lists');
		const its = edition(name);
		const checked = await check(lists, shipped(fileOf(name)), { edition: its }, successions);
		const stops = [...checked.problems, ...checked.succession_problems].filter(
			({ weight }) => weight === 'stop'
		);
		expect(stops).toEqual([]);
		const { counts } = await city.callAs<{ counts: ImportCounts }>(who, 'import_units', {
			plan: checked.plan
		});
		return counts;
	}

	test('takes the shipped lists of Đà Nẵng and Quảng Nam, edition after edition', async () => {
		expect((await take('dn-2023')).codes).toEqual({ new: 65, changed: 0, same: 0 });
		const january = shipped('units/crosswalk_danang_2023_to_2025-01.csv');
		expect((await take('dn-2025-01', january)).codes).toEqual({ new: 56, changed: 0, same: 0 });
		expect((await take('qn-2025-03')).codes).toEqual({ new: 251, changed: 0, same: 0 });
		// The 94 wards, and the city that they name as theirs.
		expect((await take('dn-2025-07', july())).codes).toEqual({ new: 95, changed: 0, same: 0 });
		expect(
			await rows(
				`select count(*)::int as wards from app.units where level = 'ward' and to_day is null`
			)
		).toEqual([{ wards: 94 }]);
	});

	test('knows after them what the seed of the release knows', async () => {
		const { relations, ends } = await seeded();
		expect(await rows(RELATIONS)).toEqual(relations);
		expect(await rows(ENDS)).toEqual(ends);
	});

	test('is not changed by reading the same files again, in any order', async () => {
		for (const name of ['dn-2025-07', 'dn-2023', 'qn-2025-03', 'dn-2025-01']) {
			const successions =
				name === 'dn-2025-07'
					? july()
					: name === 'dn-2025-01'
						? shipped('units/crosswalk_danang_2023_to_2025-01.csv')
						: null;
			for (const [table, tally] of Object.entries(await take(name, successions)))
				expect([name, table, tally]).toEqual([name, table, { ...tally, ...nothing }]);
		}
		expect(await rows('select units_version as v from app.cities')).toEqual([{ v: 4 }]);
		// Four imports that changed something, each by its own id; what changed nothing was no act.
		expect(
			await rows(
				`select a.act, count(*)::int as n from audit.acts a
				join app.unit_imports i on i.import_id = a.subject_id and i.person_id = a.actor_id group by 1`
			)
		).toEqual([{ act: 'import_units', n: 4 }]);
	});

	test('tells which place a code and a name meant in which edition', async () => {
		const [{ unit_id } = { unit_id: '' }] = await rows<{ unit_id: string }>(
			`select unit_id from app.unit_codes where edition = 'dn-2025-07' and code = '20209'`
		);
		const unit = await city.callAs(who, 'unit', { unit_id });
		expect(unit).toMatchObject({
			name: 'Phường Thanh Khê',
			codes: [{ edition: 'dn-2025-07', code: '20209' }],
			namesakes: expect.arrayContaining([
				expect.objectContaining({
					same: 'code',
					edition: 'dn-2025-01',
					official_name: 'Phường Xuân Hà'
				})
			])
		});
	});

	test('every code that the shipped list of reused codes names has a warning at its unit', async () => {
		for (const { code } of readCsv<'code'>('./units/code_reuse.csv')) {
			const places = await rows<{ unit_id: string }>(
				`select distinct unit_id from app.unit_codes where code = '${code}'`
			);
			for (const { unit_id } of places) {
				const unit = await city.callAs<{ namesakes: object[] }>(who, 'unit', { unit_id });
				expect([code, unit.namesakes]).toEqual([
					code,
					expect.arrayContaining([expect.objectContaining({ same: 'code', code })])
				]);
			}
		}
	});

	test('gives the tree of any day', async () => {
		const wardsOn = async (day: string) => {
			const { level } = await city.callAs<UnitTreeAnswer>(who, 'unit_tree', { day });
			return level.filter((one) => one === 'ward').length;
		};
		// 56 of Đà Nẵng, and Quảng Nam's 233, which no list says when they began.
		expect(await wardsOn('2024-06-01')).toBe(56 + 233);
		expect(await wardsOn('2025-02-01')).toBe(47 + 233);
		expect(await wardsOn('2026-01-01')).toBe(94);
	});

	test('takes groups with their figures, and again without a change', async () => {
		const file = [
			'UBND THÀNH PHỐ;;;;',
			'Phường, xã;Tên tổ, thôn;Loại;Tổng số hộ;Người trưởng thành',
			'Phường Hải Châu;Tổ 1;Tổ dân phố;120;310',
			'hai chau;Tổ 2;Tổ dân phố;1.020;2.050',
			'20308;Phú Hòa;Thôn;;'
		].join('\r\n');
		const put = async () => {
			const lists = await city.callAs<UnitLists>(who, 'unit_lists');
			const { plan, problems } = await check(lists, file, {
				source: 'UBND phường, tháng 10/2026',
				as_of: '2026-10-31'
			});
			expect(problems.filter(({ weight }) => weight === 'stop')).toEqual([]);
			return (await city.callAs<{ counts: ImportCounts }>(who, 'import_units', { plan })).counts;
		};
		expect(await put()).toMatchObject({
			units: { new: 3, changed: 0, same: 0 },
			parents: { new: 3 },
			figures: { new: 4 }
		});
		expect(await put()).toMatchObject({
			units: nothing,
			parents: nothing,
			figures: { ...nothing, same: 4 }
		});
		expect(
			await rows(`select name, kind from app.units where level = 'group' order by name`)
		).toEqual([
			{ name: 'Thôn Phú Hòa', kind: 'thon' },
			{ name: 'Tổ 1', kind: 'tdp' },
			{ name: 'Tổ 2', kind: 'tdp' }
		]);
	});

	test('remembers what headings meant', async () => {
		const { columns } = await city.callAs<UnitLists>(who, 'unit_lists');
		expect(columns).toMatchObject({ 'full name': 'name', 'tong so ho': 'households' });
	});

	/** The crosswalk without the two rows that the resolution contradicts. */
	function july(): string {
		return shipped('units/crosswalk_to_danang_2025-07.csv')
			.split('\n')
			.filter((line) => !/,20669,Xã Phước Ninh,.*20242|,20674,Xã Quế Phước,/.test(line))
			.join('\n');
	}
});

function fileOf(name: string): string {
	return (editions.find((one) => one.edition === name)?.file ?? '').replace('./', '');
}

/** A city as the release seeds it; its areas are left out, because no list names them. */
async function seeded() {
	const db = await openEmptyCity('PostgreSQL');
	await seedUnits(db.owner, daNang);
	const counts = {
		relations: await db.owner.query(RELATIONS),
		ends: await db.owner.query(ENDS)
	};
	await db.close();
	return counts;
}

const RELATIONS = `select relation, count(*)::int as n from app.unit_successions group by 1 order by 1`;
const ENDS = `select coalesce(to_day::text, '') as until, count(*)::int as n from app.units
	where level <> 'group' and kind <> 'dia_ban' group by 1 order by 1`;

onEachDatabase((city) => {
	const planOf = async (): Promise<UnitPlan> => {
		const lists = await city().call<UnitLists>('city', 'unit_lists');
		const { plan, problems } = await check(lists, 'Phường;Tên;Loại\nHải Châu;Tổ 9;Tổ dân phố\n');
		if (!plan) throw new Error(JSON.stringify(problems));
		return plan;
	};
	const count = async (table: string) =>
		(await city().owner.query<{ n: number }>(`select count(*)::int as n from app.${table}`))[0]?.n;

	test('the city office may import; nobody below it, and nobody without a session', async () => {
		const plan = await planOf();
		const before = await count('units');
		const others: CastName[] = ['volunteer', 'leader', 'officer', 'coordinator', 'nobody'];
		for (const who of others) {
			await expect(city().call(who, 'import_units', { plan })).rejects.toMatchObject({
				code: '42501'
			});
			await expect(city().call(who, 'unit_lists')).rejects.toMatchObject({ code: '42501' });
			await expect(
				city().call(who, 'set_unit_words', { words: { team_name: 'X', levels: [], kinds: [] } })
			).rejects.toMatchObject({ code: '42501' });
		}
		await expect(
			city().callAs({ role: 'authenticated', claims: { role: 'authenticated' } }, 'import_units', {
				plan
			})
		).rejects.toMatchObject({ code: 'PT401' });
		expect(await count('units')).toBe(before);
		await city().call('city', 'import_units', { plan });
		expect(await count('units')).toBe((before ?? 0) + 1);
	});

	test('everybody of the city reads its units', async () => {
		for (const who of ['volunteer', 'officer', 'coordinator', 'city'] as const) {
			const { unit_id } = await city().call<UnitTreeAnswer>(who, 'unit_tree', {
				day: '2026-01-01'
			});
			expect(unit_id.length).toBeGreaterThan(9);
			expect(await city().call(who, 'unit', { unit_id: units.haiChau })).toMatchObject({
				codes: [{ code: '20242' }],
				denominators: [{ measure: 'households', value: 40 }]
			});
		}
		await expect(
			city().call('city', 'unit', { unit_id: crypto.randomUUID() })
		).rejects.toMatchObject({ code: 'PT404' });
	});

	test('of two offices at once the later one is asked to look again', async () => {
		const plan = await planOf();
		const other = { ...plan, units: plan.units.map((row) => [...row]) };
		const made = { ...plan, units: [...plan.units], parents: [...plan.parents] };
		const id = crypto.randomUUID();
		made.units.push([id, 'group', 'tdp', 'Tổ 10', null, true, null, null]);
		made.parents.push([id, units.haiChau, null, null]);
		await city().call('city', 'import_units', { plan: made });
		await expect(city().call('city', 'import_units', { plan: other })).rejects.toMatchObject({
			code: 'PT409'
		});
	});

	test.each<[string, string, (plan: UnitPlan) => void]>([
		[
			'a ring',
			'PT400',
			(plan) => plan.parents.push([units.haiChau, units.to3, '2030-01-01', null])
		],
		[
			'two parents on one day',
			'PT400',
			(plan) => plan.parents.push([units.to3, units.camLe, '2030-01-01', null])
		],
		[
			'a unit under itself',
			'23514',
			(plan) => plan.parents.push([units.to3, units.to3, '2030-01-01', null])
		],
		[
			'a parent that is not there',
			'23503',
			(plan) => plan.parents.push([units.city, crypto.randomUUID(), null, null])
		],
		[
			'a name that is empty',
			'23514',
			(plan) => plan.units.push([crypto.randomUUID(), 'group', 'tdp', '', null, true, null, null])
		],
		[
			'a level that is none',
			'23514',
			(plan) =>
				plan.units.push([
					crypto.randomUUID(),
					'hamlet' as 'group',
					'ap',
					'Ấp',
					null,
					true,
					null,
					null
				])
		],
		[
			'a number below one',
			'23514',
			(plan) =>
				plan.figures.push({ source: 'bịa', as_of: '2026-01-01', rows: [[units.to3, -3, null]] })
		],
		[
			'a code with letters',
			'23514',
			(plan) => plan.codes.push(['thu', '2O242', units.camLe, 'Cẩm Lệ'])
		],
		[
			'an official code of a group',
			'PT400',
			(plan) => plan.codes.push(['thu', '20999', units.to3, 'Tổ 3'])
		],
		[
			'two lists in force at once',
			'23505',
			(plan) =>
				plan.editions.push({
					edition: 'hai',
					name: 'Hai',
					in_force_from: '2026-01-01',
					in_force_to: null,
					source: 'bịa'
				})
		]
	])('a crafted plan with %s writes nothing of itself', async (_, code, spoil) => {
		const plan = await planOf();
		plan.units.push([crypto.randomUUID(), 'group', 'tdp', 'Tổ thừa', null, true, null, null]);
		spoil(plan);
		const tables = [
			'units',
			'unit_parents',
			'unit_codes',
			'denominators',
			'editions',
			'unit_imports'
		];
		const before = await Promise.all(tables.map(count));
		await expect(city().call('city', 'import_units', { plan })).rejects.toMatchObject({ code });
		expect(await Promise.all(tables.map(count))).toEqual(before);
	});

	test('the city names its teams, levels and kinds; a kind in use stays', async () => {
		const { levels, kinds } = await city().call<UnitLists>('city', 'unit_lists');
		const words = {
			team_name: ' Tổ chuyển đổi số cộng đồng ',
			levels: levels.map((one) => (one.level === 'group' ? { ...one, vi: 'Ấp, khu vực' } : one)),
			kinds: [
				...kinds.filter(({ kind }) => !['tdp', 'khom'].includes(kind)),
				{ kind: 'soc', level: 'group', vi: 'Sóc', en: 'Khmer hamlet' }
			]
		};
		const answer = await city().call<typeof words>('city', 'set_unit_words', { words });
		expect(answer.team_name).toBe('Tổ chuyển đổi số cộng đồng');
		expect(answer.levels).toContainEqual({ level: 'group', vi: 'Ấp, khu vực', en: 'Group' });
		const left = answer.kinds.map(({ kind }) => kind);
		expect([left.includes('soc'), left.includes('khom'), left.includes('tdp')]).toEqual([
			true,
			false,
			true
		]);
		expect(await city().call('volunteer', 'me')).toMatchObject({
			team_name: 'Tổ chuyển đổi số cộng đồng'
		});
		await expect(
			city().call('city', 'set_unit_words', { words: { ...words, team_name: ' ' } })
		).rejects.toMatchObject({ code: '23514' });
	});
});
