import { SignJWT } from 'jose';
import type { TokenKeys } from './keys';

/** Seconds an access token is good for. Revoking does not wait for it: `sid` is checked live. */
export const TOKEN_SECONDS = 600;

/** Who a token is for. It says nothing of wards or roles: scope is read from the memberships. */
export type Bearer = { role: 'authenticated'; sub: string; sid: string } | { role: 'app_server' };

/**
 * A signed access token and when it ends (ms). `iat` lies a minute back, so that a database whose
 * clock is behind does not take it for one from the future.
 */
export async function mintToken(
	keys: TokenKeys,
	bearer: Bearer,
	now = Date.now()
): Promise<{ token: string; expires_at: number }> {
	const seconds = Math.floor(now / 1000);
	const { role, ...rest } = bearer;
	const token = await new SignJWT({ role, ...('sid' in rest ? { sid: rest.sid } : {}) })
		.setProtectedHeader({ alg: keys.alg, typ: 'JWT', kid: keys.kid })
		.setSubject('sub' in rest ? rest.sub : 'app_server')
		.setAudience('authenticated')
		.setIssuedAt(seconds - 60)
		.setExpirationTime(seconds + TOKEN_SECONDS)
		.sign(keys.sign);
	return { token, expires_at: (seconds + TOKEN_SECONDS) * 1000 };
}
