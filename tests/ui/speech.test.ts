import { expect, test } from 'vitest';
import { breaths, voiceFor } from '../../src/lib/ui/speech';

const linh = { lang: 'vi-VN', localService: true };
const faraway = { lang: 'vi_VN', localService: false };
const english = { lang: 'en-US', localService: true };

test('a card is read by the phone’s own Vietnamese voice before one that needs the network', () => {
	expect(voiceFor([english, faraway, linh], 'vi', true)).toBe(linh);
	expect(voiceFor([english, faraway], 'vi', true)).toBe(faraway);
});

test('nobody is offered a voice that is not there: none of the language, or no network for it', () => {
	expect(voiceFor([english], 'vi', true)).toBeUndefined();
	expect(voiceFor([english, faraway], 'vi', false)).toBeUndefined();
	expect(voiceFor([], 'vi', true)).toBeUndefined();
});

test('a card is read sentence by sentence, and nothing of it is left out', () => {
	expect(breaths('Mở VNeID. Chọn “Đăng nhập”!\n\nKhông đọc mã OTP cho ai: kể cả công an.')).toEqual(
		['Mở VNeID.', 'Chọn “Đăng nhập”!', 'Không đọc mã OTP cho ai:', 'kể cả công an.']
	);
	const long = Array.from({ length: 90 }, (_, n) => `chữ${n}`).join(' ');
	expect(breaths(long).join(' ')).toBe(long);
	expect(Math.max(...breaths(long).map((piece) => piece.length))).toBeLessThanOrEqual(180);
	expect(breaths('  \n ')).toEqual([]);
});
