import { utf8, type Bytes } from './bytes';

/** Agreeing on a secret (P-256, since not every phone's browser knows X25519), and signing. */
export const ECDH = { name: 'ECDH', namedCurve: 'P-256' } as const;
export const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' } as const;
export const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;

/**
 * The cipher that two keys agree on for one bundle: the key of the bundle and the server's. Both the
 * key and the nonce come out of the agreement, which is never used twice.
 */
export async function cipherOf(own: CryptoKey, other: CryptoKey, head: Bytes) {
	const { subtle } = crypto;
	const agreed = await subtle.deriveBits({ name: 'ECDH', public: other }, own, 256);
	const material = await subtle.importKey('raw', agreed, 'HKDF', false, ['deriveBits']);
	const info = utf8('tung-nha hand-in 1');
	const drawn = await subtle.deriveBits(
		{ name: 'HKDF', hash: 'SHA-256', salt: head, info },
		material,
		(32 + 12) * 8
	);
	const key = await subtle.importKey('raw', drawn.slice(0, 32), 'AES-GCM', false, [
		'encrypt',
		'decrypt'
	]);
	const how = { name: 'AES-GCM', iv: drawn.slice(32), additionalData: head };
	return {
		seal: async (inside: Bytes): Promise<Bytes> =>
			new Uint8Array(await subtle.encrypt(how, key, inside)),
		/** Rejects when a single bit is another one. */
		open: async (sealed: Bytes): Promise<Bytes> =>
			new Uint8Array(await subtle.decrypt(how, key, sealed))
	};
}

/** A public key from its point, for agreeing or for verifying. Rejects when it is not on the curve. */
export function publicKeyOf(point: Bytes, use: typeof ECDH | typeof ECDSA): Promise<CryptoKey> {
	return crypto.subtle.importKey('raw', point, use, true, use === ECDSA ? ['verify'] : []);
}

/** The point of a public key. */
export async function pointOf(key: CryptoKey): Promise<Bytes> {
	return new Uint8Array(await crypto.subtle.exportKey('raw', key));
}
