import { fail, redirect } from '@sveltejs/kit';
import { signIn } from '$lib/server/staff/sign_in';
import type { Actions, PageServerLoad } from './$types';

/** Whether there is a sample city, where nobody has a password. */
export const load: PageServerLoad = ({ locals: { app } }) => ({ demo: app.demo });

export const actions: Actions = {
	/** Works without scripts, too: a shared computer of an office may be old. */
	default: async (event) => {
		const form = await event.request.formData().catch(() => null);
		const [name, password] = [form?.get('sign_in_name'), form?.get('password')];
		if (typeof name !== 'string' || typeof password !== 'string')
			return fail(400, { problem: { code: 'missing', field: 'sign_in_name' }, name: '' });
		const answer = await signIn(event.locals.app, event, name, password);
		if ('home' in answer) redirect(303, answer.home);
		const seconds = answer.code === 'wait' ? answer.seconds : undefined;
		const status = answer.code === 'wrong_password' ? 401 : 429;
		return fail(status, { problem: { code: answer.code, field: 'password', seconds }, name });
	}
};
