import { today } from '$lib/domain/day';
import { stateOf, type CLOSINGS, type HelpRequest, type RequestState } from '$lib/domain/request';
import { formatDayAgo } from '$lib/i18n/formats';
import { m } from '$lib/i18n/paraglide/messages';
import { WEEKDAY_NAMES, WISH_TIME_NAMES } from '../../../help-requests/words';
import { word } from '../../words';

export const STATE_NAMES: Record<RequestState, () => string> = {
	open: m.request_open,
	taken: m.request_taken,
	done: m.request_done,
	closed: m.request_closed
};

export const CLOSING_NAMES: Record<(typeof CLOSINGS)[number], () => string> = {
	solved: m.request_closing_solved,
	not_found: m.request_closing_not_found,
	not_wanted: m.request_closing_not_wanted,
	twice: m.request_closing_twice,
	passed_on: m.request_closing_passed_on
};

const SOURCE_NAMES: Record<string, () => string> = {
	poster: m.request_source_poster,
	hotline: m.request_source_hotline,
	team: m.request_source_team
};

/** By which way it came; a way that a newer app knows is named as it is. */
export function sourceText(source: string): string {
	return SOURCE_NAMES[source]?.() ?? source;
}

/** When it would suit: "Tối · Thứ Bảy, Chủ nhật". */
export function wishText({
	wish_time,
	wish_weekdays
}: Pick<HelpRequest, 'wish_time' | 'wish_weekdays'>): string {
	const time = nameIn(WISH_TIME_NAMES, wish_time);
	const days = wish_weekdays.map((day) => nameIn(WEEKDAY_NAMES, day)).join(', ');
	return [time, days].filter(Boolean).join(' · ') || m.request_when_any();
}

/** What it is about and since when, in one line. */
export function aboutRequest(request: HelpRequest): string {
	const asked = m.request_detail({ day: formatDayAgo(request.asked_on, today()) });
	const topic = request.topic ? word('topic', request.topic) : '';
	const wish = request.wish_time || request.wish_weekdays.length > 0 ? wishText(request) : '';
	return [asked, topic, wish].filter(Boolean).join(' · ');
}

/** How it ended: done, or closed and why. */
export function endText(request: HelpRequest): string {
	const state = stateOf(request);
	if (state !== 'closed') return STATE_NAMES[state]();
	return nameIn(CLOSING_NAMES, request.ended_as) || m.request_closed();
}

function nameIn(names: Record<string, () => string>, code: string): string {
	return Object.hasOwn(names, code) ? (names[code]?.() ?? '') : '';
}
