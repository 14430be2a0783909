import { error } from '@sveltejs/kit';
import type { OpenFiguresAnswer } from '$lib/data/open_answers';
import { addressOf } from '$lib/server/staff/caller';
import { chooseLanguage } from '../language';
import type { PageServerLoad } from './$types';

/** What a city publishes; a month and a ward are chosen by the address. */
export const load: PageServerLoad = async (event) => {
	const { locals, url, cookies, setHeaders } = event;
	// A city that withdraws its figures withdraws them at once.
	setHeaders({ 'cache-control': 'no-store' });
	chooseLanguage(cookies, url);
	if (locals.app.openLimit(addressOf(event)) !== null) error(429);
	const answer = await locals.app.door<OpenFiguresAnswer>('open_figures', {
		city_id: url.searchParams.get('city')
	});
	const months = answer.figures?.months ?? [];
	const month = months.find((one) => one.month.slice(0, 7) === url.searchParams.get('month'));
	const code = url.searchParams.get('ward');
	return {
		...answer,
		month: month ?? months[0],
		ward: code === null ? undefined : months[0]?.wards.find((ward) => ward.code === code)
	};
};
