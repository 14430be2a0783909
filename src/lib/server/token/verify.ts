import { jwtVerify } from 'jose';
import type { Identity } from '../database/database';
import type { TokenKeys } from './keys';

/** A token that is not one of ours, or no longer. */
export class TokenError extends Error {
	override name = 'TokenError';
	constructor(readonly expired: boolean) {
		super(expired ? 'JWT expired' : 'JWT is not valid');
	}
}

/** Roles a token may carry. service_role, postgres and every other are refused, however well signed. */
const ROLES: readonly string[] = [
	'anon',
	'authenticated',
	'app_server'
] satisfies Identity['role'][];

/**
 * The identity of an Authorization header; none at all is `anon`. Throws TokenError for a wrong
 * scheme, algorithm, key, audience or role, and for a token without an end or past it.
 */
export async function identify(
	keys: TokenKeys,
	authorization: string | null,
	now = new Date()
): Promise<Identity> {
	if (authorization === null) return { role: 'anon', claims: { role: 'anon' } };
	const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
	if (!token) throw new TokenError(false);
	const { payload } = await jwtVerify(token, keys.verify, {
		algorithms: [keys.alg],
		audience: 'authenticated',
		requiredClaims: ['exp', 'sub', 'role'],
		clockTolerance: 30,
		currentDate: now
	}).catch((error: { code?: string }) => {
		throw new TokenError(error.code === 'ERR_JWT_EXPIRED');
	});
	if (!isRole(payload.role)) throw new TokenError(false);
	return { role: payload.role, claims: payload };
}

function isRole(role: unknown): role is Identity['role'] {
	return typeof role === 'string' && ROLES.includes(role);
}
