import { afterAll, beforeAll, expect, test } from 'vitest';
import { daNang } from '../../supabase/seed/city';
import { seedUnits } from '../../supabase/seed/units/seed';
import { unitId } from '../../supabase/seed/units/ids';
import { emptyDatabase } from './database';

let db: Awaited<ReturnType<typeof emptyDatabase>>;

beforeAll(async () => {
	db = await emptyDatabase();
	await seedUnits(db, daNang);
});
afterAll(() => db.close());

test('every ward that ended went somewhere, on the day it ended', async () => {
	const lost = await db.query(
		`select u.name from app.units u where u.level = 'ward' and u.to_day is not null and not exists (
			select from app.unit_successions s where s.unit_id = u.unit_id and s.on_day = u.to_day)`
	);
	expect(lost).toEqual([]);
});

test('every ward that began in a merger came from somewhere', async () => {
	const orphans = await db.query(
		`select u.name from app.units u where u.level = 'ward' and u.from_day is not null and not exists (
			select from app.unit_successions s where s.successor_id = u.unit_id and s.on_day = u.from_day)`
	);
	expect(orphans).toEqual([]);
});

test('only xã Hòa Liên was split, as the resolution says', async () => {
	expect(await edgesFrom('dn-2025-01', '20296')).toEqual([
		{ name: 'Phường Hải Vân', relation: 'split' },
		{ name: 'Phường Liên Chiểu', relation: 'split' }
	]);
	const split = await db.query("select from app.unit_successions where relation = 'split'");
	expect(split).toHaveLength(2);
});

test('a commune of Quế Sơn did not go to a city ward of the same name', async () => {
	expect(await edgesFrom('qn-2025-03', '20669')).toEqual([
		{ name: 'Xã Quế Phước', relation: 'merged' }
	]);
});

test('a ward that went on stays one unit, first in its district and then in its area', async () => {
	const tanHiep = unitId(daNang.city_id, 'qn-2025-03', '20434');
	const places = await db.query(
		`select c.edition, p.name as parent from app.unit_codes c
		join app.editions e on e.edition = c.edition
		join app.unit_parents up on up.unit_id = c.unit_id
			and up.from_day <= e.in_force_from and up.to_day > e.in_force_from
		join app.units p on p.unit_id = up.parent_id
		where c.unit_id = $1 order by 1 desc`,
		[tanHiep]
	);
	expect(places).toEqual([
		{ edition: 'qn-2025-03', parent: 'Thành phố Hội An' },
		{ edition: 'dn-2025-07', parent: 'Địa bàn thành phố Hội An cũ' }
	]);
});

test('before July 2025 the wards of a district are found below it', async () => {
	const haiChau = unitId(daNang.city_id, 'dn-2023', '492');
	const below = (day: string) =>
		db.query("select from app.units_below('da-nang', array[$1::uuid], $2::date)", [haiChau, day]);
	expect(await below('2024-06-01')).toHaveLength(1 + 13);
	expect(await below('2025-06-01')).toHaveLength(1 + 9);
	expect(await below('2025-07-01')).toHaveLength(1);
});

async function edgesFrom(edition: string, code: string) {
	return db.query(
		`select u.name, s.relation from app.unit_successions s
		join app.unit_codes c on c.unit_id = s.unit_id and c.edition = $1 and c.code = $2
		join app.units u on u.unit_id = s.successor_id order by 1`,
		[edition, code]
	);
}
