import type { Bytes } from './bytes';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** Bytes in the letters that a QR code packs closest (RFC 9285): two bytes are three letters. */
export function toBase45(bytes: Uint8Array): string {
	let text = '';
	for (let at = 0; at < bytes.length; at += 2) {
		const pair = at + 1 < bytes.length;
		let value = pair ? (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0) : (bytes[at] ?? 0);
		for (let n = pair ? 3 : 2; n > 0; n--) {
			text += LETTERS[value % 45];
			value = Math.floor(value / 45);
		}
	}
	return text;
}

/** The bytes of such a text; null when it is none. */
export function fromBase45(text: string): Bytes | null {
	if (text.length % 3 === 1) return null;
	const bytes: number[] = [];
	for (let at = 0; at < text.length; at += 3) {
		const digits = Array.from(text.slice(at, at + 3), (letter) => LETTERS.indexOf(letter));
		const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
		const pair = digits.length === 3;
		if (digits.includes(-1) || value > (pair ? 65535 : 255)) return null;
		if (pair) bytes.push(value >> 8);
		bytes.push(value & 255);
	}
	return Uint8Array.from(bytes);
}
