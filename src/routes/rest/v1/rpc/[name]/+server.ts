import { error } from '@sveltejs/kit';
import { compressed } from '$lib/server/compressed';
import type { RequestHandler } from './$types';

/** The gateway's one address. On Supabase it is off: the project answers the phones itself. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const { gateway } = locals.app;
	if (!gateway) error(404);
	return compressed(request, await gateway.answer(params.name, request));
};
