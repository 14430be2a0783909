import { m } from './paraglide/messages';
import { getLocale } from './paraglide/runtime';

const TAG = { vi: 'vi-VN', en: 'en-GB' } as const;

/** 1234567.5 → 1.234.567,5 */
export function formatNumber(value: number): string {
	return new Intl.NumberFormat(tag()).format(value);
}

/** 0.457 → 45,7%. A missing share is a dash, never zero. */
export function formatShare(share: number | null): string {
	if (share === null) return '—';
	return new Intl.NumberFormat(tag(), { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

/** '2026-09-05' → 05/09/2026 */
export function formatDay(day: string): string {
	return dayFormat({ day: '2-digit', month: '2-digit', year: 'numeric' }).format(noon(day));
}

/** '2026-09-05' → Thứ Bảy 05/09 */
export function formatWeekday(day: string): string {
	const parts = dayFormat({ weekday: 'long', day: '2-digit', month: '2-digit' });
	return parts.format(noon(day)).replace(', ', ' ');
}

/** '2026-09-01' → tháng 9 năm 2026 */
export function formatMonth(day: string): string {
	return dayFormat({ month: 'long', year: 'numeric' }).format(noon(day));
}

/** 'hôm nay', 'hôm qua', '3 ngày trước' up to two weeks back, then the date. */
export function formatDayAgo(day: string, today: string): string {
	const days = Math.round((noon(today).getTime() - noon(day).getTime()) / 86_400_000);
	if (days === 0) return m.day_today();
	if (days === 1) return m.day_yesterday();
	if (days > 1 && days <= 14) return m.day_ago({ days });
	return formatDay(day);
}

/** A moment as the clock on the wall in Vietnam shows it: 14:05 */
export function formatTime(moment: number | string): string {
	return dayFormat({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
		new Date(moment)
	);
}

/** Sorting for lists that people read: An Ánh Ăn Ân … Dao Dũng Đào. */
export const vietnameseOrder = new Intl.Collator('vi', { numeric: true });

function tag() {
	return TAG[getLocale()];
}

function dayFormat(options: Intl.DateTimeFormatOptions) {
	return new Intl.DateTimeFormat(tag(), { ...options, timeZone: 'Asia/Ho_Chi_Minh' });
}

/** Noon in Vietnam: far from every midnight, so that the day never slips. */
function noon(day: string): Date {
	return new Date(`${day}T12:00:00+07:00`);
}
