import { fold } from './text';
import type { PeopleProblem } from './problems';

export const PASSWORD_MIN = 15;
export const PASSWORD_MAX = 128;

/** Long ones that many people take, folded and without spaces: guessers begin with them. */
const COMMON = [
	'matkhau',
	'password',
	'passw0rd',
	'iloveyou',
	'anhyeuem',
	'emyeuanh',
	'qwertyuiop',
	'qwerty',
	'asdfghjkl',
	'zxcvbnm',
	'1q2w3e4r5t',
	'abcdefghijklmnopqrstuvwxyz',
	'01234567890123456789012345678901234567890',
	'98765432109876543210987654321098765432109',
	'vietnam',
	'danang',
	'tungnha',
	'quantri',
	'administrator',
	'admin',
	'xinchao',
	'congnghesocongdong',
	'chuyendoiso',
	'phuongxa',
	'dean06',
	'dichvucong'
];

/** A password as it is compared: composed, so that every keyboard gives the same one. */
export function plainPassword(password: string): string {
	return password.normalize('NFC');
}

/**
 * What is wrong with a new password, if anything: length in characters, and whether it is made of
 * nothing but what everybody would try. What kinds of characters it has does not matter.
 * @param about words that are known of the person, such as name and sign-in name
 */
export function checkPassword(
	password: string,
	about: string[]
): PeopleProblem | 'too_long' | null {
	const length = [...plainPassword(password)].length;
	if (length < PASSWORD_MIN) return 'too_short';
	if (length > PASSWORD_MAX) return 'too_long';
	return isCommon(password, about) ? 'too_common' : null;
}

/** Whether little is left of it without common words, runs of digits and what repeats. */
function isCommon(password: string, about: string[]): boolean {
	const letters = fold(password).replace(/\s/g, '');
	if (new Set(letters).size < 5) return true;
	const known = [...COMMON, ...about.flatMap((word) => [squeezed(word), ...words(word)])]
		.filter((word) => word.length >= 3)
		.sort((a, b) => b.length - a.length);
	let rest = letters;
	for (const word of known) rest = rest.replaceAll(word, '');
	rest = rest.replace(/\d{3,}/g, '').replace(/(.{1,8}?)\1+/g, '$1');
	return new Set(rest).size < 5;
}

function squeezed(text: string): string {
	return fold(text).replace(/[^a-z0-9]/g, '');
}

function words(text: string): string[] {
	return fold(text).split(/[^a-z0-9]+/);
}
