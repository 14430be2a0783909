import type { Cookies } from '@sveltejs/kit';

/** The session cookie. On https it carries the __Host- prefix; plain http is for localhost only. */
export function sessionCookie(secure: boolean) {
	const name = secure ? '__Host-session' : 'session';
	const options = { path: '/', httpOnly: true, secure, sameSite: 'lax' } as const;
	return {
		read: (cookies: Cookies) => cookies.get(name) ?? null,
		set: (cookies: Cookies, token: string) =>
			cookies.set(name, token, { ...options, maxAge: 30 * 24 * 3600 }),
		clear: (cookies: Cookies) => cookies.delete(name, options)
	};
}
