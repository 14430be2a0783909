import { describe, expect, test } from 'vitest';
import {
	guessMapping,
	headingKey,
	missingFields,
	rememberedOf,
	sheetOf,
	type Field
} from '../../src/lib/files/mapping';
import { columnLetter, placesOf } from '../../src/lib/files/places';
import { Reading } from '../../src/lib/files/reading';
import type { Cell, TableRow } from '../../src/lib/files/table';

type Name = 'code' | 'name' | 'households';
const fields: Field<Name>[] = [
	{ name: 'code', headings: ['mã', 'mã đơn vị', 'code'], required: true },
	{ name: 'name', headings: ['tên đơn vị', 'tên', 'name'], required: true },
	{ name: 'households', headings: ['số hộ', 'households'] }
];

const row = (at: number, ...texts: string[]): TableRow => ({
	at,
	cells: texts.map((text): Cell => ({ text, kept_as: 'text' }))
});

describe('the columns of a file', () => {
	test('are found in any order, with or without marks', () => {
		expect(guessMapping(row(1, 'SO HO', 'Tên đơn vị', 'MÃ'), fields)).toEqual({
			households: 0,
			name: 1,
			code: 2
		});
	});

	test('are found by the words that a heading holds among others', () => {
		expect(guessMapping(row(1, 'STT', 'Mã đơn vị hành chính', 'Tổng số hộ (hộ)'), fields)).toEqual({
			code: 1,
			households: 2
		});
	});

	test('mean what a person said they mean the last time', () => {
		const heading = row(1, 'Ký hiệu', 'Tên', 'Số hộ');
		const remembered = rememberedOf(heading, { code: 0, name: 1 });
		expect(guessMapping(heading, fields, remembered)).toEqual({ code: 0, name: 1 });
	});

	test('are looked for under the titles of the document', () => {
		const rows = [
			row(1, 'UBND PHƯỜNG'),
			row(3, 'DANH SÁCH TỔ'),
			row(5, 'Mã', 'Tên'),
			row(6, '1', 'A')
		];
		const sheet = sheetOf({ file: 't', rows }, fields);
		expect([sheet.heading.at, sheet.rows.map(({ at }) => at)]).toEqual([5, [6]]);
	});

	test('that are needed and not there are named', () => {
		expect(missingFields(fields, { code: 0 })).toEqual(['name']);
	});

	test('are compared by their words alone', () => {
		expect(headingKey(' Mã ĐVHC (mới) ')).toBe('ma dvhc moi');
	});
});

describe('places in a file', () => {
	test('are named as spreadsheets name them', () => {
		expect([0, 25, 26, 51, 52].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA']);
		expect(
			placesOf(
				[
					{ row: 3, column: 1 },
					{ row: 4, column: 1 },
					{ row: 7, column: null }
				],
				'hàng',
				'ô'
			)
		).toBe('ô B3, B4 · hàng 7');
	});
});

describe('what stands in a cell', () => {
	const read = (text: string, kept_as: Cell['kept_as'] = 'text') => {
		const reading = new Reading<'x'>({ x: 0 });
		const one: TableRow = { at: 2, cells: [{ text, kept_as }] };
		return { reading, one, codes: () => reading.problems.map(({ code }) => code) };
	};

	test.each([
		['Ðông Giang', 'Đông Giang', ['cell_eth']],
		['Hòa Vang'.normalize('NFD'), 'Hòa Vang', ['cell_decomposed']],
		['  Tổ \u00a0 3 ', 'Tổ 3', []],
		['Ph­êng H¶i Ch©u', 'Ph­êng H¶i Ch©u', ['cell_old_font']],
		['Phöôøng Haûi Chaâu', 'Phöôøng Haûi Chaâu', ['cell_old_font']],
		['PhÆ°á»\u009dng Háº£i ChÃ¢u', 'PhÆ°á»ng Háº£i ChÃ¢u', ['cell_old_font']],
		['#N/A', '#N/A', ['cell_formula_error']],
		['012345678901', '012345678901', ['cell_id_number']],
		['Đường Nguyễn Ư Ơ ắ ặ ỡ ợ', 'Đường Nguyễn Ư Ơ ắ ặ ỡ ợ', []],
		['Xã Laêê, Đắk Ơ, Ia Rvê, M’Đrắk, khu 5m²', 'Xã Laêê, Đắk Ơ, Ia Rvê, M’Đrắk, khu 5m²', []]
	])('%s is kept as %s', (text, kept, problems) => {
		const { reading, one, codes } = read(text);
		expect([reading.text(one, 'x'), codes()]).toEqual([kept, problems]);
	});

	test.each([
		['1250', 1250, []],
		['1.250', 1250, []],
		['1 250 000', 1250000, []],
		['-5', null, ['cell_negative']],
		['12,5', null, ['cell_not_a_count']],
		['khoảng 100', null, ['cell_not_a_count']],
		['', null, []]
	])('the count %s is %s', (text, count, problems) => {
		const { reading, one, codes } = read(text);
		expect([reading.count(one, 'x'), codes()]).toEqual([count, problems]);
	});

	test('a number of a spreadsheet is no count when it has a fraction', () => {
		const { reading, one, codes } = read('1.25', 'number');
		expect([reading.count(one, 'x'), codes()]).toEqual([null, ['cell_not_a_count']]);
	});

	test.each([
		['05/09/2026', '2026-09-05', []],
		['5-9-2026', '2026-09-05', []],
		['2026-09-05', '2026-09-05', []],
		['30/02/2026', null, ['cell_not_a_day']],
		['9/2026', null, ['cell_not_a_day']],
		['05/09/26', null, ['cell_not_a_day']],
		['infinity', null, ['cell_not_a_day']]
	])('the day %s is %s', (text, day, problems) => {
		const { reading, one, codes } = read(text);
		expect([reading.day(one, 'x'), codes()]).toEqual([day, problems]);
	});
});
