import { describe, expect, it } from 'vitest';
import { servicesOf, signedUp } from '../../src/routes/(staff)/signups';
import {
	found,
	hasFigures,
	mostlyEmpty,
	nameOf,
	valueOf
} from '../../src/routes/(staff)/wards/wards';
import { ward } from './cast';

const names = (rows: { name: string }[]) => rows.map(({ name }) => name);

describe('the wards side by side', () => {
	it('are found by their name without marks, in any order of words, and by their code', () => {
		const rows = [ward('Phường Hòa Khánh'), ward('Xã Hòa Vang', { code: '20293' })];
		expect(names(found(rows, 'hoa khanh'))).toEqual(['Phường Hòa Khánh']);
		expect(names(found(rows, 'khánh hoà'))).toEqual(['Phường Hòa Khánh']);
		expect(names(found(rows, '20293'))).toEqual(['Xã Hòa Vang']);
		expect(names(found(rows, ' '))).toEqual(['Phường Hòa Khánh', 'Xã Hòa Vang']);
	});

	it('stand under their own name, not under Phường or Xã', () => {
		expect(nameOf('Phường Hải Châu')).toEqual({ kind: 'Phường', bare: 'Hải Châu' });
		expect(nameOf('Đặc khu Hoàng Sa')).toEqual({ kind: 'Đặc khu', bare: 'Hoàng Sa' });
		expect(nameOf('Hải Châu')).toEqual({ kind: null, bare: 'Hải Châu' });
	});

	it('have figures when their households are known, even if none has been reached', () => {
		expect(hasFigures(ward('Bà Nà', { households: 900 }))).toBe(true);
		expect(hasFigures(ward('Bà Nà', { attendance: 12 }))).toBe(true);
		expect(hasFigures(ward('Bà Nà', { signups: { vneid: 2 } }))).toBe(true);
		expect(hasFigures(ward('Bà Nà'))).toBe(false);
	});

	it('open with only those that have figures when most have none', () => {
		const known = ward('An Khê', { visits: 1 });
		expect(mostlyEmpty([known, ward('Bà Nà'), ward('Hòa Vang')])).toBe(true);
		expect(mostlyEmpty([known, ward('Bà Nà')])).toBe(false);
	});

	it('show a place left out of coverage without comparing it', () => {
		const hoangSa = ward('Đặc khu Hoàng Sa', { counted: false });
		expect(valueOf(hoangSa, 'visits')).toBeNull();
		expect(valueOf(hoangSa, 'coverage')).toBeNull();
		expect(valueOf(hoangSa, 'name')).toBe('Hoàng Sa');
	});

	it('have a missing coverage, not a coverage of zero, while their households are unknown', () => {
		expect(valueOf(ward('Bà Nà', { reached: 5 }), 'coverage')).toBeNull();
		expect(valueOf(ward('Bà Nà', { households: 10, coverage: 0 }), 'coverage')).toBe(0);
	});
});

describe('sign-ups', () => {
	const row = ward('An Khê', { signups: { vneid: 3, moi: 1 } });

	it('are people over all services, and can be sorted by one service', () => {
		expect(signedUp(row)).toBe(4);
		expect(valueOf(row, 'signups')).toBe(4);
		expect(valueOf(row, 'vneid')).toBe(3);
		expect(valueOf(row, 'dvc')).toBe(0);
	});

	it('list the services in use in the order of the city, unknown ones last', () => {
		expect(servicesOf([row, ward('Bà Nà')], ['dvc', 'vneid'])).toEqual(['vneid', 'moi']);
	});
});
