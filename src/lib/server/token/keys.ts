import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, exportSPKI, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import type { Config } from '../config';
import { StartError } from '../start-error';

/** What tokens are signed and verified with. The algorithm is fixed here, never read from a token. */
export type TokenKeys = {
	alg: 'ES256' | 'HS256';
	kid: string | undefined;
	sign: CryptoKey | Uint8Array;
	verify: CryptoKey | Uint8Array;
	/** What other keys of the server may be derived from. */
	secret: Uint8Array;
};

/**
 * The keys that the configuration names; the embedded profile makes its own on first use and keeps
 * it beside its data, readable by the owner only. Throws StartError when a key cannot be read.
 */
export async function openKeys(config: Config): Promise<TokenKeys> {
	if (config.signing.jwk) return keysOf(config.signing.jwk, 'JWT_SIGNING_KEY');
	if (config.signing.secret) return sharedSecret(config.signing.secret);
	if (config.profile !== 'embedded') throw new StartError('There is no signing key.');
	const file = join(config.dataDir, 'signing-key.json');
	if (!existsSync(file)) {
		mkdirSync(config.dataDir, { recursive: true });
		// Whole or not at all: half a key would stop every later start.
		writeFileSync(`${file}.new`, JSON.stringify(await makeKey()), { mode: 0o600 });
		renameSync(`${file}.new`, file);
	}
	return keysOf(readFileSync(file, 'utf8'), file);
}

/** A new ES256 private key as JWK, its kid included. */
export async function makeKey(): Promise<JWK> {
	const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
	const print = await crypto.subtle.digest(
		'SHA-256',
		new TextEncoder().encode(await exportSPKI(publicKey))
	);
	const kid = Buffer.from(print).toString('base64url').slice(0, 16);
	return { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid };
}

async function keysOf(text: string, where: string): Promise<TokenKeys> {
	try {
		const jwk = JSON.parse(text) as JWK;
		if (jwk.kty !== 'EC' || jwk.crv !== 'P-256' || !jwk.d)
			throw new Error('not an ES256 private key');
		const { kty, crv, x, y, kid } = jwk;
		return {
			alg: 'ES256',
			kid,
			sign: await importJWK(jwk, 'ES256'),
			verify: await importJWK({ kty, crv, x, y }, 'ES256'),
			secret: Buffer.from(jwk.d, 'base64url')
		};
	} catch {
		// The reason is left out on purpose: a parser's message may quote the key.
		throw new StartError(
			`${where} does not hold an ES256 private key as JWK. Make one with npm run key.`
		);
	}
}

function sharedSecret(secret: string): TokenKeys {
	if (secret.length < 32) throw new StartError('JWT_SECRET must be at least 32 characters long.');
	const bytes = new TextEncoder().encode(secret);
	return { alg: 'HS256', kid: undefined, sign: bytes, verify: bytes, secret: bytes };
}
