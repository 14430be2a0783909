import * as v from 'valibot';

const NOTE_LENGTH = 1000;

/** Twelve digits in a row, however they are spaced: the length of a citizen's identity number. */
const ID_NUMBER = /\d(?:[\s.\-‐-―]{0,3}\d){11}/u;

/** Whether the text seems to hold an identity number. The product never keeps one. */
export function hasIdNumber(text: string): boolean {
	return ID_NUMBER.test(text);
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
