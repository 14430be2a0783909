import type { PageServerLoad } from './$types';

/** Whether there is a sample city to look around in. */
export const load: PageServerLoad = ({ locals: { app } }) => ({ demo: app.demo });
