import { describe, expect, test } from 'vitest';
import {
	standingOf,
	type IndicatorLine,
	type PlanUnit,
	type Target
} from '../../src/lib/domain/plan';

const city: PlanUnit = { unit_id: 'city', name: 'Đà Nẵng', level: 'city' };
const ward: PlanUnit = { unit_id: 'ward', name: 'Hải Châu', level: 'ward' };
const TODAY = '2026-11-23';

const target = (unit_id: string | null, year: number, value: number): Target => ({
	...{ target_id: `${unit_id} ${year}`, unit_id, place: null, year, value, source: 'KH' },
	level: unit_id === null ? 'nation' : unit_id === 'city' ? 'city' : 'ward'
});
const observed = (unit_id: string, as_of: string, value: number) => ({
	...{ observation_id: as_of, unit_id, place: null, as_of, said_of: '', sign: '' as const },
	...{ value, out_of: null, source: 'báo cáo' }
});
const line = (its: Partial<IndicatorLine> = {}): IndicatorLine => ({
	...{ line_id: 'line', kind: 'indicator', position: 1, vi: 'Hộ', en: 'Households' },
	indicator: {
		...{ indicator_id: 'i', unit: 'percent', direction: 'more', numerator: 'typed' },
		...{ denominator_vi: 'hộ', denominator_en: 'households', measure: 'households_reached' }
	},
	...{ targets: [], observations: [], denominators: [], counted: 40 },
	...its
});
const said = (its: Partial<IndicatorLine>, unit = city) => standingOf(line(its), unit, TODAY);

describe('an indicator', () => {
	test('is undetermined without a target or a figure, and never zero', () => {
		expect(said({})).toEqual({ status: 'undetermined', target: null, value: null });
		expect(said({ targets: [target('city', 2026, 90)] })).toMatchObject({
			status: 'undetermined',
			value: null
		});
		expect(said({ observations: [observed('city', '2026-06-30', 0)] }).status).toBe('undetermined');
		expect(
			said({
				targets: [target('city', 2026, 90)],
				observations: [observed('city', '2026-06-30', 0)]
			})
		).toMatchObject({ status: 'not_met', value: 0 });
	});

	test('is exceeded, met or not met by its newest official figure', () => {
		const at = (value: number) =>
			said({
				targets: [target('city', 2026, 90)],
				observations: [observed('city', '2025-12-31', 1), observed('city', '2026-06-30', value)]
			}).status;
		expect([at(96), at(90), at(89.9)]).toEqual(['exceeded', 'met', 'not_met']);
	});

	test('of which less is better turns round', () => {
		const indicator = { ...line().indicator, direction: 'less' as const, unit: 'number' as const };
		const rank = { indicator, targets: [target('city', 2026, 3)] };
		expect(said({ ...rank, observations: [observed('city', '2026-06-30', 1)] }).status).toBe(
			'exceeded'
		);
		expect(said({ ...rank, observations: [observed('city', '2026-06-30', 4)] }).status).toBe(
			'not_met'
		);
	});

	test('is held against the year that runs, else the next, else the last; a city by the nation in want of its own', () => {
		const year = (...years: number[]) =>
			said({ targets: years.map((one) => target('city', one, one)) }).target?.year;
		expect([year(2025, 2026, 2030), year(2025, 2030), year(2022, 2023)]).toEqual([
			2026, 2030, 2023
		]);
		expect(said({ targets: [target(null, 2026, 80)] }).target?.value).toBe(80);
		expect(
			said({ targets: [target(null, 2026, 80), target('city', 2026, 95)] }).target?.value
		).toBe(95);
	});

	test('of a ward is neither the city’s nor another ward’s', () => {
		const its = {
			targets: [target('city', 2026, 90)],
			observations: [observed('city', '2026-06-30', 96)]
		};
		expect(said(its, ward)).toEqual({ status: 'undetermined', target: null, value: null });
	});

	test('that is official is never worked out from what the teams count', () => {
		const its = {
			targets: [target('city', 2026, 30)],
			counted: 40,
			denominators: [{ value: 100, as_of: TODAY, source: 'x' }]
		};
		expect(said(its).value).toBeNull();
	});

	test('that is itself a count is a share of a typed denominator, or unknown', () => {
		const indicator = { ...line().indicator, numerator: 'counted' as const };
		const its = { indicator, targets: [target('city', 2026, 30)], counted: 40 };
		expect(said(its)).toMatchObject({ value: null, status: 'undetermined' });
		const denominators = [{ value: 100, as_of: TODAY, source: 'phường' }];
		expect(said({ ...its, denominators })).toMatchObject({ value: 40, status: 'exceeded' });
		expect(
			said({ ...its, denominators: [{ value: 0, as_of: TODAY, source: 'x' }] }).value
		).toBeNull();
	});
});
