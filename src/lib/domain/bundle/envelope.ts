import { joined, utf8, uuidBytes, uuidOf, type Bytes } from './bytes';

// What a sealed bundle is made of. Outside:
//   head:   "TNH1" | which key of the server (8) | a key for this bundle alone (65)
//   sealed: AES-GCM over the inside, bound to the head
// Inside:
//   which key of the phone (16) | its signature (64) | how it is packed (1) | the bundle as JSON
// The signature is over head, key, packing and body: a bundle can be neither sealed anew by somebody
// else nor opened and signed by another.

const MAGIC = utf8('TNH1');
const KID = 8;
const POINT = 65;
const HEAD = MAGIC.length + KID + POINT;
const KEY = 16;
const SIGNATURE = 64;
const TAG = 16;

export const PACKINGS = ['plain', 'deflate'] as const;
export type Packing = (typeof PACKINGS)[number];

export type Sealed = { head: Bytes; kid: string; point: Bytes; sealed: Bytes };
export type Inside = { key_id: string; signature: Bytes; packing: Packing; body: Bytes };

/** The head for a key of the server, named by 16 hex digits, and a key for this bundle alone. */
export function headOf(kid: string, point: Uint8Array): Bytes {
	return joined(MAGIC, uuidBytes(kid), point);
}

/** The parts of a sealed bundle; null when these bytes are none. */
export function partsOf(bytes: Bytes): Sealed | null {
	if (bytes.length < HEAD + KEY + SIGNATURE + 1 + TAG) return null;
	if (MAGIC.some((byte, n) => bytes[n] !== byte)) return null;
	const kid = Array.from(bytes.slice(MAGIC.length, MAGIC.length + KID), (byte) =>
		byte.toString(16).padStart(2, '0')
	).join('');
	return {
		head: bytes.slice(0, HEAD),
		kid,
		point: bytes.slice(MAGIC.length + KID, HEAD),
		sealed: bytes.slice(HEAD)
	};
}

/** What the phone signs. */
export function signedPart(head: Bytes, { key_id, packing, body }: Omit<Inside, 'signature'>) {
	const purpose = utf8('tung-nha hand-in 1');
	return joined(purpose, head, uuidBytes(key_id), packingByte(packing), body);
}

export function insideOf({ key_id, signature, packing, body }: Inside): Bytes {
	return joined(uuidBytes(key_id), signature, packingByte(packing), body);
}

/** The parts of what was inside; null for a way of packing that is not known. */
export function readInside(bytes: Bytes): Inside | null {
	const packing = PACKINGS[bytes[KEY + SIGNATURE] ?? -1];
	if (!packing) return null;
	return {
		key_id: uuidOf(bytes.slice(0, KEY)),
		signature: bytes.slice(KEY, KEY + SIGNATURE),
		packing,
		body: bytes.slice(KEY + SIGNATURE + 1)
	};
}

function packingByte(packing: Packing): Uint8Array {
	return Uint8Array.of(PACKINGS.indexOf(packing));
}
