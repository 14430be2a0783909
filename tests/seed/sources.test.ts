import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES } from '../../src/lib/domain/role';
import { readCsv } from '../../supabase/seed/csv';
import { sourceRows, sourcesPage } from '../../supabase/seed/sources';
import { daNang, seedCatalogue, seedPlans, seedUnits } from '../../supabase/seed/seed';
import { emptyDatabase } from './database';

const rows = sourceRows();
let db: Awaited<ReturnType<typeof emptyDatabase>>;

beforeAll(async () => {
	db = await emptyDatabase();
	await seedUnits(db, daNang);
	await seedCatalogue(db, daNang);
	await seedPlans(db, daNang);
});
afterAll(() => db.close());

test('docs/sources.md is what the seed says (npm run sources), with all 266 rows', () => {
	const page = readFileSync('docs/sources.md', 'utf8');
	expect(page).toBe(sourcesPage());
	expect(rows).toHaveLength(266);
	for (const { id } of rows) expect(page).toContain(`\n| ${id} |`);
});

test('every row has a place in the product, or the reason why it lies outside', () => {
	expect(rows.filter((row) => row.places.length === 0 && !row.outside)).toEqual([]);
	expect(rows.filter((row) => row.source === '' || row.meaning === '')).toEqual([]);
});

test('every place that is named is there', async () => {
	const codes = (file: string) => readCsv<'code'>(file).map(({ code }) => code);
	const entries = readCsv<'list' | 'code'>('./catalogue.csv').map((it) => `${it.list}.${it.code}`);
	const of = (file: string) => readCsv<'indicator'>(file).map(({ indicator }) => indicator);
	const tables = await db.query<{ name: string }>(
		"select 'app.' || relname as name from pg_class where relnamespace = 'app'::regnamespace"
	);
	const known: Record<string, (name: string) => boolean> = {
		catalogue: (name) => entries.includes(name),
		plan: (name) => codes('./plans/plans.csv').includes(name),
		indicator: (name) => codes('./plans/indicators.csv').includes(name),
		target: (name) => of('./plans/targets.csv').includes(name),
		observation: (name) => of('./plans/observations.csv').includes(name),
		role: (name) => (ROLES as readonly string[]).includes(name),
		table: (name) => tables.some((it) => it.name === name),
		screen: (name) =>
			['(staff)', '(field)', '(public)'].some((area) =>
				existsSync(`src/routes/${area}${name}/+page.svelte`)
			)
	};
	const missing = rows
		.flatMap(({ places }) => places)
		.filter((place) => {
			const [kind = '', name = ''] = place.split(' ');
			return !known[kind]?.(name);
		});
	expect(missing).toEqual([]);
});

describe('what the papers count', () => {
	test('every row of an indicator is an indicator, a target, an observation or a plan with counts', () => {
		const wanted = rows.filter((row) => row.class.includes('IND'));
		expect(wanted).toHaveLength(40);
		for (const { id, places } of wanted)
			expect([
				id,
				places.some((place) => /^(plan|indicator|target|observation) /.test(place))
			]).toEqual([id, true]);
	});

	test('every row that is only referred to can be chosen as a plan or a legal basis, or is a figure', () => {
		const wanted = rows.filter((row) => row.class === 'REF');
		expect(wanted).toHaveLength(17);
		for (const { id, places } of wanted)
			expect([id, places.some((place) => /^(plan|indicator) /.test(place))]).toEqual([id, true]);
	});

	test('plans show how many lines stood where, as it was reported', async () => {
		const counts = await db.query(
			`select p.name, c.line_kind || ' ' || c.status as line, c.lines from app.plan_counts c
			join app.plans p using (city_id, plan_id) where c.status <> 'all' or p.number in ('56/KH-UBND', '93/KH-UBND')
			order by 1, 2`
		);
		expect(counts.map((row) => Object.values(row as object).join(' '))).toEqual([
			'Kế hoạch chuyển đổi số năm 2023 indicator all 39',
			'Kế hoạch chuyển đổi số năm 2023 task all 35',
			'Kế hoạch chuyển đổi số năm 2024 indicator all 48',
			'Kế hoạch chuyển đổi số thành phố Cần Thơ năm 2022 indicator met_or_exceeded 12',
			'Kế hoạch chuyển đổi số thành phố Cần Thơ năm 2022 indicator not_met 3',
			'Kế hoạch chuyển đổi số thành phố Cần Thơ năm 2022 indicator undetermined 2',
			'Kế hoạch chuyển đổi số thành phố Cần Thơ năm 2022 task done 58',
			'Kế hoạch chuyển đổi số thành phố Cần Thơ năm 2022 task not_done 17',
			'Kế hoạch hành động chuyển đổi số năm 2022 indicator done 7',
			'Kế hoạch hành động chuyển đổi số năm 2022 indicator in_progress 13'
		]);
	});

	test('figures that contradict each other are both kept, with source and day', async () => {
		const said = await db.query<{ value: string; as_of: string }>(
			`select value::text, as_of::text from app.observations o join app.indicators i using (city_id, indicator_id)
			where i.vi like 'Số năm liên tiếp%' order by as_of`
		);
		expect(said).toEqual([
			{ value: '3', as_of: '2023-07-12' },
			{ value: '2', as_of: '2023-08-14' }
		]);
		const members = await db.query(
			"select from app.observations o join app.indicators i using (city_id, indicator_id) where i.vi like 'Thành viên tổ%'"
		);
		expect(members).toHaveLength(5);
	});

	test('one indicator has targets of the nation and of the city', async () => {
		const targets = await db.query(
			`select t.level, t.year, t.value::int from app.targets t join app.indicators i using (city_id, indicator_id)
			where i.vi like '%phát sinh hồ sơ' order by 1`
		);
		expect(targets).toEqual([
			{ level: 'city', year: 2023, value: 95 },
			{ level: 'nation', year: 2023, value: 90 }
		]);
	});
});
