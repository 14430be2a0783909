import { redirect, type Cookies } from '@sveltejs/kit';

/**
 * On pages that work without scripts the language is chosen by an address; the choice is kept in the cookie
 * that scripts set elsewhere, and the address is cleaned.
 */
export function chooseLanguage(cookies: Cookies, url: URL): void {
	const lang = url.searchParams.get('lang');
	if (lang !== 'vi' && lang !== 'en') return;
	cookies.set('lang', lang, {
		path: '/',
		httpOnly: false,
		secure: url.protocol === 'https:',
		maxAge: 400 * 24 * 3600
	});
	const clean = new URL(url);
	clean.searchParams.delete('lang');
	redirect(303, clean.pathname + clean.search);
}
