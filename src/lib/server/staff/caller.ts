import { createHash, randomBytes } from 'node:crypto';
import type { Cookies, RequestEvent } from '@sveltejs/kit';

export function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

export function secret(): string {
	return randomBytes(32).toString('base64url');
}

/**
 * Under what the tries of one address are counted, for a day or so. A hash, so that addresses stand in
 * no dump and no log; of IPv6 the part that belongs to one household.
 */
export function addressOf(event: Pick<RequestEvent, 'getClientAddress'>): string {
	const address = event.getClientAddress();
	const near = address.includes(':') && !address.includes('.');
	return sha256(near ? address.split(':').slice(0, 4).join(':') : address).slice(0, 32);
}

/** What kind of device a browser says it is on, so that people tell theirs apart: "Chrome · Android". */
export function deviceLabel(request: Request): string | null {
	const said = request.headers.get('user-agent') ?? '';
	const first = (names: [RegExp, string][]) => names.find(([sign]) => sign.test(said))?.[1];
	const browser = first([
		[/Edg/, 'Edge'],
		[/SamsungBrowser/, 'Samsung Internet'],
		[/coc_coc/i, 'Cốc Cốc'],
		[/Firefox|FxiOS/, 'Firefox'],
		[/Chrome|CriOS/, 'Chrome'],
		[/Safari/, 'Safari']
	]);
	const system = first([
		[/Android/, 'Android'],
		[/iPhone|iPad/, 'iPhone'],
		[/Windows/, 'Windows'],
		[/Mac OS/, 'macOS'],
		[/Linux/, 'Linux']
	]);
	return [browser, system].filter(Boolean).join(' · ') || null;
}

/** A browser in which a password was right before. It opens nothing; it only is not held up by others' guesses. */
export function knownDevice(secure: boolean) {
	const name = `${secure ? '__Host-' : ''}device`;
	const options = { path: '/', httpOnly: true, secure, sameSite: 'lax' } as const;
	return {
		read: (cookies: Cookies) => cookies.get(name) ?? null,
		set: (cookies: Cookies, value: string) =>
			cookies.set(name, value, { ...options, maxAge: 180 * 24 * 3600 })
	};
}
