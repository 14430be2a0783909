import * as v from 'valibot';

const NOTE_LENGTH = 1000;

/** Twelve digits in a row, however they are spaced: the length of a citizen's identity number. */
const ID_NUMBER = /([0-9][ \t\n\r\u200B.\u2010-\u2015-]{0,3}){11}[0-9]/;

/** Whether the text seems to hold an identity number. The product never keeps one. */
export function hasIdNumber(text: string): boolean {
	// NFKC turns wide digits and odd spaces plain, here and in app.holds_id_number alike.
	return ID_NUMBER.test(text.normalize('NFKC'));
}

export const noteField = v.pipe(
	v.string(),
	v.check((text) => lengthOf(text) <= NOTE_LENGTH, 'too_long'),
	v.check((text) => !hasIdNumber(text), 'id_number_in_note')
);

/** Letters as the database counts them: composed, and an emoji is one. */
export function lengthOf(text: string): number {
	return [...text.normalize('NFC')].length;
}
