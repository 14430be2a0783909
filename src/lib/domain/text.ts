/**
 * Text as it is kept: composed (NFC), and with the Vietnamese Đ (U+0110) in place of the Icelandic
 * Eth (U+00D0), which some keyboards and older documents write instead and which looks the same.
 * Control characters and halves of characters go: no database can hold them, and one of them in a
 * record would keep a whole batch from being read. It neither trims nor changes case, so it is safe
 * while someone is still typing.
 */
export function clean(text: string): string {
	return text
		.replace(/\p{Cs}|(?![\n\t])\p{Cc}/gu, '')
		.normalize('NFC')
		.replaceAll('Ð', 'Đ')
		.replaceAll('ð', 'đ');
}

const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Whether a text turns how it is read: "Nhà \u202emăN ôc" shows other words than it holds. */
export function turnsAround(text: string): boolean {
	return text.search(TURNS) >= 0;
}

/** A label as it is kept: clean, and the same to read on every phone. */
export function cleanLabel(text: string): string {
	return clean(text).replace(TURNS, '').trim();
}

/**
 * Text as it is searched: without tone and vowel marks, đ as d, lower case. Both places of a tone
 * mark (Hoà, Hòa) fold to the same letters. The one fold of the product: an index built with another
 * one would not agree with what is typed.
 */
export function fold(text: string): string {
	return text
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.toLowerCase()
		.replace(/[đð]/g, 'd');
}

/** Whether every word of the query, as typed, begins some word of the folded text; in any order. */
export function matches(folded: string, query: string): boolean {
	const words = wordsOf(folded);
	return wordsOf(fold(query)).every((typed) => words.some((word) => word.startsWith(typed)));
}

/** The words of a folded text. */
export function wordsOf(folded: string): string[] {
	return folded.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}
