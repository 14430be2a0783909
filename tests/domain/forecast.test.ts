import { describe, expect, test } from 'vitest';
import { forecast, weeksUntil, type Forecast, type PaceOf } from '../../src/lib/domain/forecast';

const ward: PaceOf = {
	counted: 600,
	weeks: [20, 20, 20, 20, 20, 20, 20, 20],
	visits: [30, 30, 30, 30, 30, 30, 30, 30],
	denominator: 1000,
	target: 950,
	weeks_left: 5
};
const told = (of: Partial<PaceOf>) => forecast({ ...ward, ...of }) as Forecast;

describe('at the pace of the last eight weeks', () => {
	test('an even series goes on as it is, without a range', () => {
		expect(told({})).toEqual({
			expected: 700,
			low: 700,
			high: 700,
			pace: 20,
			pace_needed: 70,
			more_a_week: 50,
			visits_needed: 105,
			reaches: false
		});
	});

	test('a series that is up and down has the same middle, and a range on both sides of it', () => {
		const { expected, low, high } = told({ weeks: [10, 30, 10, 30, 10, 30, 10, 30] });
		expect(expected).toBe(700);
		// s² = 800 / 7; 1.28 · √(5 s² + 25 s² / 8) = 39.0
		expect(700 - low).toBeCloseTo(39.01, 1);
		expect(high - 700).toBeCloseTo(39.01, 1);
	});

	test('the further the deadline, the wider the range', () => {
		const weeks = [18, 22, 19, 21, 18, 22, 19, 21];
		const wide = (weeks_left: number) => {
			const { low, high } = told({ weeks, weeks_left });
			return high - low;
		};
		expect(wide(10)).toBeGreaterThan(wide(5));
		expect(wide(5)).toBeGreaterThan(wide(1));
	});

	test('four of five futures drawn from the same weeks end within the range', () => {
		const draw = drawer(20261123);
		const week = () => 5 + Math.floor(draw() * 31);
		let within = 0;
		for (let n = 0; n < 2000; n++) {
			const weeks = Array.from({ length: 8 }, week);
			const { low, high } = told({
				weeks,
				counted: 0,
				denominator: null,
				target: 1e6,
				weeks_left: 6
			});
			const future = Array.from({ length: 6 }, week).reduce((a, b) => a + b);
			if (future >= low && future <= high) within += 1;
		}
		expect(within / 2000).toBeGreaterThan(0.74);
		expect(within / 2000).toBeLessThan(0.86);
	});

	test('nothing goes beyond all households, and nothing that was done is taken back', () => {
		const near = told({ counted: 980, weeks: [0, 60, 0, 60, 0, 60, 0, 60] });
		expect(near.expected).toBe(1000);
		expect(near.high).toBe(1000);
		expect(near.low).toBeGreaterThanOrEqual(980);
	});

	test('a pace that is enough needs no more', () => {
		expect(told({ target: 690 })).toMatchObject({ reaches: true, more_a_week: 0 });
		expect(told({ target: 500 })).toMatchObject({
			reaches: true,
			pace_needed: 0,
			visits_needed: 0
		});
	});
});

test('too little is no forecast', () => {
	const few = (weeks: number[]) => forecast({ ...ward, weeks });
	expect(few([0, 0, 0, 0, 0, 0, 0, 0])).toBe('too_little');
	expect(few([0, 0, 0, 0, 0, 40, 40, 40])).toBe('too_little');
	expect(few([1, 1, 1, 1, 1, 1, 1, 1])).toBe('too_little');
	expect(few([20, 20, 20])).toBe('too_little');
});

test('after the deadline there is nothing to forecast', () => {
	expect(forecast({ ...ward, weeks_left: 0 })).toBe('deadline_passed');
	expect(weeksUntil('2026-11-26', '2026-12-31')).toBe(5);
});

/** Numbers from 0 to 1 that are the same in every run. */
function drawer(seed: number): () => number {
	return () => {
		seed = (seed * 1664525 + 1013904223) % 2 ** 32;
		return seed / 2 ** 32;
	};
}
