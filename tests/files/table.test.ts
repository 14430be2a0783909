import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { LIMITS, readTable, type Table } from '../../src/lib/files/table';

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = (...list: number[]) => new Uint8Array(list);

async function codeOf(file: Uint8Array) {
	const answer = await readTable('tệp', file);
	return 'problem' in answer ? answer.problem.code : 'read';
}

async function tableOf(file: Uint8Array): Promise<Table> {
	const answer = await readTable('tệp', file);
	if ('problem' in answer) throw new Error(answer.problem.code);
	return answer.table;
}

const texts = (table: Table) => table.rows.map(({ cells }) => cells.map(({ text }) => text));

describe('a CSV file', () => {
	test.each([
		['commas', 'mã,tên\n01,Hòa Vang\n'],
		['semicolons, as Excel in Vietnam writes it', 'mã;tên\r\n01;Hòa Vang\r\n'],
		['tabs', 'mã\ttên\n01\tHòa Vang\n'],
		['the mark that Excel puts before UTF-8', '\ufeffmã,tên\n01,Hòa Vang\n'],
		['quotation marks', '"mã","tên"\n"01","Hòa Vang"']
	])('with %s is read, its codes as they are', async (_, text) => {
		expect(texts(await tableOf(utf8(text)))).toEqual([
			['mã', 'tên'],
			['01', 'Hòa Vang']
		]);
	});

	test('tells rows by the number that a spreadsheet shows, over empty lines too', async () => {
		const table = await tableOf(utf8('sep=;\nmã;tên\n\n;\n01;Hòa Vang\n'));
		expect(table.rows.map(({ at }) => at)).toEqual([2, 5]);
	});

	test('with a quotation mark that is never closed is refused by its row', async () => {
		const answer = await readTable('t', utf8('mã,tên\n01,"Hòa Vang\n02,Bà Nà\n'));
		expect(answer).toMatchObject({ problem: { code: 'file_broken', row: 2 } });
	});
});

describe('a file in an encoding from before Unicode is told by its name', () => {
	const latin1 = (text: string) => bytes(...[...text].map((letter) => letter.charCodeAt(0) & 255));
	test.each([
		['file_tcvn3', latin1('m·,tªn\n01,Ph­êng H¶i Ch©u\n02,X· Hßa Vang\n')],
		['file_vni', latin1('maõ,teân\n01,Phöôøng Haûi Chaâu\n02,Xaõ Hoøa Vang\n')],
		// "Phường Hải Châu" in Windows-1258: the marks of tones stand behind their vowels.
		[
			'file_cp1258',
			latin1('ten\nPh\u00fd\u00f5\u00ccng Ha\u00d2i Ch\u00e2u\nXa\u00de Ho\u00cca\n')
		],
		['file_utf16', bytes(0xff, 0xfe, 0x6d, 0, 0xe3, 0)],
		['file_not_utf8', bytes(0x61, 0x80, 0x62)]
	])('%s', async (code, file) => {
		expect(await codeOf(file)).toBe(code);
	});
});

describe('what is no table is refused with its reason', () => {
	test.each([
		['file_empty', utf8('')],
		['file_empty', utf8('\n ,\n,,\n')],
		['file_old_excel', bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1)],
		['file_unknown_kind', utf8('%PDF-1.7')],
		['file_unknown_kind', utf8('a\0b,c')],
		['file_unknown_kind', zipSync({ 'word/document.txt': utf8('x') })],
		['file_broken', bytes(0x50, 0x4b, 3, 4, 1, 2, 3)],
		['file_broken', zipSync({ '[Content_Types].xml': utf8('<Types/>') })],
		['file_too_large', new Uint8Array(LIMITS.bytes + 1)],
		['file_too_many_rows', utf8('a,b\n'.repeat(LIMITS.rows + 1))],
		['file_too_many_columns', utf8('a,'.repeat(LIMITS.columns) + 'a')],
		['file_cell_too_long', utf8(`a,${'b'.repeat(LIMITS.letters + 1)}`)]
	])('%s', async (code, file) => {
		expect(await codeOf(file)).toBe(code);
	});

	test('a small file that would unpack to more than a computer holds', async () => {
		const zeros = new Uint8Array(LIMITS.unpacked + 1);
		const bomb = zipSync({ '[Content_Types].xml': utf8('x'), 'xl/sheet.xml': zeros });
		expect(bomb.length).toBeLessThan(LIMITS.bytes);
		expect(await codeOf(bomb)).toBe('file_too_large');
	});
});

describe('a spreadsheet', () => {
	const cell = (value: unknown, type?: unknown) => ({ value, type }) as never;

	async function xlsx(rows: unknown[][]): Promise<Uint8Array> {
		const data = rows.map((row) =>
			row.map((value) =>
				value === null
					? null
					: value instanceof Date
						? ({ value, type: Date, format: 'dd/mm/yyyy' } as never)
						: cell(value, value?.constructor)
			)
		);
		return new Uint8Array(await writeXlsxFile(data as never).toBuffer());
	}

	test('says of every cell whether it was kept as text, number or day', async () => {
		const { rows } = await tableOf(
			await xlsx([
				['mã', 'số hộ', 'ngày'],
				['00123', 1250, new Date('2026-09-05T00:00:00Z')],
				[123, null, 'hôm qua']
			])
		);
		expect(rows[1]?.cells).toEqual([
			{ text: '00123', kept_as: 'text' },
			{ text: '1250', kept_as: 'number' },
			{ text: '2026-09-05', kept_as: 'day' }
		]);
		expect(rows[2]?.cells[0]).toEqual({ text: '123', kept_as: 'number' });
	});

	test('of a whole city is read without a worker and within seconds', async () => {
		const rows = Array.from({ length: 24_303 }, (_, n) => [`Tổ ${n}`, `Phường số ${n % 93}`, n]);
		const began = performance.now();
		expect((await tableOf(await xlsx(rows))).rows).toHaveLength(24_303);
		expect(performance.now() - began).toBeLessThan(30_000);
	});
});
