import { expect, test } from 'vitest';
import { flatsOf } from '../../src/lib/domain/flats';

test('a building is one sentence', () => {
	const floors = flatsOf('Chung cư A, tầng 3–7, 8 căn mỗi tầng') ?? [];
	expect(floors.map(({ floor }) => floor)).toEqual([3, 4, 5, 6, 7]);
	expect(floors.flatMap(({ labels }) => labels)).toHaveLength(40);
	expect(floors[0]?.labels[0]).toBe('Chung cư A · 301');
	expect(floors[4]?.labels[7]).toBe('Chung cư A · 708');
});

test.each([
	'Nhà B tầng 2, 4 căn',
	'nha b, tang 2 - 2, 4 can moi tang',
	'Nhà B; Tầng 2 đến tầng 2; 4 phòng mỗi tầng',
	'Nhà B, tầng 2—2, 4 căn'.normalize('NFD')
])('it is read however it is written: %s', (sentence) => {
	const [floor, ...rest] = flatsOf(sentence) ?? [];
	expect(rest).toEqual([]);
	expect(floor?.labels).toHaveLength(4);
	expect(floor?.labels[3]).toMatch(/204$/);
});

test.each([
	'',
	'Chung cư A',
	'tầng 3–7, 8 căn',
	'A, tầng 7–3, 8 căn',
	'A, tầng 1–99, 99 căn',
	'A, tầng 3, 0 căn'
])('what is no building makes none: "%s"', (sentence) => {
	expect(flatsOf(sentence)).toBeNull();
});
