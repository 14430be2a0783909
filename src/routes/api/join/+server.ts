import { json } from '@sveltejs/kit';
import { join } from '$lib/server/staff/join';
import { readBid } from './bid';
import type { RequestHandler } from './$types';

/** Uses an invitation. The code comes in the body: addresses are logged on the way. */
export const POST: RequestHandler = async (event) => {
	const bid = await readBid(event.request);
	return json(await join(event.locals.app, event, bid), {
		headers: { 'cache-control': 'no-store' }
	});
};
