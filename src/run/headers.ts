import type { ServerResponse } from 'node:http';
import type { Config } from '../lib/server/config';

/**
 * Headers of every response, the prerendered and static ones included, which the app's own hooks
 * never see. script-src, style-src and Trusted Types come from the build (svelte.config.js), which
 * knows the hashes; there is no default-src here, since it would forbid what the build allows.
 */
export function headersFor(config: Config): Record<string, string> {
	const api = config.profile === 'supabase' ? ` ${new URL(config.supabaseUrl).origin}` : '';
	return {
		'content-security-policy': [
			`connect-src 'self'${api}`,
			"img-src 'self' data:",
			"font-src 'self'",
			"manifest-src 'self'",
			"worker-src 'self'",
			"form-action 'self'",
			"base-uri 'none'",
			"object-src 'none'",
			"frame-src 'none'",
			"media-src 'none'",
			"frame-ancestors 'none'"
		].join('; '),
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'same-origin',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		// The camera reads the codes of handed-over work; a page asks for it when told to scan.
		'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
		...(config.origin.startsWith('https:')
			? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }
			: {})
	};
}

/**
 * Puts the headers on a response. The build's own policy header is kept beside ours: a browser
 * obeys both, and Node would otherwise let one replace the other.
 */
export function dress(response: ServerResponse, headers: Record<string, string>): void {
	for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
	const ours = headers['content-security-policy'] ?? '';
	const setHeader = response.setHeader.bind(response);
	response.setHeader = (name, value) =>
		name.toLowerCase() === 'content-security-policy'
			? setHeader(name, [ours, String(value)])
			: setHeader(name, value);
}
