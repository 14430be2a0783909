/** Bytes as the cryptography of browsers and of Node takes them. */
export type Bytes = Uint8Array<ArrayBuffer>;

export function joined(...parts: Uint8Array[]): Bytes {
	const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}

export function utf8(text: string): Bytes {
	return new TextEncoder().encode(text);
}

/** base64url without padding. */
export function toText(bytes: Uint8Array): string {
	let letters = '';
	for (const byte of bytes) letters += String.fromCharCode(byte);
	return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The bytes of a base64url text; null when it is none. */
export function fromText(text: string): Bytes | null {
	try {
		const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
		return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
	} catch {
		return null;
	}
}

/** The 16 bytes of a uuid. */
export function uuidBytes(uuid: string): Bytes {
	return Uint8Array.from(uuid.replaceAll('-', '').match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function uuidOf(bytes: Uint8Array): string {
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
