import { error, json } from '@sveltejs/kit';
import { signInAgain } from '$lib/server/staff/sign_in';
import type { RequestHandler } from './$types';

/** Hears the password of an open session once more. */
export const POST: RequestHandler = async (event) => {
	const body: unknown = await event.request.json().catch(() => null);
	const password = body && typeof body === 'object' && 'password' in body ? body.password : null;
	if (typeof password !== 'string' || password.length > 1000) error(400);
	return json(await signInAgain(event.locals.app, event, password), {
		headers: { 'cache-control': 'no-store' }
	});
};
