import { expect, test } from 'vitest';
import {
	household,
	pull,
	push,
	signup,
	training,
	visit,
	type Pulled,
	type Sent
} from '../support/changes';
import { onEachDatabase, openPostgresCity } from '../support/databases';
import { units } from '../support/small_city';

const to3 = (pages: Pulled[]) => pages.filter((page) => page.group_id === units.to3);

onEachDatabase((city) => {
	test('a second phone of the team gets what the first one logged, and nothing twice', async () => {
		const home = household('Nhà ông Chín');
		await push(city(), 'volunteer', [home, visit(home.record_id)]);
		const first = to3(await pull(city(), 'teammate'));
		expect(first.flatMap((page) => page.households).map((row) => row.id)).toContain(home.record_id);
		const cursors = { [units.to3]: first.at(-1)?.cursor ?? '' };
		const again = to3(await pull(city(), 'teammate', cursors));
		expect(again.flatMap((page) => [...page.households, ...page.visits])).toEqual([]);
	});

	test('a long log comes in pages, and together they are whole', async () => {
		const homes = Array.from({ length: 450 }, (_, i) => household(`Căn ${i}`));
		await push(city(), 'volunteer', homes);
		const visits: Sent[] = [];
		for (let round = 0; round < 6; round++) {
			const more = homes.map((home) => visit(home.record_id));
			await push(city(), 'volunteer', more);
			visits.push(...more);
		}
		const pages = to3(await pull(city(), 'teammate'));
		expect(pages.length).toBeGreaterThan(1);
		const ids = pages.flatMap((page) => page.visits).map((row) => row.id);
		for (const one of visits) expect(ids).toContain(one.record_id);
		expect(new Set(ids).size).toBe(ids.length);
	});

	test('every field that a phone may set is told to the others', async () => {
		const home = household('Nhà đủ mọi thứ');
		const records = [home, visit(home.record_id), signup(home.record_id), training()];
		await push(city(), 'volunteer', records);
		const pages = to3(await pull(city(), 'teammate'));
		const rows = pages.flatMap((page) => [
			...page.households,
			...page.visits,
			...page.signups,
			...page.trainings
		]);
		for (const { kind, record_id } of records) {
			const fields = await city().owner.query<{ field: string }>(
				'select field from app.record_fields where kind = $1',
				[kind]
			);
			const row = rows.find(({ id }) => id === record_id) ?? {};
			const told = Object.keys(row);
			expect(told).toEqual(expect.arrayContaining(fields.map(({ field }) => field)));
			expect(told).toEqual(expect.arrayContaining(['discarded', 'overlap', 'extra']));
			expect(told).not.toContain('city_id');
		}
	});

	test('a phone that knows more than a restored server is told to pull anew', async () => {
		await push(city(), 'volunteer', [household('Nhà bà Tám')]);
		const cursors = { [units.to3]: '999999.0199aaaa-0000-7000-8000-000000000000' };
		const [page] = to3(await pull(city(), 'teammate', cursors));
		expect(page?.reset).toBe(true);
		expect(page?.households.length).toBeGreaterThan(0);
	});

	test('a cursor that makes no sense is answered like a lost one, not with an error', async () => {
		for (const cursor of ['x', '1.1', `' or 1=1 --`]) {
			const [page] = to3(await pull(city(), 'teammate', { [units.to3]: cursor }));
			expect(page?.reset).toBe(true);
		}
	});

	test('a member is given the groups of the team, an officer those of the ward', async () => {
		const groups = async (who: 'volunteer' | 'officer' | 'coordinator') =>
			(await pull(city(), who)).map((page) => page.group_id);
		expect(new Set(await groups('volunteer'))).toEqual(new Set([units.to3]));
		expect(new Set(await groups('officer'))).toEqual(new Set([units.to3, units.to4]));
		expect(await groups('coordinator')).toEqual([]);
	});
});

test('with 16 people writing at once, no pull misses a row', async () => {
	const city = await openPostgresCity();
	const sent: string[] = [];
	let writing = true;
	const seen = new Set<string>();

	const write = async () => {
		for (let round = 0; round < 12; round++) {
			const homes = Array.from({ length: 5 }, (_, i) => household(`Nhà ${round} ${i}`));
			await push(city, 'volunteer', homes);
			sent.push(...homes.map((home) => home.record_id));
		}
	};
	const read = async () => {
		let cursors: Record<string, string> = {};
		for (let last = false; !last; last = !writing) {
			const pages = to3(await pull(city, 'teammate', cursors));
			for (const row of pages.flatMap((page) => page.households)) seen.add(row.id);
			cursors = { [units.to3]: pages.at(-1)?.cursor ?? '' };
		}
		const rest = to3(await pull(city, 'teammate', cursors));
		for (const row of rest.flatMap((page) => page.households)) seen.add(row.id);
	};
	const reading = read();
	await Promise.all(Array.from({ length: 16 }, write));
	writing = false;
	await reading;
	await city.close();

	expect(sent).toHaveLength(16 * 12 * 5);
	expect(sent.filter((id) => !seen.has(id))).toEqual([]);
});

test('two resends of one batch at the same moment are applied once', async () => {
	const city = await openPostgresCity();
	const batch = Array.from({ length: 20 }, (_, i) => household(`Nhà ${i}`));
	const answers = await Promise.all(
		Array.from({ length: 8 }, () => push(city, 'volunteer', batch))
	);
	const words = answers.flat().map((one) => one.verdict);
	expect(words.filter((word) => word === 'applied')).toHaveLength(20);
	expect(words.filter((word) => word === 'duplicate')).toHaveLength(7 * 20);
	await city.close();
});
