import { today } from '$lib/domain/day';
import type { HelpRequest } from '$lib/domain/request';
import { formatDayAgo } from '$lib/i18n/formats';
import { m } from '$lib/i18n/paraglide/messages';
import { wishText } from '../../../help-requests/words';
import { word } from '../../words';

/** What it is about and since when, in one line. */
export function aboutRequest(request: HelpRequest): string {
	const asked = m.request_detail({ day: formatDayAgo(request.asked_on, today()) });
	const topic = request.topic ? word('topic', request.topic) : '';
	const wish = request.wish_time || request.wish_weekdays.length > 0 ? wishText(request) : '';
	return [asked, topic, wish].filter(Boolean).join(' · ');
}
