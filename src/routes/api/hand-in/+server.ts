import { json } from '@sveltejs/kit';
import { SEALED_LIMIT } from '$lib/domain/bundle/bundle';
import { joined, type Bytes } from '$lib/domain/bundle/bytes';
import { BundleError } from '$lib/server/hand_in/problem';
import { takeBundle } from '$lib/server/hand_in/take';
import type { RequestHandler } from './$types';

const HEADERS = { 'cache-control': 'no-store' };

/** The key to seal bundles to. No secret: whoever has it can only make what we alone can read. */
export const GET: RequestHandler = ({ locals: { app } }) =>
	json(app.handIn.keys.current, { headers: HEADERS });

/**
 * Takes a sealed bundle, from whoever brings it: what it is worth is proven by what is inside. No
 * session is asked for, since the one that it comes from may have ended.
 */
export const POST: RequestHandler = async ({
	locals: { app },
	cookies,
	request,
	getClientAddress
}) => {
	try {
		const wait = app.handIn.limit(getClientAddress());
		if (wait !== null) throw new BundleError('busy', wait);
		const bundle = await read(request);
		const cookie = app.cookie.read(cookies);
		const carrier = cookie ? await app.sessions.find(cookie).catch(() => null) : null;
		const { door, handIn } = app;
		const answer = await takeBundle(door, handIn.keys, bundle, carrier?.person_id ?? null);
		return json(answer, { headers: HEADERS });
	} catch (error) {
		if (!(error instanceof BundleError)) throw error;
		const { code, status, retryAfter } = error;
		app.log.info({ status, code }, 'hand-in');
		const headers = new Headers(HEADERS);
		if (retryAfter !== null) headers.set('retry-after', String(retryAfter));
		return json({ code }, { status, headers });
	}
};

/** The body, no further than the limit. */
async function read(request: Request): Promise<Bytes> {
	const parts: Uint8Array[] = [];
	let size = 0;
	for await (const part of request.body ?? []) {
		size += part.byteLength;
		if (size > SEALED_LIMIT) throw new BundleError('too_large');
		parts.push(part);
	}
	return joined(...parts);
}
