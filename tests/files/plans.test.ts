import { describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import type { PlanLists } from '../../src/lib/domain/plan_file';
import { checkPlan } from '../../src/lib/files/plans/check';
import { planFields } from '../../src/lib/files/plans/fields';
import { figureOf } from '../../src/lib/files/plans/figure';
import { guessMapping, sheetOf } from '../../src/lib/files/mapping';
import { readTable } from '../../src/lib/files/table';

const lists: PlanLists = {
	today: '2026-11-23',
	columns: {},
	units: [
		{ unit_id: 'city', name: 'Đà Nẵng', level: 'city', code: '48' },
		{ unit_id: 'hai-chau', name: 'Phường Hải Châu', level: 'ward', code: '20242' },
		{ unit_id: 'ba-na', name: 'Xã Bà Nà', level: 'ward', code: '20308' }
	]
};
const HEADINGS =
	'Loại;Tên;Đơn vị tính;Mẫu số;Giá trị mẫu số;Cấp;Phường/xã;Năm;Mục tiêu;Thực hiện;Thời điểm;Nguồn;Trạng thái';

async function checked(bytes: Uint8Array) {
	const answer = await readTable('ke-hoach', bytes);
	if ('problem' in answer) throw new Error(answer.problem.code);
	const sheet = sheetOf(answer.table, planFields);
	return checkPlan(lists, sheet, guessMapping(sheet.heading, planFields));
}
const csv = (...rows: string[]) =>
	checked(new TextEncoder().encode(`${[HEADINGS, ...rows].join('\n')}\n`));
const said = async (...rows: string[]) =>
	(await csv(...rows)).problems.map(
		({ code, row, weight }) => `${row} ${code}${weight === 'note' ? ' (note)' : ''}`
	);

describe('a file of a plan', () => {
	test('is one line for all rows of the same name, each row a figure', async () => {
		const { lines, figures, problems } = await csv(
			'Chỉ tiêu;Hộ có địa chỉ số;%;hộ gia đình;;thành phố;;2026;95,5;41.2;30/06/2026;Báo cáo quý II;',
			'Chỉ tiêu;Hộ có địa chỉ số;%;hộ gia đình;1.234.567;phường;20242;2026;90;;30/06/2026;KH phường;',
			'Chỉ tiêu;Hộ có địa chỉ số;%;hộ gia đình;;quốc gia;;2030;100;;;QĐ 749;',
			'Nhiệm vụ;Kiện toàn tổ;;;;;;;;;15/03/2026;Báo cáo quý I;hoàn thành'
		);
		expect(problems).toEqual([]);
		expect(figures).toBe(5);
		expect(lines).toEqual([
			{
				...{
					kind: 'indicator',
					name: 'Hộ có địa chỉ số',
					unit: 'percent',
					denominator: 'hộ gia đình'
				},
				targets: [
					{ level: 'city', unit_id: 'city', year: 2026, value: 95.5, source: 'Báo cáo quý II' },
					{ level: 'ward', unit_id: 'hai-chau', year: 2026, value: 90, source: 'KH phường' },
					{ level: 'nation', unit_id: null, year: 2030, value: 100, source: 'QĐ 749' }
				],
				observations: [
					{ unit_id: 'city', as_of: '2026-06-30', value: 41.2, source: 'Báo cáo quý II' }
				],
				denominators: [
					{ unit_id: 'hai-chau', as_of: '2026-06-30', value: 1_234_567, source: 'KH phường' }
				]
			},
			{
				...{ kind: 'task', name: 'Kiện toàn tổ', status: 'done' },
				...{ as_of: '2026-03-15', source: 'Báo cáo quý I' }
			}
		]);
	});

	test('is read from a spreadsheet, too, where numbers are numbers', async () => {
		const head = HEADINGS.split(';').map((value) => ({ value, type: String }));
		const cell = (value: string | number) =>
			typeof value === 'number' ? { value, type: Number } : { value, type: String };
		const row = ['Chỉ tiêu', 'Hộ', '%', 'hộ', '', 'thành phố', '', 2026, 1.234, '', '', 'KH 1', ''];
		const file = await writeXlsxFile([head, row.map(cell)] as never).toBuffer();
		const { lines, problems } = await checked(new Uint8Array(file));
		expect(problems).toEqual([]);
		expect(lines).toMatchObject([{ targets: [{ year: 2026, value: 1.234 }] }]);
	});

	test('says by its row what is wrong, and then nothing of it is taken', async () => {
		const bad = [
			'Chỉ tiêu;Không mẫu số;%;;;thành phố;;2026;90;;;KH;',
			'Chỉ tiêu;Không năm;%;hộ;;thành phố;;;90;;;KH;',
			'Chỉ tiêu;Ngày mai;%;hộ;;thành phố;;;;40;24/11/2026;KH;',
			'Chỉ tiêu;Mẫu bằng 0;%;hộ;0;thành phố;;;;40;30/06/2026;KH;',
			'Chỉ tiêu;Hai nghĩa;người;;;thành phố;;2026;1.234;;;KH;',
			'Chỉ tiêu;Chữ;người;;;thành phố;;2026;nhiều;;;KH;',
			'Chỉ tiêu;Âm;người;;;thành phố;;2026;-5;;;KH;',
			'Chỉ tiêu;Năm lạ;người;;;thành phố;;26;5;;;KH;',
			'Chỉ tiêu;Phường lạ;người;;;phường;Hải Chau 9;2026;5;;;KH;',
			'Chỉ tiêu;Không nguồn;người;;;thành phố;;2026;5;;;;',
			'Chỉ tiêu;Không ngày;người;;;thành phố;;;;5;;KH;',
			'Chỉ tiêu;Đơn vị lạ;thùng;;;thành phố;;2026;5;;;KH;',
			'Việc;Loại lạ;;;;;;;;;;;',
			'Nhiệm vụ;Tình trạng lạ;;;;;;;;;;;gần xong',
			'Chỉ tiêu;Quá trăm;%;hộ;;thành phố;;;;101;30/06/2026;KH;'
		];
		expect(await said(...bad)).toEqual([
			'2 plan_denominator_missing',
			'3 plan_year_missing',
			'4 plan_day_in_future',
			'5 plan_denominator_zero',
			'6 plan_number_ambiguous',
			'7 plan_not_a_number',
			'8 cell_negative',
			'9 plan_year_unreadable',
			'10 plan_ward_unknown',
			'11 plan_source_missing',
			'12 plan_as_of_missing',
			'13 plan_unit_unknown',
			'14 plan_kind_unknown',
			'15 plan_status_unknown',
			'16 plan_over_hundred (note)'
		]);
		expect((await csv(...bad)).lines).toEqual([]);
	});
});

test('a number is read as people write it, and what may mean two is asked about', () => {
	const read = (text: string) => figureOf(text, 'text');
	expect(['45,7', '45.7', '45,7 %', '100', '1 234', '1.234.567', '1,234,567'].map(read)).toEqual([
		45.7, 45.7, 45.7, 100, 1234, 1234567, 1234567
	]);
	expect(['1.234', '1,234', '12.345'].map(read)).toEqual(Array(3).fill('ambiguous'));
	expect(['NaN', 'Infinity', '1e5', '--', '4.5.6', '1.2345678'].map(read)).toEqual([
		...['no_number', 'no_number', 'no_number', 'negative', 'no_number', 'no_number']
	]);
	expect([read(''), read(' % '), figureOf('1.234', 'number')]).toEqual([null, null, 1.234]);
});
