import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { blankHousehold } from '../../src/lib/domain/household';
import { checkHousehold } from '../../src/lib/domain/checks/household';
import { hasIdNumber, hasPhoneNumber, privateIn } from '../../src/lib/domain/checks/note';
import { CHANGE_PROBLEMS, PEOPLE_PROBLEMS, RECORD_PROBLEMS } from '../../src/lib/domain/problems';
import { KINDS, blankRow } from '../../src/lib/domain/record';
import { ROLES, VERBS } from '../../src/lib/domain/role';
import { fold, turnsAround } from '../../src/lib/domain/text';
import { readMigrations } from '../../src/run/migrations';
import { onEachDatabase } from '../support/databases';

// Where two places must agree, this file holds the ends together: TypeScript on the phone, SQL on the server.
onEachDatabase((city) => {
	const column = async (text: string, params: unknown[] = []) =>
		(await city().owner.query<{ value: string }>(text, params)).map((row) => row.value);

	test('phone and server know the same fields of every kind, and begin them alike', async () => {
		for (const kind of KINDS) {
			const common = {
				id: '',
				group_id: '',
				seq: null,
				author_id: '',
				recorded_at: '',
				discarded: false
			};
			const own = Object.entries(blankRow(kind, common)).filter(
				// The days on which answers were given are kept by the server; no phone sends them.
				([key]) => !(key in common) && key !== 'kind' && key !== 'said_on'
			);
			const rows = await city().owner.query<{ field: string; initial: unknown }>(
				'select field, initial from app.record_fields where kind = $1',
				[kind]
			);
			expect([kind, rows.map((row) => row.field).sort()]).toEqual([
				kind,
				own.map(([key]) => key).sort()
			]);
			const blank = (value: unknown) =>
				value === null || value === '' || value === 0 || value === 1;
			for (const [key, value] of own) {
				const { initial } = rows.find((row) => row.field === key) ?? {};
				expect([kind, key, blank(initial) || initial]).toEqual([kind, key, blank(value) || value]);
			}
		}
	});

	test('roles and verbs are the same words', async () => {
		expect(await column('select role as value from app.roles order by position')).toEqual([
			...ROLES
		]);
		expect(new Set(await column('select distinct verb as value from app.role_verbs'))).toEqual(
			new Set(VERBS)
		);
	});

	test('the same text folds to the same letters', async () => {
		const words = [
			'Hoà Khánh',
			'Hòa Khánh',
			'Ðường Đống Đa',
			'Nguyễn'.normalize('NFD'),
			'ƯỚC MƠ',
			'K32/6',
			'Hoàng'
		];
		for (const word of words) {
			const [folded] = await column('select app.fold($1) as value', [word]);
			expect(folded).toBe(fold(word));
		}
	});

	test('the same notes are refused for holding an identity number', async () => {
		const refused = [
			'012345678901',
			'số 012 345 678 901',
			'012.345.678.901',
			'0123-4567-8901',
			'012–345–678–901',
			'012/345/678/901',
			'012_345_678_901',
			'012,345,678,901',
			'048/090/001234',
			'０１２，３４５，６７８，９０１',
			'٠١٢٣٤٥٦٧٨٩٠١',
			'०१२ ३४५ ६७८ ९०१',
			'012\u200d345\u200d678\u200d901',
			'012\u2066345\u2069678\u202e901',
			'012\u00ad345\u2060678\ufeff901',
			'0\ufe0f\u20e312345678901'
		];
		const taken = [
			'K32/H4/21',
			'từ 24/11/2026 đến 25/11/2026',
			'hẹn 24/11, 25/11, 26/11',
			'ngày 05,06,07,08,09,10',
			'phòng 101,102,103,104',
			'0912345678/0987654321',
			'0905 123 456',
			'gọi 0236 3 881 888 sau 17 giờ',
			'12345678901',
			'nhà 12, tổ 3, 45 hộ, 67 người, 89 tuổi'
		];
		for (const note of [...refused, ...taken]) {
			const [held] = await column('select app.holds_id_number($1)::text as value', [note]);
			const id = refused.includes(note);
			expect([note, held, hasIdNumber(note)]).toEqual([note, String(id), id]);
		}
	});

	test('the same notes are refused for what must never be kept', async () => {
		const notes = [
			['thẻ 9704 1234 5678 9012', 'card_number_in_note'],
			['9704123456789012345', 'card_number_in_note'],
			['012345678901', 'id_number_in_note'],
			['gửi về co.nam@example.com nhé', 'email_in_note'],
			['Co.Nam＠Example.COM', 'email_in_note'],
			['OTP 482913', 'otp_in_note'],
			['mã OTP của cô là 482 913', 'otp_in_note'],
			['MÃ XÁC THỰC: 4829', 'otp_in_note'],
			['mật khẩu mới là 20261', 'otp_in_note'],
			['Mật khẩu: 123456'.normalize('NFD'), 'otp_in_note'],
			['48291 là mã OTP', 'otp_in_note'],
			['OTP482913', 'otp_in_note'],
			['mã 482913', 'otp_in_note'],
			['mã số là: 482 913', 'otp_in_note'],
			['mã pin: 1998', 'otp_in_note'],
			['mật khẩu: abc123', 'otp_in_note'],
			['mật khẩu wifi là Abc@123', 'otp_in_note'],
			['O\u200dTP 48\u206629\u206913', 'otp_in_note'],
			['012,345,678,901', 'id_number_in_note'],
			['٠١٢٣٤٥٦٧٨٩٠١', 'id_number_in_note'],
			['mã hộ 12', null],
			['mã hộ 482913, nhà K32/H4/21', null],
			['mã vùng 0236', null],
			['mã bưu chính 550000', null],
			['quét mã 2 lần, hẹn 24/11/2026', null],
			['trả 1.213.500 đồng', null],
			['trả 1,213,500 đồng ngày 24/11/2026', null],
			['quên mật khẩu: 17h30 quay lại', null],
			['quên mật khẩu: hẹn lại thứ 7', null],
			['đổi mật khẩu VNeID, cài Zalo 2 máy', null],
			['quên mật khẩu từ 2024', null],
			['quên mật khẩu, hẹn 17 giờ ngày 12', null],
			['gọi 0912 345 678 sau 17:00', null],
			['pin điện thoại yếu, cần sạc 2 lần', null],
			['45 hộ, 67 người, 89 tuổi', null],
			['👵🏽 nhà cô ở cuối hẻm 🙂', null],
			['\u202eنص من اليمين\u202c', null],
			['tổ trưởng @ nhà văn hóa', null]
		] as const;
		for (const [note, code] of notes) {
			const [held] = await column('select app.private_in($1) as value', [note]);
			expect([note, held ?? null, privateIn(note)]).toEqual([note, code, code]);
		}
	});

	test('the same labels are refused for a telephone number, or for turning the letters around', async () => {
		const labels = [
			['0912345678', true, false],
			['cô Năm 0912 345 678', true, false],
			['09.1234.5678', true, false],
			['0912-345-678', true, false],
			['+84 912 345 678', true, false],
			['84912345678', true, false],
			['(0236) 3 881 888', true, false],
			['０９１２３４５６７８', true, false],
			['0912\u200b345\u2060678', true, false],
			['K32/H4/21', false, false],
			['Nhà 0905', false, false],
			['số 24/11/2026', false, false],
			['từ 02.11.2026 - 03.11.2026', false, false],
			['phòng 101, 102, 103, 104', false, false],
			['1.213.500 đồng', false, false],
			['Nhà 👨‍👩‍👧 cô Năm', false, false],
			['Nhà \u202eôc', false, true],
			['\u2066K9\u2069', false, true],
			['K9\u200f', false, true]
		] as const;
		for (const [label, phone, turns] of labels) {
			const [held] = await city().owner.query<{ phone: boolean; turns: boolean }>(
				'select app.holds_phone_number($1) as phone, app.turns_around($1) as turns',
				[label]
			);
			expect([label, held]).toEqual([label, { phone, turns }]);
			expect([label, hasPhoneNumber(label), turnsAround(label)]).toEqual([label, phone, turns]);
		}
	});

	test('every code that a rule of the schema can answer has a word on the phone', async () => {
		const rules = await column(
			`select c.conname as value from pg_constraint c
			where c.contype = 'c' and c.conrelid in
				('app.households'::regclass, 'app.visits'::regclass, 'app.signups'::regclass, 'app.trainings'::regclass)`
		);
		const known: readonly string[] = [...RECORD_PROBLEMS, ...CHANGE_PROBLEMS];
		for (const rule of rules) {
			const [answer] = await city().owner.query<{ code: string; field: string }>(
				'select code, field from app.problem_of($1)',
				[rule]
			);
			expect([rule, known.includes(answer?.code ?? ''), Boolean(answer?.field)]).toEqual([
				rule,
				true,
				true
			]);
		}
	});
});

test('every code raised by name in the migrations has a word on the phone', () => {
	const sql = readMigrations()
		.map((one) => one.sql)
		.join('\n');
	const raised = [...sql.matchAll(/app\.invalid\('(\w+)'/g)].map((match) => match[1]);
	const known: readonly (string | undefined)[] = [
		...RECORD_PROBLEMS,
		...CHANGE_PROBLEMS,
		...PEOPLE_PROBLEMS
	];
	expect(raised.length).toBeGreaterThan(3);
	for (const code of raised) expect(known).toContain(code);
	expect(readFileSync('src/lib/i18n/messages/vi.json', 'utf8')).toContain('date_in_future');
	expect(checkHousehold({ ...blankHousehold, label: '' })).toEqual([
		{ code: 'missing', field: 'label' }
	]);
});
