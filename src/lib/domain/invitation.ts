/**
 * The code of an invitation as people see and type it. 26 letters of Crockford's alphabet, without
 * I, L, O and U: 130 bits.
 */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const CODE_LENGTH = 26;

/**
 * The code in what somebody typed or pasted: the code in groups, in small letters, with O for 0, or a
 * whole link. Null when there is none in it.
 */
export function codeIn(text: string): string | null {
	const part = text.includes('#') ? text.slice(text.lastIndexOf('#') + 1) : text;
	const code = part
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[^0-9A-Z]/g, '')
		.replace(/[IL]/g, '1')
		.replaceAll('O', '0');
	const ours = [...code].every((letter) => LETTERS.includes(letter));
	return ours && code.length === CODE_LENGTH ? code : null;
}

/** The code in groups of four, to be read aloud and typed. */
export function spokenCode(code: string): string {
	return code.match(/.{1,4}/g)?.join('-') ?? '';
}

/** The link of an invitation. The code stands behind the #, which browsers send to nobody. */
export function linkOf(code: string, origin: string): string {
	return `${origin}/join#${code}`;
}

/**
 * The app in whose own browser a page is open, where it cannot be installed and what it keeps is soon
 * lost; null in a browser proper.
 */
export function inAppBrowser(user_agent: string): 'Zalo' | 'Facebook' | 'other' | null {
	if (/\bZalo\b/i.test(user_agent)) return 'Zalo';
	if (/\bFBAN\b|\bFBAV\b|\bFB_IAB\b|\bMessenger\b/i.test(user_agent)) return 'Facebook';
	if (/Instagram|TikTok|musical_ly|\bLine\/|; wv\)/i.test(user_agent)) return 'other';
	return null;
}

/**
 * An address of ours as Android's Chrome is asked to open it from within another app; null elsewhere.
 * It carries no code: in such an address the # has another use, and a query would be sent and logged.
 */
export function chromeLink(address: string, user_agent: string): string | null {
	if (!/Android/i.test(user_agent)) return null;
	const { protocol, host, pathname } = new URL(address);
	return `intent://${host}${pathname}#Intent;scheme=${protocol.slice(0, -1)};package=com.android.chrome;end`;
}
