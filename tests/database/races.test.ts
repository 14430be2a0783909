import { afterAll, beforeAll, expect, test } from 'vitest';
import { household, pull, push, type Answered } from '../support/changes';
import { openPostgresCity, type TestCity } from '../support/databases';
import { units } from '../support/small_city';

let city: TestCity;
beforeAll(async () => {
	city = await openPostgresCity();
});
afterAll(() => city.close());

const words = (answers: Answered[][]) =>
	answers.flat().map((one) => [one.verdict, one.code].filter(Boolean).join(' '));

test('one id written in two groups at once stays with one of them, numbers and all', async () => {
	for (let round = 0; round < 25; round++) {
		const here = household('Nhà ở Tổ 3');
		const there = household('Nhà ở Hòa Cường', {
			record_id: here.record_id,
			group_id: units.to1HoaCuong
		});
		const said = words(
			await Promise.all([push(city, 'volunteer', [here]), push(city, 'stranger', [there])])
		);
		expect(said.sort()).toEqual(['applied', 'invalid record_of_another_group']);
	}
	// Every row's number is one that its own group gave.
	const strays = await city.owner.query(`
		select h.id from app.households h join app.group_logs l using (city_id, group_id)
		where h.seq > l.last_seq or not exists (
			select from app.changes c where c.city_id = h.city_id and c.group_id = h.group_id and c.seq = h.seq)`);
	expect(strays).toEqual([]);
});

test('one change_id sent for two groups at once is judged, not an error', async () => {
	await city.owner.exec(`insert into app.team_groups (city_id, team_id, group_id, from_day)
		select city_id, team_id, '${units.to4}', '2025-07-01' from app.team_groups where group_id = '${units.to3}'
		on conflict do nothing`);
	for (let round = 0; round < 25; round++) {
		const here = household('Nhà ở Tổ 3');
		const there = {
			...household('Nhà ở Tổ 4', { group_id: units.to4 }),
			change_id: here.change_id
		};
		const said = words(
			await Promise.all([push(city, 'volunteer', [here]), push(city, 'volunteer', [there])])
		);
		expect(said.sort()).toEqual(['applied', 'duplicate']);
	}
});

test('a resend that overtakes its first sending gets the same answers, unknown groups included', async () => {
	for (let round = 0; round < 25; round++) {
		const batch = [
			household('Nhà mới'),
			household('Không đâu cả', { group_id: household('x').record_id })
		];
		const answers = await Promise.all([
			push(city, 'volunteer', batch),
			push(city, 'volunteer', batch)
		]);
		expect(words(answers).sort()).toEqual([
			'applied',
			'duplicate',
			'refused unknown_group',
			'refused unknown_group'
		]);
	}
});

test('an officer of many groups is told all of them, page by page, and nothing twice', async () => {
	await city.owner.exec(`
		insert into app.units (city_id, unit_id, level, kind, name)
		select 'thu-nghiem', ('0199aaaa-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 'group', 'tdp', 'Tổ đông ' || i
		from generate_series(1, 120) i;
		insert into app.unit_parents (city_id, unit_id, parent_id)
		select city_id, unit_id, '${units.haiChau}' from app.units where name like 'Tổ đông %';
		insert into app.team_groups (city_id, team_id, group_id, from_day)
		select t.city_id, t.team_id, u.unit_id, '2025-07-01'
		from app.units u join app.teams t on t.name = 'Tổ CNSCĐ Tổ 3' where u.name like 'Tổ đông %';`);
	const groups = await city.owner.query<{ unit_id: string }>(
		`select unit_id from app.units where name like 'Tổ đông %'`
	);
	const homes = groups.flatMap(({ unit_id }) =>
		Array.from({ length: 12 }, (_, i) => household(`Nhà ${i}`, { group_id: unit_id }))
	);
	for (let i = 0; i < homes.length; i += 480)
		await push(city, 'volunteer', homes.slice(i, i + 480));

	const pages = await pull(city, 'officer');
	const seen = pages.flatMap((page) => page.households).map((row) => row.id);
	expect(homes.filter((home) => !seen.includes(home.record_id))).toEqual([]);
	expect(new Set(seen).size).toBe(seen.length);

	const cursors = Object.fromEntries(pages.map((page) => [page.group_id, page.cursor]));
	const again = await pull(city, 'officer', cursors);
	expect(again).toHaveLength(groups.length + 2);
	expect(again.flatMap((page) => page.households)).toEqual([]);
});
