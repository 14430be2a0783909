import { demoCast, playCastMember } from '$lib/server/demo';
import type { Actions, PageServerLoad } from './$types';

/** Everybody of the demo city's cast. */
export const load: PageServerLoad = async ({ locals: { app } }) => ({
	people: await demoCast(app)
});

export const actions: Actions = {
	default: async ({ locals: { app }, cookies, request }) => playCastMember(app, cookies, request)
};
