import type { Bundle } from '../domain/bundle/bundle';
import { joined, utf8, type Bytes } from '../domain/bundle/bytes';
import { ECDH, SIGNING, cipherOf, pointOf, publicKeyOf } from '../domain/bundle/cipher';
import { headOf, insideOf, signedPart, type Packing } from '../domain/bundle/envelope';

/** The key of the server that bundles are sealed to: its name and its point. */
export type ServerKey = { kid: string; point: Bytes };

/** The key that a phone signs with, and the name under which the server knows it. */
export type PhoneKey = { key_id: string; private_key: CryptoKey };

/** Signs and seals a bundle: from here on nobody but the server can read it, and nobody can alter it. */
export async function seal(bundle: Bundle, from: PhoneKey, to: ServerKey): Promise<Bytes> {
	const once = await crypto.subtle.generateKey(ECDH, false, ['deriveBits']);
	const head = headOf(to.kid, await pointOf(once.publicKey));
	const { packing, body } = await packed(utf8(JSON.stringify(bundle)));
	const { key_id, private_key } = from;
	const signed = signedPart(head, { key_id, packing, body });
	const signature = new Uint8Array(await crypto.subtle.sign(SIGNING, private_key, signed));
	const cipher = await cipherOf(once.privateKey, await publicKeyOf(to.point, ECDH), head);
	const sealed = await cipher.seal(insideOf({ key_id, signature, packing, body }));
	return joined(head, sealed);
}

async function packed(json: Bytes): Promise<{ packing: Packing; body: Bytes }> {
	// Absent in older browsers, which then carry more.
	if (typeof CompressionStream === 'undefined') return { packing: 'plain', body: json };
	const stream = new Blob([json]).stream().pipeThrough(new CompressionStream('deflate-raw'));
	return { packing: 'deflate', body: new Uint8Array(await new Response(stream).arrayBuffer()) };
}
