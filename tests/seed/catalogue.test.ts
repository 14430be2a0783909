import { expect, test } from 'vitest';
import { CATALOGUE_LISTS } from '../../src/lib/domain/catalogue';
import { readCsv } from '../../supabase/seed/csv';

type Column = 'list' | 'code' | 'parent' | 'vi' | 'en' | 'position' | 'inventory';
const entries = readCsv<Column>('./catalogue.csv');

test('the catalogue holds the codes that records are written in', () => {
	expect(codesOf('topic')).toEqual(
		words(
			'vneid dvc tra_cuu giay_to thanh_toan y_te giao_duc phan_anh dia_chi_so cai_dat mua_ban qr thue an_toan'
		)
	);
	expect(codesOf('service')).toEqual(
		words('vneid cong_dan_so danang_smart_city dvc tt_kdtm ngan_hang san_tmdt hssk vssid khac')
	);
	expect(codesOf('result')).toEqual(words('created activated already_had unfinished refused'));
	expect(codesOf('outcome')).toEqual(words('helped come_back not_home refused escalated'));
	expect(codesOf('place')).toEqual(
		words('home community_house market ward_office mobile_point school other')
	);
	expect(codesOf('barrier')).toEqual(
		words('no_smartphone no_internet weak_signal forgot_password no_time distrust hearing_sight')
	);
	expect(codesOf('counted_group')).toEqual(
		words('elderly disabled poor ethnic_minority trader household_business official')
	);
	expect(codesOf('campaign')).toEqual(
		words(
			'tung_ngo_tung_nha binh_dan_hoc_vu_so cho_4_0 ngay_chuyen_doi_so gia_dinh_so cho_so_nong_thon_so'
		)
	);
});

test('trainings offer what is asked for most first, the skill framework of 3139/BTTTT-KTS&XHS too', () => {
	expect(codesOf('training_topic')).toEqual(
		words(
			'vneid dvc thanh_toan an_toan ung_xu mua_ban y_te hoc_truc_tuyen qr kn_0_1 kn_0_2 kn_1_1 kn_1_2 kn_1_3 van_hoa_so boi_duong_to'
		)
	);
});

test('whatever the founding papers want counted at a door or taught has its entry', () => {
	const wanted = readCsv<'id' | 'class'>('./inventory.csv')
		.filter((row) => /SIGNUP|VISIT|TRAIN/.test(row.class))
		.map((row) => row.id);
	const reflected = new Set(entries.flatMap((entry) => words(entry.inventory)));
	expect(wanted.length).toBe(80);
	expect(wanted.filter((id) => !reflected.has(id))).toEqual([]);
});

test('no entry points at a paper that is not in the list', () => {
	const ids = new Set(readCsv<'id' | 'class'>('./inventory.csv').map((row) => row.id));
	expect(ids.size).toBe(266);
	const named = entries.flatMap((entry) => words(entry.inventory)).filter(Boolean);
	expect(named.filter((id) => !ids.has(id))).toEqual([]);
});

test('every list of the forms is there, and parts belong to an entry of their list', () => {
	expect(new Set(entries.map((it) => it.list))).toEqual(new Set(CATALOGUE_LISTS));
	for (const { list, parent } of entries.filter((it) => it.parent))
		expect(codesOf(list)).toContain(parent);
});

test('every entry has a label in both languages, composed, with the Vietnamese Đ', () => {
	for (const { vi, en } of entries) {
		expect(vi && en).toBeTruthy();
		expect(vi).toBe(vi.normalize('NFC').replaceAll('Ð', 'Đ').trim());
	}
});

test('within a list, and among the parts of an entry, the positions are 1, 2, 3 …', () => {
	const at = (entry: (typeof entries)[number]) => `${entry.list} ${entry.parent}`;
	for (const place of new Set(entries.map(at))) {
		const its = entries.filter((it) => at(it) === place);
		expect(its.map((it) => Number(it.position))).toEqual(its.map((_, n) => n + 1));
	}
});

/** The codes of a list that are parts of no other. */
function codesOf(list: string): string[] {
	return entries.filter((it) => it.list === list && !it.parent).map((it) => it.code);
}

function words(text: string): string[] {
	return text.split(' ');
}
