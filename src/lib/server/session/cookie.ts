import type { Cookies } from '@sveltejs/kit';

/**
 * The session cookie. On https it carries the __Host- prefix; plain http is for localhost only.
 *
 * Beside it, and as long as it, lives the id of the person in a cookie that the page can read. It opens
 * nothing; from it a phone knows, before it has reached anybody, that somebody else has signed in
 * and that the records of the last person must not be shown.
 */
export function sessionCookie(secure: boolean) {
	const prefix = secure ? '__Host-' : '';
	const [name, person] = [`${prefix}session`, `${prefix}person`];
	const options = { path: '/', httpOnly: true, secure, sameSite: 'lax' } as const;
	const readable = { ...options, httpOnly: false };
	const lasting = { maxAge: 30 * 24 * 3600 };
	return {
		read: (cookies: Cookies) => cookies.get(name) ?? null,
		set(cookies: Cookies, token: string, person_id: string) {
			cookies.set(name, token, { ...options, ...lasting });
			cookies.set(person, person_id, { ...readable, ...lasting });
		},
		clear(cookies: Cookies) {
			cookies.delete(name, options);
			cookies.delete(person, readable);
		}
	};
}
