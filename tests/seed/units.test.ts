import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { daNang } from '../../supabase/seed/city';
import { readCsv } from '../../supabase/seed/csv';
import { editions } from '../../supabase/seed/units/editions';
import { seedUnits } from '../../supabase/seed/units/seed';
import { emptyDatabase } from './database';

type Named = { edition: string; code: string; unit_id: string; official_name: string };

let db: Awaited<ReturnType<typeof emptyDatabase>>;
let named: Named[];

beforeAll(async () => {
	db = await emptyDatabase();
	await seedUnits(db, daNang);
	named = await db.query<Named>('select edition, code, unit_id, official_name from app.unit_codes');
});
afterAll(() => db.close());

describe('the units in force', () => {
	test('are 94 wards, of which Hoàng Sa alone is not counted', async () => {
		const wards = await db.query<{ name: string; counted: boolean }>(
			"select name, counted from app.units where level = 'ward' and to_day is null"
		);
		expect(wards).toHaveLength(94);
		expect(wards.filter((it) => !it.counted).map((it) => it.name)).toEqual(['Đặc khu Hoàng Sa']);
	});

	test('stand under an area each, only Hoàng Sa under the city itself', async () => {
		const direct = await db.query(
			`select w.name, p.level from app.units w
			left join app.unit_parents wp on wp.unit_id = w.unit_id
				and wp.from_day <= '2026-01-01' and wp.to_day > '2026-01-01'
			left join app.units p on p.unit_id = wp.parent_id
			where w.level = 'ward' and w.to_day is null and p.level is distinct from 'area'`
		);
		expect(direct).toEqual([{ name: 'Đặc khu Hoàng Sa', level: 'city' }]);
	});

	test('are all below the city', async () => {
		const below = await db.query(
			`select from app.units_below('da-nang', array[$1::uuid], '2026-01-01') b
			join app.units u on u.unit_id = b and u.level = 'ward'`,
			[unitOf('dn-2025-07', '48')]
		);
		expect(below).toHaveLength(94);
	});
});

describe('codes', () => {
	test.each(editions)(
		'of $edition are all there with the name of their list',
		({ edition, file }) => {
			for (const { code, full_name } of readCsv<'code' | 'full_name'>(file)) {
				expect(named).toContainEqual(
					expect.objectContaining({ edition, code, official_name: full_name })
				);
			}
		}
	);

	test('that were reused mean another place in every edition that names one', () => {
		for (const { code } of readCsv<'code'>('./units/code_reuse.csv')) {
			const places = named.filter((it) => it.code === code);
			const names = new Set(places.map((it) => it.official_name));
			expect(names.size, code).toBeGreaterThan(1);
			expect(new Set(places.map((it) => it.unit_id)).size, code).toBeGreaterThanOrEqual(names.size);
		}
	});

	test('20242 was Phước Ninh and is Hải Châu', () => {
		expect(nameOf('dn-2025-01', '20242')).toBe('Phường Phước Ninh');
		expect(nameOf('dn-2025-07', '20242')).toBe('Phường Hải Châu');
		expect(unitOf('dn-2025-01', '20242')).not.toBe(unitOf('dn-2025-07', '20242'));
	});
});

function nameOf(edition: string, code: string): string | undefined {
	return named.find((it) => it.edition === edition && it.code === code)?.official_name;
}

function unitOf(edition: string, code: string): string | undefined {
	return named.find((it) => it.edition === edition && it.code === code)?.unit_id;
}
