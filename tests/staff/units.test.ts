import { describe, expect, test } from 'vitest';
import type { UnitTreeAnswer } from '../../src/lib/data/unit_answers';
import type { Level } from '../../src/lib/domain/unit';
import { above, countsOf, found, treeOf } from '../../src/routes/(staff)/units/tree';

const units: [
	id: string,
	parent: string | null,
	level: Level,
	name: string,
	code: string | null
][] = [
	['c', null, 'city', 'Thành phố Đà Nẵng', '48'],
	['w1', 'c', 'ward', 'Phường Hòa Khánh', '20200'],
	['w2', 'c', 'ward', 'Phường Hoà Khánh Nam', '20198'],
	['w3', 'c', 'ward', 'Phường Đông Giang', '20333'],
	['w4', 'c', 'ward', 'Phường Dương Vân', '20444'],
	['g1', 'w1', 'group', 'Tổ 10', null],
	['g2', 'w1', 'group', 'Tổ 2', null],
	['g3', 'gone', 'group', 'Tổ Khánh Hòa', null]
];

const tree = treeOf({
	day: '2026-11-20',
	levels: [],
	kinds: [],
	unit_id: units.map(([id]) => id),
	parent_id: units.map(([, parent]) => parent),
	level: units.map(([, , level]) => level),
	kind: units.map(() => 'x'),
	name: units.map(([, , , name]) => name),
	code: units.map(([, , , , code]) => code),
	counted: units.map(() => true),
	households: units.map(() => null),
	adults: units.map(() => null)
} satisfies UnitTreeAnswer);

const names = (query: string) => found(tree, query).map(({ name }) => name);

describe('the tree of a day', () => {
	test('stands in the order of the Vietnamese alphabet, with numbers by their size', () => {
		expect(tree.roots.map(({ id }) => id)).toEqual(['c']);
		expect(tree.roots[0]?.children.map(({ id }) => id)).toEqual(['w4', 'w3', 'w1', 'w2']);
		expect(tree.byId.get('w1')?.children.map(({ name }) => name)).toEqual(['Tổ 2', 'Tổ 10']);
	});

	test('loses nobody: what stands under nothing is listed apart', () => {
		expect(tree.lost.map(({ id }) => id)).toEqual(['g3']);
		expect(countsOf(tree)).toEqual({ city: 1, area: 0, ward: 4, group: 3 });
	});

	test('says what stands above a unit', () => {
		const group = tree.byId.get('g1');
		expect(group && above(tree, group).map(({ id }) => id)).toEqual(['c', 'w1']);
	});
});

describe('a unit is found', () => {
	test('without marks, wherever the mark of the tone was placed', () => {
		expect(names('hoa khanh')).toEqual([
			'Phường Hòa Khánh',
			'Phường Hoà Khánh Nam',
			'Tổ Khánh Hòa'
		]);
	});

	test('with marks, the ones that are spelt so first', () => {
		expect(names('Hòa Khánh')[0]).toBe('Phường Hòa Khánh');
		expect(names('dong')).toEqual(['Phường Đông Giang']);
	});

	test('by its code', () => {
		expect(names('20198')).toEqual(['Phường Hoà Khánh Nam']);
	});

	test('not at all when nothing was typed', () => {
		expect(names('  ')).toEqual([]);
	});
});
