import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestCity } from '../support/databases';
import { openEmptyCity } from '../support/databases';
import { attack, count, type Told } from '../support/attacker';
import { idOf } from '../support/small_city';

let city: TestCity;
beforeAll(async () => {
	city = await openEmptyCity('PostgreSQL');
	await city.owner.exec(
		`insert into app.editions values ('thu', 'Danh mục thử', '2025-07-01', null, 'bịa cho kiểm thử')`
	);
});
afterAll(() => city.close());

const FEW = 10;
const MONTHS = ['2026-05-01', '2026-06-01', '2026-07-01', '2026-08-01', '2026-09-01'];

/** Households newly reached in a month: often nobody or a few, as in a ward that is nearly done. */
const step = fc.oneof(
	{ weight: 3, arbitrary: fc.constant(0) },
	{ weight: 4, arbitrary: fc.integer({ min: 1, max: 9 }) },
	{ weight: 4, arbitrary: fc.integer({ min: 10, max: 30 }) },
	{ weight: 2, arbitrary: fc.integer({ min: 31, max: 400 }) }
);
const history = (steps: fc.Arbitrary<number>) =>
	fc.integer({ min: 1, max: 6 }).chain((wards) =>
		fc.array(fc.array(steps, { minLength: wards, maxLength: wards }), {
			minLength: 1,
			maxLength: MONTHS.length
		})
	);

test('whoever knows that counts only grow learns no figure of a few for certain', async () => {
	let withheld = 0;
	await fc.assert(
		fc.asyncProperty(history(step), async (steps) => {
			const { told, truth } = await publish(steps);
			for (const [month, { wards }] of told.entries())
				for (const [ward, value] of wards.entries()) {
					if (value === null) {
						withheld += 1;
						expect(await attack(told, false, count(ward, month))).toMatchObject({ certain: false });
						if (!ownReason(told, truth, ward, month)) continue;
						expect(await attack(told, true, count(ward, month))).toMatchObject({ certain: false });
					}
					for (let before = 0; before < month; before++) {
						const grown = `${count(ward, month)} - ${count(ward, before)}`;
						const { certain, least } = await attack(told, true, grown);
						if (certain) expect(small(least)).toBe(false);
					}
				}
		}),
		// The same cities every time: that nothing is certain then is found here, and not proven.
		{ seed: 20261124, numRuns: 30 }
	);
	expect(withheld).toBeGreaterThan(30);
});

test('whoever adds and subtracts all months of a city, corrected ones too, learns no figure of a few', async () => {
	const moved = fc.oneof(step, fc.integer({ min: -40, max: -1 }));
	await fc.assert(
		fc.asyncProperty(history(moved), async (steps) => {
			const { told } = await publish(steps);
			for (const [month, { wards }] of told.entries())
				for (const [ward, value] of wards.entries()) {
					if (value === null)
						expect(await attack(told, false, count(ward, month))).toMatchObject({ certain: false });
					for (let before = 0; before < month; before++) {
						const grown = `${count(ward, month)} - ${count(ward, before)}`;
						const { certain, least } = await attack(told, false, grown);
						if (certain) expect(small(least)).toBe(false);
					}
				}
		}),
		{ numRuns: 30 }
	);
});

test('sign-ups of a month, too, and what is left of a ward', async () => {
	await fc.assert(
		fc.asyncProperty(history(step), async (steps) => {
			const { signed, left } = await publish(steps);
			for (const one of signed)
				for (const [ward, value] of one.wards.entries()) {
					if (value !== null) expect(small(value)).toBe(false);
					else expect(await attack([one], false, count(ward, 0))).toMatchObject({ certain: false });
				}
			expect(left.filter(small)).toEqual([]);
		}),
		{ numRuns: 25 }
	);
});

const small = (value: number) => Math.abs(value) >= 1 && Math.abs(value) < FEW;

/** Whether a ward was withheld for its own sake, and not to hide another's figure. */
function ownReason(told: Told[], truth: number[][], ward: number, month: number): boolean {
	const now = truth[month]?.[ward] ?? 0;
	const known = told.slice(0, month).flatMap(({ wards }) => wards[ward] ?? []);
	return [0, ...known].some((before) => small(now - before));
}

let cities = 0;

/** A new city, its months counted one after the other; what was said of each, and what was so. */
async function publish(steps: number[][]) {
	const city_id = `thu-${(cities += 1)}`;
	const wards = steps[0]?.map((_, n) => idOf(`${city_id} ward ${n}`)) ?? [];
	const truth: number[][] = [];
	await city.owner.exec(
		`insert into app.cities (city_id, name) values ('${city_id}', 'Thành phố thử');` +
			wards.map((ward, n) => settle(city_id, ward, n)).join('')
	);
	for (const [n, moved] of steps.entries()) {
		const before = truth[n - 1] ?? wards.map(() => 0);
		const now = moved.map((by, ward) => Math.max(0, (before[ward] ?? 0) + by));
		truth.push(now);
		for (const [ward, unit_id] of wards.entries())
			await city.owner.exec(`
				insert into app.group_days (city_id, group_id, day, households_reached)
				values ('${city_id}', '${group(unit_id)}', '${MONTHS[n]}', ${(now[ward] ?? 0) - (before[ward] ?? 0)});
				insert into app.group_day_services (city_id, group_id, day, service, result, people)
				values ('${city_id}', '${group(unit_id)}', '${MONTHS[n]}', 'vneid', 'created', ${Math.max(0, moved[ward] ?? 0)});`);
		await city.owner.query('select app.release_month($1, $2::date)', [city_id, MONTHS[n]]);
	}
	const months = await city.owner.query<{ reached: number | null; signed_up: number | null }>(
		'select reached, signed_up from app.open_months where city_id = $1 order by month',
		[city_id]
	);
	const cells = await city.owner.query<Record<'reached' | 'signed_up', number | null> & Cell>(
		`select ward_id, month::text, households, reached, signed_up from app.open_cells where city_id = $1 order by month, code`,
		[city_id]
	);
	const tell = (what: 'reached' | 'signed_up') =>
		months.map((one, n) => ({
			total: one[what],
			wards: cells.filter(({ month }) => month === MONTHS[n]).map((cell) => cell[what])
		}));
	const left = cells.flatMap(({ reached, households }) =>
		reached === null || reached > households ? [] : [households - reached]
	);
	return { truth, told: tell('reached') as Told[], signed: tell('signed_up') as Told[], left };
}

type Cell = { ward_id: string; month: string; households: number };
const group = (ward: string) => idOf(`group of ${ward}`);

const settle = (city_id: string, ward: string, n: number) => `
	insert into app.units (city_id, unit_id, level, kind, name) values
		('${city_id}', '${ward}', 'ward', 'phuong', 'Phường ${n}'), ('${city_id}', '${group(ward)}', 'group', 'tdp', 'Tổ ${n}');
	insert into app.unit_parents (city_id, unit_id, parent_id) values ('${city_id}', '${group(ward)}', '${ward}');
	insert into app.unit_codes (city_id, unit_id, code, official_name, edition)
		values ('${city_id}', '${ward}', '${20000 + n}', 'Phường ${n}', 'thu');
	insert into app.denominators (city_id, unit_id, measure, as_of, value, source)
		values ('${city_id}', '${ward}', 'households', '2026-01-01', ${60 * (n + 1)}, 'bịa');`;
