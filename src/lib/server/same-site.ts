const READS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a request that may change something was sent by a page of another site. Browsers say so
 * in Sec-Fetch-Site, older ones in Origin; a cookie with neither is not from a page of ours. Calls
 * without a cookie carry their own token, so there is nothing for another site to borrow.
 */
export function comesFromElsewhere(request: Request, origin: string): boolean {
	if (READS.includes(request.method)) return false;
	const site = request.headers.get('sec-fetch-site');
	if (site !== null) return site !== 'same-origin';
	const from = request.headers.get('origin');
	if (from !== null) return from !== origin;
	return request.headers.has('cookie');
}
