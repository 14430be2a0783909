import { error, redirect, type Cookies } from '@sveltejs/kit';
import type { App } from './app';

/** An invented person whom anybody may play in the demo city. */
export type CastMember = { person_id: string; role: string; name: string; where: string };

const HOMES: Record<string, string> = {
	member: '/log',
	leader: '/log',
	ward_officer: '/coverage',
	area_coordinator: '/coverage',
	city_office: '/wards',
	administrator: '/people'
};

/** The demo city's cast. Answers 404 wherever the data is not the embedded demo. */
export async function demoCast(app: App): Promise<CastMember[]> {
	if (!app.demo) error(404);
	return app.door<CastMember[]>('server_demo_people');
}

/** Signs in as a member of the cast, and only of the cast, then goes to their home page. */
export async function playCastMember(app: App, cookies: Cookies, request: Request): Promise<never> {
	const cast = await demoCast(app);
	const form = await request.formData().catch(() => error(400));
	const chosen = cast.find((one) => one.person_id === form.get('person_id'));
	if (!chosen) error(404);
	const before = app.cookie.read(cookies);
	if (before) await app.sessions.end(before);
	app.cookie.set(cookies, await app.sessions.begin(chosen.person_id), chosen.person_id);
	redirect(303, HOMES[chosen.role] ?? '/');
}
