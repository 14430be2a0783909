import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { PACKED_LIMIT, type Bundle } from '../../domain/bundle/bundle';
import type { Bytes } from '../../domain/bundle/bytes';
import { ECDH, cipherOf, publicKeyOf } from '../../domain/bundle/cipher';
import { partsOf, readInside, signedPart, type Inside } from '../../domain/bundle/envelope';
import type { HandInKeys } from './keys';
import { BundleError } from './problem';

const inflate = promisify(inflateRaw);

/** What was inside, and what its signature is over. Nothing of it is proven yet. */
export type Opened = Inside & { signed: Bytes };

/**
 * Opens a sealed bundle. Throws BundleError: `bad_bundle` when it is none or a single bit is
 * another one, `other_server` when it was sealed to a key that is not ours.
 */
export async function openSealed(keys: HandInKeys, bytes: Bytes): Promise<Opened> {
	const parts = partsOf(bytes);
	if (!parts) throw new BundleError('bad_bundle');
	const own = keys.find(parts.kid);
	if (!own) throw new BundleError('other_server');
	const inside = await publicKeyOf(parts.point, ECDH)
		.then((once) => cipherOf(own, once, parts.head))
		.then((cipher) => cipher.open(parts.sealed))
		.then(readInside)
		.catch(() => null);
	if (!inside) throw new BundleError('bad_bundle');
	return { ...inside, signed: signedPart(parts.head, inside) };
}

/** The bundle itself. Only what is proven is unpacked: it may grow a thousandfold. */
export async function unpack({ packing, body }: Inside): Promise<Bundle> {
	try {
		const json =
			packing === 'deflate' ? await inflate(body, { maxOutputLength: PACKED_LIMIT }) : body;
		const bundle: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
		if (isBundle(bundle)) return bundle;
	} catch (error) {
		const code = (error as { code?: string }).code;
		throw new BundleError(code === 'ERR_BUFFER_TOO_LARGE' ? 'too_large' : 'bad_bundle');
	}
	throw new BundleError('bad_bundle');
}

function isBundle(value: unknown): value is Bundle {
	if (value === null || typeof value !== 'object') return false;
	const { v, bundle_id, author_id, answer, changes } = value as Record<keyof Bundle, unknown>;
	const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
	return (
		v === 1 &&
		[bundle_id, author_id].every((id) => typeof id === 'string' && uuid.test(id)) &&
		(answer === 'verdicts' || answer === 'counts') &&
		Array.isArray(changes)
	);
}
