import type { Session } from './session';

/** Who signed in last on this browser, as far as it knows without asking; null when it does not. */
export function lastSignedIn(): string | null {
	// On https only the prefixed one: anybody next door could set the other.
	const name = location.protocol === 'https:' ? '__Host-person' : 'person';
	const cookies = document.cookie.split('; ').map((cookie) => cookie.split('='));
	return cookies.find(([one]) => one === name)?.[1] ?? null;
}

/** The public id of the session, which its tokens carry; empty when they do not. */
export function sessionIdOf({ token }: Pick<Session, 'token'>): string {
	try {
		const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
		const claims: unknown = JSON.parse(atob(payload));
		return claims && typeof claims === 'object' && 'sid' in claims ? String(claims.sid) : '';
	} catch {
		// Not a token that we can read: it names no session.
		return '';
	}
}
