import * as v from 'valibot';
import type { ProblemCode } from '../problems';
import { fold } from '../text';

const NOTE_LENGTH = 1000;

/** What may stand between digits that are written in groups. */
const GAP = '[ \\t\\n\\r.\\u00B7\\u2010-\\u2015\\u2022\\u2212-]{0,3}';
/**
 * Twelve digits in a row, however they are spaced: the length of a citizen's identity number. With
 * commas, slashes or low lines only where it begins like one, with a 0 and in long groups: days, door
 * numbers and amounts are written so, too.
 */
const ID_NUMBER = new RegExp(
	`([0-9]${GAP}){11}[0-9]` +
		'|(^|[^0-9])(?=0([,/_\\u2044\\u2215]?[0-9]){11}([^0-9]|$))0[0-9]{2,5}[,/_\\u2044\\u2215]'
);
/** Thirteen and more: the number of a bank card, or of an account. */
const CARD_NUMBER = new RegExp(`([0-9]${GAP}){12}[0-9]`);
const EMAIL = /[a-z0-9._%+-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}/;
/** Words that announce a code; read in folded text. A year alone, as in "quên mật khẩu từ 2024", is none. */
const SECRET = '(otp|pin|ma xac thuc|ma xac nhan|ma xac minh|mat khau|password)';
const DIGITS = '((?!(19|20)[0-9]{2}([^0-9]|$))[0-9]{4}|[0-9]{5,8}|[0-9]{3} [0-9]{3})';
const ONE_TIME_CODE = new RegExp(
	`(^|[^a-z])${SECRET}[^0-9a-z]{0,4}((la|cua|co|so|moi|cu|:|=)[^0-9a-z]{1,4}){0,3}${DIGITS}([^0-9]|$)` +
		`|(^|[^0-9])${DIGITS}[^0-9a-z]{1,4}(la|=)[^0-9a-z]{1,4}(ma )?${SECRET}([^a-z]|$)` +
		// After a colon a year is one, too, and so are letters with digits: "mật khẩu: abc123".
		`|(^|[^a-z])${SECRET}( [a-z]+){0,2} ?([:=]| la ) ?` +
		'([0-9]{4}([^0-9]|$)|(?![0-9]{1,2}h)(?=[^ \\n\\t\\r]*[a-z])(?=[^ \\n\\t\\r]*[0-9])[^ \\n\\t\\r]{4})' +
		// "Mã" alone stands before many numbers; before six to eight digits it is one that was sent.
		'|(^|[^a-z])ma( so)?( la)?[^0-9a-z]{1,4}([0-9]{6,8}|[0-9]{3} [0-9]{3})([^0-9]|$)'
);
/** What is not seen, or only over a digit: it must not hide a number. */
const UNSEEN = new RegExp(
	'[\\u0300-\\u036f]|[\\u20d0-\\u20ff]|[\\ufe00-\\ufe0f]|[\\u{e0000}-\\u{e007f}]' +
		'|[\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]',
	'gu'
);
/** The digits of the scripts that phones here offer besides our own, by their zero. */
const ZEROS = '\u0660\u06f0\u0966\u09e6\u0e50\u0ed0\u1040\u17e0\uaa50';
const OTHER_DIGITS = [...ZEROS]
	.flatMap((zero) => [...'0123456789'].map((n) => String.fromCharCode(zero.charCodeAt(0) + +n)))
	.join('');
const OTHER_DIGIT = new RegExp(`[${OTHER_DIGITS}]`, 'g');

const PHONE_GAP = '[ .()\\u00B7\\u2010-\\u2015\\u2212-]{0,3}';
/** A telephone number of Vietnam, as it is dialled or from abroad; 02.11.2026 is a day. */
const PHONE_NUMBER = new RegExp(
	'(^|[^0-9])(?![0-9]{2}[.-][0-9]{2}[.-](19|20)[0-9]{2})' +
		`(\\+?84${PHONE_GAP}0?|0)${PHONE_GAP}[235789](${PHONE_GAP}[0-9]){8,9}([^0-9]|$)`
);

/** Whether the text seems to hold an identity number. The product never keeps one. */
export function hasIdNumber(text: string): boolean {
	return ID_NUMBER.test(plain(text));
}

/**
 * What a text holds that the product never keeps: the number of a card or of an identity paper, a
 * one-time code or password, an e-mail address. Null when it holds none. The rules of the tables of
 * records say the same (app.private_in).
 */
export function privateIn(text: string): ProblemCode | null {
	const written = plain(text);
	const folded = fold(written);
	if (CARD_NUMBER.test(written)) return 'card_number_in_note';
	if (ID_NUMBER.test(written)) return 'id_number_in_note';
	if (EMAIL.test(folded)) return 'email_in_note';
	if (ONE_TIME_CODE.test(folded)) return 'otp_in_note';
	return null;
}

/** Refuses what the product never keeps, with the code that says what it was. */
export const privateField = v.rawCheck<string>(({ dataset, addIssue }) => {
	const code = dataset.typed ? privateIn(dataset.value) : null;
	if (code) addIssue({ message: code });
});

/** Whether the text seems to hold a telephone number: such stand among the contacts, with a consent. */
export function hasPhoneNumber(text: string): boolean {
	return PHONE_NUMBER.test(plain(text));
}

/** Refuses a telephone number in a label or a thank-you. */
export const withoutPhone = v.check<string, 'phone_number'>(
	(text) => !hasPhoneNumber(text),
	'phone_number'
);

export const noteField = v.pipe(
	v.string(),
	v.check((text) => lengthOf(text) <= NOTE_LENGTH, 'too_long'),
	privateField
);

/** Letters as the database counts them: composed, and an emoji is one. */
export function lengthOf(text: string): number {
	return [...text.normalize('NFC')].length;
}

/**
 * The text as it is read: wide digits and odd spaces plain, digits of other scripts as ours, and nothing
 * that is not seen. The database does the same (app.plain_text).
 */
function plain(text: string): string {
	return text
		.normalize('NFKC')
		.replace(UNSEEN, '')
		.replace(OTHER_DIGIT, (digit) => String(OTHER_DIGITS.indexOf(digit) % 10));
}
