import { describe, expect, test } from 'vitest';
import type { PaceAnswer, PaceRow } from '../../src/lib/data/plan_answers';
import { pacedCity, pacedWards } from '../../src/routes/(staff)/plans/[plan]/[indicator]/pace';
import { forecastText } from '../../src/routes/(staff)/plans/[plan]/[indicator]/words';

const TODAY = '2026-11-26';
const ward = (name: string, its: Partial<PaceRow> = {}): PaceRow => ({
	...{ ward_id: name, name, counted: 600, denominator: 1000 },
	...{ denominator_source: 'phường', denominator_as_of: '2026-01-01' },
	...{ weeks: Array(8).fill(20), visits: Array(8).fill(30) },
	...its
});
const target = (unit_id: string, value: number, year = 2026) => ({
	...{ unit_id, place: null, year, value, source: 'KH' },
	level: unit_id === 'city' ? ('city' as const) : ('ward' as const)
});
const answer = (its: Partial<PaceAnswer>): PaceAnswer => ({
	...{ as_of: TODAY, weeks_from: '2026-09-28', unit: 'percent', vi: 'Hộ', en: 'Households' },
	...{ measure: 'households_reached', targets: [target('city', 95)], rows: [ward('Hải Châu')] },
	...its
});

describe('wards', () => {
	test('without a target of their own are held against the city’s share', () => {
		const [one, other] = pacedWards(
			answer({
				targets: [target('city', 95), target('Bà Nà', 65)],
				rows: [ward('Hải Châu'), ward('Bà Nà')]
			}),
			'city',
			TODAY
		);
		expect(one).toMatchObject({
			target: 95,
			told: { expected: 700, pace_needed: 70, visits_needed: 105 }
		});
		expect(other).toMatchObject({ target: 65, told: { reaches: true } });
	});

	test('are never held against a number that is the whole city’s', () => {
		const count = answer({ unit: 'people', targets: [target('city', 5000)] });
		expect(pacedWards(count, 'city', TODAY)[0]?.told).toBe('no_target');
	});

	test('of which nobody has typed the households have no forecast', () => {
		const rows = [ward('Cẩm Lệ', { denominator: null })];
		expect(pacedWards(answer({ rows }), 'city', TODAY)[0]?.told).toBe('no_denominator');
	});
});

test('the city adds up the wards whose denominator is known, and no other', () => {
	const rows = [
		ward('Hải Châu'),
		ward('Bà Nà'),
		ward('Cẩm Lệ', { denominator: null, counted: 9000 })
	];
	const { row, told } = pacedCity(answer({ rows }), 'city', TODAY);
	expect(row).toMatchObject({ counted: 1200, denominator: 2000, weeks: Array(8).fill(40) });
	expect(told).toMatchObject({ expected: 1400, more_a_week: 100 });
});

test('a forecast is said in plain words', () => {
	const said = (its: Partial<PaceAnswer>) => {
		const [first] = pacedWards(answer(its), 'city', TODAY);
		return first && forecastText(first, 'percent');
	};
	expect(said({})).toBe(
		'Với nhịp này đến 31/12/2026 đạt khoảng 70% (từ 70% đến 70%), cần 95%: thêm khoảng 50 mỗi tuần.'
	);
	expect(said({ targets: [target('city', 65)] })).toContain('giữ nhịp hiện nay là đủ');
	expect(said({ rows: [ward('Bà Nà', { weeks: Array(8).fill(0) })] })).toContain('Chưa đủ số liệu');
	expect(said({ targets: [target('city', 95, 2025)] })).toContain('Đã qua hạn');
	expect(said({ targets: [] })).toBe('Chưa có mục tiêu.');
});
