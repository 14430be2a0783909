import { expect, test } from 'vitest';
import { readCsv } from '../../supabase/seed/csv';

const entries = readCsv<'list' | 'code' | 'vi' | 'en' | 'position'>('./catalogue.csv');

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
	expect(codesOf('counted_group')).toEqual(words('elderly disabled poor ethnic_minority trader'));
});

test('every entry has a label in both languages, composed, with the Vietnamese Đ', () => {
	for (const { vi, en } of entries) {
		expect(vi && en).toBeTruthy();
		expect(vi).toBe(vi.normalize('NFC').replaceAll('Ð', 'Đ').trim());
	}
});

test('within a list the positions are 1, 2, 3 …', () => {
	for (const list of new Set(entries.map((it) => it.list))) {
		const its = entries.filter((it) => it.list === list);
		expect(its.map((it) => Number(it.position))).toEqual(its.map((_, n) => n + 1));
	}
});

function codesOf(list: string): string[] {
	return entries.filter((it) => it.list === list).map((it) => it.code);
}

function words(text: string): string[] {
	return text.split(' ');
}
