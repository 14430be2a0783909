import { createECDH, hkdfSync } from 'node:crypto';
import type { JWK } from 'jose';
import { ECDH, pointOf, publicKeyOf } from '../../domain/bundle/cipher';
import { toText, type Bytes } from '../../domain/bundle/bytes';
import { StartError } from '../start-error';

/** What bundles are sealed to. Phones keep the public half from the day they are signed in on. */
export type HandInKeys = {
	/** The one that phones are given: its name and its point, base64url. */
	current: { kid: string; point: string };
	/** The private half of that name; also of those that were current before. */
	find(kid: string): CryptoKey | undefined;
};

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * The keys of the configuration, the first one current; without any, the one that follows from the
 * server's signing secret, so that no city is without. Throws StartError when one cannot be read.
 */
export async function openHandInKeys(
	configured: string | undefined,
	secret: Uint8Array
): Promise<HandInKeys> {
	const jwks = configured ? parse(configured) : [deriveHandInKey(secret)];
	const keys = await Promise.all(jwks.map(read));
	const [current] = keys;
	if (!current) throw unreadable();
	return {
		current: { kid: current.kid, point: toText(current.point) },
		find: (kid) => keys.find((key) => key.kid === kid)?.private_key
	};
}

/** The key that follows from a secret of the server, as JWK: always the same from the same. */
export function deriveHandInKey(secret: Uint8Array): JWK {
	// 16 bytes more than needed, so that the remainder is as good as evenly spread.
	const drawn = Buffer.from(hkdfSync('sha256', secret, '', 'tung-nha hand-in key', 48));
	const scalar = (BigInt(`0x${drawn.toString('hex')}`) % (ORDER - 1n)) + 1n;
	return jwkOf(Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex'));
}

/** A new key as JWK, for HAND_IN_KEY. */
export function makeHandInKey(): JWK {
	const pair = createECDH('prime256v1');
	pair.generateKeys();
	return jwkOf(Buffer.from(pair.getPrivateKey('hex').padStart(64, '0'), 'hex'));
}

function jwkOf(scalar: Buffer): JWK {
	const pair = createECDH('prime256v1');
	pair.setPrivateKey(scalar);
	const point = pair.getPublicKey();
	return {
		kty: 'EC',
		crv: 'P-256',
		x: point.subarray(1, 33).toString('base64url'),
		y: point.subarray(33).toString('base64url'),
		d: scalar.toString('base64url')
	};
}

function parse(text: string): JWK[] {
	try {
		const value = JSON.parse(text) as JWK | JWK[];
		return Array.isArray(value) ? value : [value];
	} catch {
		throw unreadable();
	}
}

async function read({ kty, crv, x, y, d }: JWK) {
	try {
		const private_key = await crypto.subtle.importKey('jwk', { kty, crv, x, y, d }, ECDH, false, [
			'deriveBits'
		]);
		const point: Bytes = Uint8Array.from(
			Buffer.concat([
				Uint8Array.of(4),
				Buffer.from(x ?? '', 'base64url'),
				Buffer.from(y ?? '', 'base64url')
			])
		);
		await pointOf(await publicKeyOf(point, ECDH));
		const print = await crypto.subtle.digest('SHA-256', point);
		return { kid: Buffer.from(print).toString('hex').slice(0, 16), point, private_key };
	} catch {
		throw unreadable();
	}
}

// What could not be read is left out on purpose: a parser's message may quote the key.
function unreadable() {
	return new StartError(
		'HAND_IN_KEY does not hold a P-256 private key as JWK, or a list of them. Make one with npm run key -- hand-in.'
	);
}
