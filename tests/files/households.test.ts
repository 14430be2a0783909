import { expect, test } from 'vitest';
import { checkHouseholds } from '../../src/lib/files/households/check';
import { householdFileFields } from '../../src/lib/files/households/fields';
import { guessMapping, sheetOf } from '../../src/lib/files/mapping';
import { readTable } from '../../src/lib/files/table';

/** A file as a group has it, read and understood. */
async function checked(text: string, labels: string[] = []) {
	const answer = await readTable('ho.csv', new TextEncoder().encode(text));
	if (!('table' in answer)) throw new Error(answer.problem.code);
	const sheet = sheetOf(answer.table, householdFileFields);
	return checkHouseholds(labels, sheet, guessMapping(sheet.heading, householdFileFields));
}

const codes = ({ problems }: Awaited<ReturnType<typeof checked>>) =>
	problems.map(({ code, row, weight }) => [code, row, weight]);

test('a list of a group becomes households, whatever its headings are called', async () => {
	const { rows, problems } = await checked(
		'DANH SÁCH HỘ\nSố nhà,Người lớn,Ưu tiên,Ghi chú\nK32/6,3,x,Gọi cổng\nNhà cô Năm,,,\n'
	);
	expect(problems).toEqual([]);
	expect(rows.map(({ fields }) => [fields.label, fields.adults, fields.priority])).toEqual([
		['K32/6', 3, true],
		['Nhà cô Năm', null, false]
	]);
});

test('what the group has already is left alone, so that a file may be taken twice', async () => {
	const { rows, known } = await checked('Tên gọi,Ghi chú\nnha CO nam,\nK9,\n', ['Nhà cô Năm']);
	expect([rows.map(({ fields }) => fields.label), known]).toEqual([['K9'], 1]);
});

test('a household that stands there twice, an identity number, or too many adults stop the file', async () => {
	const file = await checked(
		'Tên gọi,Người lớn\nNhà cô Năm,2\nNhà cô Năm,2\nsố 012345678901,1\nK9,51\n,1\n'
	);
	expect(file.rows).toEqual([]);
	expect(codes(file)).toEqual([
		['twice_in_file', 3, 'stop'],
		['cell_id_number', 4, 'stop'],
		['too_many_adults', 5, 'stop'],
		['cell_missing', 6, 'stop']
	]);
});

test('a card number, a one-time code or an e-mail address stops the file without being repeated', async () => {
	const file = await checked(
		'Tên gọi,Ghi chú\nNhà a@b.vn,\nK9,mã OTP là 482913\nK8,thẻ 9704 1234 5678 9012\nK7 0905 000 123,\n'
	);
	expect(file.rows).toEqual([]);
	expect(file.problems.map(({ code, row, column }) => [code, row, column])).toEqual([
		['email_in_note', 2, 0],
		['otp_in_note', 3, 1],
		['cell_id_number', 4, 1],
		['phone_number', 5, 0]
	]);
	expect(JSON.stringify(file.problems)).not.toMatch(/a@b|482913|9704|0905/);
});

test('a household that the group may have under another label is told, and nothing is held up', async () => {
	const file = await checked('Tên gọi\nNhà cô Năm tạp hóa\nK32/7\n', [
		'Cô Năm tạp hoá K32/6',
		'K9'
	]);
	expect(file.problems).toMatchObject([
		{ code: 'household_alike', row: 2, weight: 'note', details: { label: 'Cô Năm tạp hoá K32/6' } }
	]);
	expect(file.rows).toHaveLength(2);
});

test('a file of a whole ward is turned away before every row is looked at', async () => {
	const rows = Array.from({ length: 5001 }, (_, n) => `Nhà ${n}`);
	expect(codes(await checked(['Tên gọi', ...rows].join('\n')))).toEqual([
		['too_many_households', null, 'stop']
	]);
});

test('a number that a spreadsheet keeps as a number is judged like one that is written', async () => {
	const heading = { at: 1, cells: [{ text: 'Số nhà', kept_as: 'text' as const }] };
	const row = { at: 2, cells: [{ text: '123456789012', kept_as: 'number' as const }] };
	expect(checkHouseholds([], { heading, rows: [row] }, { label: 0 }).problems).toMatchObject([
		{ code: 'id_number_in_note', row: 2, column: 0 }
	]);
});
