import { json } from '@sveltejs/kit';
import { lookAtInvitation } from '$lib/server/staff/join';
import { readBid } from '../bid';
import type { RequestHandler } from './$types';

/** Who an invitation is for; it stays good. */
export const POST: RequestHandler = async (event) => {
	const bid = await readBid(event.request);
	return json(await lookAtInvitation(event.locals.app, event, bid), {
		headers: { 'cache-control': 'no-store' }
	});
};
