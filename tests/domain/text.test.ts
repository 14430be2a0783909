import { describe, expect, test } from 'vitest';
import { clean, fold, matches } from '../../src/lib/domain/text';

const ETH = '\u00d0';

describe('what is kept', () => {
	test('a name typed in pieces is kept whole', () => {
		expect('Nguyễn'.normalize('NFD')).not.toBe('Nguyễn');
		expect(clean('Nguyễn'.normalize('NFD'))).toBe('Nguyễn');
	});

	test('an Icelandic Eth becomes the Vietnamese Đ', () => {
		expect(clean(`C${ETH}S, ${ETH}ề án, \u00f0i`)).toBe('CĐS, Đề án, đi');
	});

	test('nothing is trimmed while someone is typing', () => {
		expect(clean('Nhà cô ')).toBe('Nhà cô ');
	});

	test('the spelling of a tone is left as it was typed', () => {
		expect(clean('Hoàng Thuỷ')).toBe('Hoàng Thuỷ');
	});
});

describe('what is searched', () => {
	test('both places of a tone mark are the same word', () => {
		expect(fold('Hoà')).toBe(fold('Hòa'));
		expect(fold('Thuỷ')).toBe(fold('Thủy'));
	});

	test('Hoàng stays Hoàng: only its marks are set aside', () => {
		expect(fold('Hoàng')).toBe('hoang');
	});

	test('Đ, its look-alike and d are one letter', () => {
		expect(fold('Đà Nẵng')).toBe('da nang');
		expect(fold(`${ETH}à Nẵng`)).toBe('da nang');
		expect(fold('\u00f0\u00e0')).toBe('da');
	});

	test('every stacked mark is set aside, composed or not', () => {
		expect(fold('Ễ ộ ử ắ Ơ')).toBe('e o u a o');
		expect(fold('Nguyễn'.normalize('NFD'))).toBe(fold('Nguyễn'));
	});
});

describe('what is found', () => {
	const shop = fold('Nhà cô Năm tạp hóa · K32/6');

	test('words begin words, in any order, with or without marks', () => {
		expect(matches(shop, 'nam co')).toBe(true);
		expect(matches(shop, 'Tạp hoá')).toBe(true);
		expect(matches(shop, 'k32')).toBe(true);
		expect(matches(shop, 'K32/6')).toBe(true);
	});

	test('a word does not begin in the middle of another', () => {
		expect(matches(fold('Nhà bác Sáu'), 'au')).toBe(false);
	});

	test('every typed word counts', () => {
		expect(matches(shop, 'cô Sáu')).toBe(false);
	});

	test('nothing typed hides nothing', () => {
		expect(matches(shop, ' ')).toBe(true);
	});
});
