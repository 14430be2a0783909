import { randomUUID } from 'node:crypto';
import { error, fail, redirect } from '@sveltejs/kit';
import { blankAsk } from '$lib/domain/blank_request';
import { DoorError } from '$lib/server/door';
import { ask, askIn, askPage } from '$lib/server/requests/ask';
import { chooseLanguage } from '../../language';
import type { Actions, PageServerLoad } from './$types';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The form behind a poster: where it hangs and what can be asked for. Everything that people choose on it
 * is kept by the server's answers, so that it works without scripts on a weak line.
 */
export const load: PageServerLoad = async ({
	locals: { app },
	params,
	url,
	cookies,
	setHeaders
}) => {
	setHeaders({ 'cache-control': 'no-store' });
	chooseLanguage(cookies, url);
	const page = await askPage(app, params.token);
	if (!page) error(404);
	return { page, sent: url.searchParams.has('sent'), request_id: randomUUID() };
};

export const actions: Actions = {
	default: async (event) => {
		const { locals, params, request, url } = event;
		const form = await request.formData().catch(() => null);
		const said = form ? askIn(form) : blankAsk;
		const typed = String(form?.get('request_id'));
		const request_id = ID.test(typed) ? typed : randomUUID();
		try {
			const answer = await ask(locals.app, event, params.token, request_id, said);
			// A reload of the answer asks for nothing again.
			if ('taken' in answer) redirect(303, `${url.pathname}?sent`);
			if ('wait' in answer)
				return fail(429, { said, request_id, wait: answer.wait, problems: [], failed: false });
			return fail(400, { said, request_id, wait: 0, problems: answer.problems, failed: false });
		} catch (trouble) {
			if (!(trouble instanceof DoorError)) throw trouble;
			return fail(503, { said, request_id, wait: 0, problems: [], failed: true });
		}
	}
};
