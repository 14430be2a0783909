import fc from 'fast-check';
import { v4, v7 } from 'uuid';
import { expect, test } from 'vitest';
import { LINES, readSheetCode, sheetCode, tailOf } from '../../src/lib/domain/walk_sheet';

test('a sheet is read from its code as it was printed', () => {
	const days = fc.date({
		min: new Date('2020-01-02'),
		max: new Date('2120-01-01'),
		noInvalidDate: true
	});
	fc.assert(
		fc.property(days, fc.integer({ min: 1, max: LINES }), (date, lines) => {
			const sheet = {
				day: date.toISOString().slice(0, 10),
				tails: Array.from({ length: lines }, () => tailOf(v7()))
			};
			expect(readSheetCode(sheetCode(sheet))).toEqual(sheet);
		})
	);
});

test('what is no sheet is none', () => {
	fc.assert(fc.property(fc.string(), (text) => void readSheetCode(text)));
	expect(readSheetCode('')).toBeNull();
	expect(readSheetCode('AAAA')).toBeNull();
	expect(readSheetCode('%%%%%%%')).toBeNull();
});

test('a full sheet fits into a code that a cheap phone reads', () => {
	const tails = Array.from({ length: LINES }, () => tailOf(v4()));
	expect(sheetCode({ day: '2026-11-24', tails }).length).toBeLessThan(180);
});
