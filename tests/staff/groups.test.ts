import { describe, expect, it } from 'vitest';
import type { Me } from '$lib/domain/me';
import { daysQuiet, found, quietGroups, valueOf } from '../../src/routes/(staff)/coverage/groups';
import { inOrder } from '../../src/routes/(staff)/order';
import { placesOf } from '../../src/routes/(staff)/coverage/units';
import { group } from './cast';

describe('who needs help', () => {
	const at = '2026-11-15';

	it('counts days from the last record to the day the figures speak of', () => {
		expect(daysQuiet(group('Tổ 1', { last_day: '2026-11-15' }), at)).toBe(0);
		expect(daysQuiet(group('Tổ 1', { last_day: '2026-10-31' }), at)).toBe(15);
		expect(daysQuiet(group('Tổ 1'), at)).toBeNull();
	});

	it('is a group without a record for more than seven days, not for seven', () => {
		const rows = [
			group('Tổ 1', { last_day: '2026-11-08' }),
			group('Tổ 2', { last_day: '2026-11-07' })
		];
		expect(quietGroups(rows, at).map(({ row, days }) => [row.name, days])).toEqual([['Tổ 2', 8]]);
	});

	it('has the longest silence first, then those that have not begun', () => {
		const rows = [
			group('Tổ 1'),
			group('Tổ 2', { last_day: '2026-11-01' }),
			group('Tổ 3', { last_day: '2026-10-01' })
		];
		expect(quietGroups(rows, at).map(({ row }) => row.name)).toEqual(['Tổ 3', 'Tổ 2', 'Tổ 1']);
	});

	it('is nobody when every group has a record of this week', () => {
		expect(quietGroups([group('Tổ 1', { last_day: '2026-11-14' })], at)).toEqual([]);
	});
});

describe('the groups of a place', () => {
	it('are found by their own name or their ward’s, without marks', () => {
		const rows = [group('Tổ 3'), group('Tổ 30', { ward_name: 'Phường Hòa Cường' })];
		expect(found(rows, 'hai chau').map(({ name }) => name)).toEqual(['Tổ 3']);
		expect(found(rows, 'to 30').map(({ name }) => name)).toEqual(['Tổ 30']);
	});

	it('stand under their ward, because every ward has a Tổ 1', () => {
		const rows = [group('Tổ 1', { ward_name: 'Phường Hòa Cường' }), group('Tổ 10'), group('Tổ 2')];
		const sorted = inOrder(rows, valueOf, { by: 'name', down: false });
		expect(sorted.map(({ name }) => name)).toEqual(['Tổ 2', 'Tổ 10', 'Tổ 1']);
	});

	it('have no last day to compare before their first record', () => {
		expect(valueOf(group('Tổ 3'), 'last_day')).toBeNull();
	});
});

describe('the places a person may choose', () => {
	const me = (roles: Me['roles'], groups: Me['groups'] = []) => ({ roles, groups }) as Me;
	const toThree = {
		id: 'to-3',
		name: 'Tổ 3',
		kind: 'tdp',
		ward_id: 'hai-chau',
		ward_name: 'Phường Hải Châu'
	};

	it('are those of their roles, the widest first', () => {
		const places = placesOf(
			me([
				{ role: 'ward_officer', unit_id: 'hai-chau', unit_name: 'Phường Hải Châu' },
				{ role: 'area_coordinator', unit_id: 'area', unit_name: 'Địa bàn Hải Châu' }
			])
		);
		expect(places.map(({ id }) => id)).toEqual(['area', 'hai-chau']);
	});

	it('are the wards of a leader’s groups, because a team is not a place', () => {
		const leader = { role: 'leader' as const, unit_id: 'team', unit_name: 'Tổ CNSCĐ 3' };
		expect(placesOf(me([leader], [toThree, { ...toThree, id: 'to-4' }]))).toEqual([
			{ id: 'hai-chau', name: 'Phường Hải Châu' }
		]);
	});

	it('are none for someone without a role', () => {
		expect(placesOf(me([]))).toEqual([]);
	});
});
