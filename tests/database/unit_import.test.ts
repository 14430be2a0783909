import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImportCounts, UnitTreeAnswer } from '../../src/lib/data/unit_answers';
import type { Edition, UnitLists } from '../../src/lib/domain/unit';
import type { Identity } from '../../src/lib/server/database/database';
import { readCsv } from '../../supabase/seed/csv';
import { daNang } from '../../supabase/seed/city';
import { editions } from '../../supabase/seed/units/editions';
import { seedUnits } from '../../supabase/seed/units/seed';
import { openEmptyCity, type TestCity } from '../support/databases';
import { check, settleEmptyCity } from '../support/empty_city';

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
