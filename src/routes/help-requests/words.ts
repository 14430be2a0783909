import type {
	CLOSINGS,
	HelpRequest,
	RequestState,
	WEEKDAYS,
	WISH_TIMES
} from '$lib/domain/request';
import { stateOf } from '$lib/domain/request';
import { m } from '$lib/i18n/paraglide/messages';

export const WISH_TIME_NAMES: Record<(typeof WISH_TIMES)[number], () => string> = {
	morning: m.ask_time_morning,
	afternoon: m.ask_time_afternoon,
	evening: m.ask_time_evening
};

export const WEEKDAY_NAMES: Record<(typeof WEEKDAYS)[number], () => string> = {
	mon: m.ask_weekday_mon,
	tue: m.ask_weekday_tue,
	wed: m.ask_weekday_wed,
	thu: m.ask_weekday_thu,
	fri: m.ask_weekday_fri,
	sat: m.ask_weekday_sat,
	sun: m.ask_weekday_sun
};

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

type Wish = Pick<HelpRequest, 'wish_time' | 'wish_weekdays'>;

/** By which way it came; a way that a newer app knows is named as it is. */
export function sourceText(source: string): string {
	return nameIn(SOURCE_NAMES, source) || source;
}

export const wishTimeText = (time: string) => nameIn(WISH_TIME_NAMES, time) || time;
export const weekdayText = (day: string) => nameIn(WEEKDAY_NAMES, day) || day;

/** When it would suit: "Tối · Thứ Bảy, Chủ nhật". */
export function wishText({ wish_time, wish_weekdays }: Wish): string {
	const time = nameIn(WISH_TIME_NAMES, wish_time);
	const days = wish_weekdays.map((day) => nameIn(WEEKDAY_NAMES, day)).join(', ');
	return [time, days].filter(Boolean).join(' · ') || m.request_when_any();
}

/** How it ended: done, or closed and why. */
export function endText(request: { ended_as: string; taken_by: string | null }): string {
	const state = stateOf(request);
	if (state !== 'closed') return STATE_NAMES[state]();
	return nameIn(CLOSING_NAMES, request.ended_as) || m.request_closed();
}

function nameIn(names: Record<string, () => string>, code: string): string {
	return Object.hasOwn(names, code) ? (names[code]?.() ?? '') : '';
}
