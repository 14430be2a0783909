import { expect, test } from 'vitest';
import { alike, tellingOf } from '../../src/lib/domain/alike';

const same = (a: string, b: string) => alike(tellingOf(a), tellingOf(b));

test.each([
	['Nhà cô Năm tạp hóa', 'co nam tap hoá'],
	['Nhà cô Năm tạp hóa', 'Năm tạp hóa K32/6'],
	['K32/6', 'Nhà K32/6'],
	['Nhà bác Đẹp', 'Nhà bác Ðẹp'.normalize('NFD')],
	['Quán phở Thìn', 'quan phở Thinn']
])('may be one household: %s, %s', (a, b) => {
	expect(same(a, b)).toBe(true);
	expect(same(b, a)).toBe(true);
});

test.each([
	['K32/6', 'K32/8'],
	['Chung cư A · 304', 'Chung cư A · 305'],
	['Nhà cô Năm', 'Nhà cô Sáu'],
	['Nhà bác Ba', 'Nhà bác Bảy'],
	['Nhà cô', 'Nhà chú']
])('are two households: %s, %s', (a, b) => {
	expect(same(a, b)).toBe(false);
	expect(same(b, a)).toBe(false);
});
