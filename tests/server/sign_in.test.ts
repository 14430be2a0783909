import { describe, expect, test } from 'vitest';
import { checkPassword } from '../../src/lib/domain/password';
import { codeIn, inAppBrowser, linkOf, spokenCode } from '../../src/lib/domain/invitation';
import { hashPassword, verifyPassword } from '../../src/lib/server/staff/hash';

describe('a new password', () => {
	test.each([
		['đi từng ngõ gõ từng nhà', null],
		['mưa rơi trên mái tôn', null],
		['correct horse battery', null],
		['x7#kQ!vL2@pZ9&w', null],
		['mười bốn chữ!!', 'too_short'],
		['a'.repeat(15), 'too_common'],
		['matkhaumatkhau123', 'too_common'],
		['Mật Khẩu Mật Khẩu 2026', 'too_common'],
		['123456789012345', 'too_common'],
		['qwertyuiopasdfghjkl', 'too_common'],
		['abcabcabcabcabcabc', 'too_common'],
		['TungNha Danang 2026', 'too_common'],
		['phamvankhe phamvankhe 1990', 'too_common'],
		['ư'.normalize('NFD').repeat(10), 'too_short'],
		['dài quá '.repeat(20), 'too_long']
	])('%s: %s', (password, problem) => {
		expect(checkPassword(password, ['Phạm Văn Khế', 'pham.khe', 'Đà Nẵng'])).toBe(problem);
	});

	test('is argon2id of 46 MiB, and the same however a keyboard composes it', async () => {
		const hash = await hashPassword('đi từng ngõ gõ từng nhà'.normalize('NFD'));
		expect(hash).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/);
		expect(await verifyPassword(hash, 'đi từng ngõ gõ từng nhà')).toBe(true);
		expect(await verifyPassword(hash, 'đi từng ngõ gõ từng nhá')).toBe(false);
	});

	test('is compared for as long when there is no such account', async () => {
		const hash = await hashPassword('đi từng ngõ gõ từng nhà');
		await verifyPassword(null, 'x');
		const spent = async (stored: string | null) => {
			const times: number[] = [];
			for (let i = 0; i < 9; i++) {
				const began = performance.now();
				expect(await verifyPassword(stored, 'một mật khẩu sai')).toBe(false);
				times.push(performance.now() - began);
			}
			return times.sort((a, b) => a - b)[4] ?? 0;
		};
		const [known, unknown] = [await spent(hash), await spent(null)];
		expect(unknown).toBeGreaterThan(known / 3);
		expect(known).toBeGreaterThan(unknown / 3);
	});

	test('at most four are worked on at once, and a line that is too long is told to come back', async () => {
		const asked = await Promise.allSettled(
			Array.from({ length: 80 }, () => verifyPassword(null, 'x'))
		);
		const refused = asked.filter((one) => one.status === 'rejected');
		expect(refused).toHaveLength(80 - 4 - 60);
		expect(await verifyPassword(null, 'x')).toBe(false);
	});
});

describe('an invitation’s code', () => {
	const code = '0123456789ABCDEFGHJKMNPQRS';

	test.each([
		code,
		spokenCode(code),
		spokenCode(code).toLowerCase(),
		'O123-4567-89AB-CDEF-GHJK-MNPQ-RS',
		'oi23 4567 89ab cdef ghjk mnpq rs',
		` ${linkOf(code, 'https://tung-nha.example')} `,
		'Chị bấm vào đây nhé: https://tung-nha.example/join#0123-4567-89AB-CDEF-GHJK-MNPQ-RS'
	])('is found in %s', (text) => expect(codeIn(text)).toBe(code));

	test.each(['', 'xin chào', code.slice(1), `${code}0`, `${code.slice(1)}U`, '123456'])(
		'is not found in "%s"',
		(text) => expect(codeIn(text)).toBeNull()
	);

	test('is not used up in the browser of a chat', () => {
		const android =
			'Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36';
		expect(inAppBrowser(`${android} Zalo android/12100711`)).toBe('Zalo');
		expect(inAppBrowser(`${android} [FB_IAB/FB4A;FBAV/440.0;]`)).toBe('Facebook');
		expect(inAppBrowser(android.replace('SM-A135F', 'SM-A135F; wv'))).toBe('other');
		expect(inAppBrowser(android)).toBeNull();
	});
});
