import { error, json } from '@sveltejs/kit';
import { changePassword } from '$lib/server/staff/change_password';
import type { RequestHandler } from './$types';

/** A new password in the place of the old one, which is given with it. */
export const POST: RequestHandler = async (event) => {
	const body: unknown = await event.request.json().catch(() => null);
	const { password, new_password } = (body ?? {}) as Record<string, unknown>;
	if (!isText(password) || !isText(new_password)) error(400);
	const problem = await changePassword(event.locals.app, event, { password, new_password });
	return json({ problem }, { headers: { 'cache-control': 'no-store' } });
};

const isText = (value: unknown): value is string =>
	typeof value === 'string' && value.length <= 1000;
