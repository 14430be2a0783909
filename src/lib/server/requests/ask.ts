import type { RequestEvent } from '@sveltejs/kit';
import type { PosterPlace } from '../../data/functions';
import { checkAsk } from '../../domain/checks/request';
import type { Problem } from '../../domain/problems';
import { cleanAsk, CONSENTS, type Ask } from '../../domain/request';
import type { App } from '../app';
import { addressOf } from '../staff/caller';

/** What the page behind a poster shows. */
export type AskPage = PosterPlace & { topics: { code: string; vi: string; en: string }[] };

/** How asking ended: taken, to be mended, or to be sent again in so many seconds. */
export type AskAnswer = { taken: true } | { problems: Problem[] } | { wait: number };

/** Anything else was no code of ours; a NUL, for one, no database takes. */
const TOKEN = /^[\w-]{1,64}$/;

/** The page of a poster; null when its code is not in use. */
export function askPage(app: App, token: string): Promise<AskPage | null> {
	return TOKEN.test(token)
		? app.door<AskPage | null>('server_ask_page', { token })
		: Promise.resolve(null);
}

/**
 * Hands a request for help to the team of a poster. What is written in it stands in no log and in no
 * address.
 * @param request_id made with the form, so that sending it twice is harmless
 */
export async function ask(
	app: App,
	caller: Pick<RequestEvent, 'getClientAddress'>,
	token: string,
	request_id: string,
	said: Ask
): Promise<AskAnswer> {
	if (!TOKEN.test(token)) return { problems: [{ code: 'unknown_poster', field: 'token' }] };
	const request = cleanAsk(said);
	const problems = checkAsk(request);
	if (problems.length > 0) return { problems };
	const answer = await app.door<{ request_id: string | null; problems: Problem[]; wait?: number }>(
		'server_ask',
		{ token, address: addressOf(caller), request_id, request }
	);
	if (answer.request_id) return { taken: true };
	return answer.wait ? { wait: answer.wait } : { problems: answer.problems };
}

/** What a form said, whatever stood in it. */
export function askIn(form: FormData): Ask {
	const text = (name: string) => {
		const value = form.get(name);
		return typeof value === 'string' ? value.slice(0, 2000) : '';
	};
	return {
		label: text('label'),
		topic: text('topic'),
		wish_time: text('wish_time'),
		wish_weekdays: form.getAll('wish_weekdays').map(String).slice(0, 7),
		consent: form.get('consent') === 'yes' ? CONSENTS.form : ''
	};
}
