import { error } from '@sveltejs/kit';
import { demoCast, playCastMember } from '$lib/server/demo';
import type { Actions, PageServerLoad } from './$types';

/** The first of the cast with this role: one address per role to hand around. */
export const load: PageServerLoad = async ({ locals: { app }, params }) => {
	const person = (await demoCast(app)).find((one) => one.role === params.role);
	if (!person) error(404);
	return { people: [person] };
};

export const actions: Actions = {
	default: async ({ locals: { app }, cookies, request }) => playCastMember(app, cookies, request)
};
