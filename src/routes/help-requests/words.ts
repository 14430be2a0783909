import type { WEEKDAYS, WISH_TIMES } from '$lib/domain/request';
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
