import { dayOf } from '$lib/domain/day';
import { daysSince, isClockWrong, type Member, type SeenPhone } from '$lib/domain/phones';
import { formatDuration } from '$lib/i18n/duration';
import { formatDay, formatTime } from '$lib/i18n/formats';
import { m } from '$lib/i18n/paraglide/messages';

/** A moment as its time and its day, for a message that says both. */
export function momentOf(iso: string): { time: string; day: string } {
	return { time: formatTime(iso), day: formatDay(dayOf(new Date(iso))) };
}

/** What a phone held back at its last contact; how long the oldest has waited by now. */
export function heldText(held: { count: number; oldest_at: string | null }, at: string): string {
	const days = held.oldest_at ? daysSince(held.oldest_at, at) : 0;
	if (held.count === 0) return m.phones_all_sent();
	if (days === 0) return m.phones_waiting({ count: held.count });
	return m.phones_waiting_days({ count: held.count, days });
}

export function storageText({ storage_persisted }: SeenPhone): string {
	if (storage_persisted === null) return m.phones_unknown();
	return storage_persisted ? m.phones_protected() : m.phones_plain();
}

/** How far the clock of a phone was out; null when it was right, or did not say. */
export function clockText({ clock_ahead_s }: SeenPhone): string | null {
	const ahead = (clock_ahead_s ?? 0) * 1000;
	return isClockWrong(ahead) ? m.phones_clock({ by: formatDuration(Math.abs(ahead)) }) : null;
}

/** Where a member belongs: the team, and its ward, because every ward has a Tổ 1. */
export function placeText({ groups, team_name, ward_name }: Member): string {
	return [groups.join(', ') || team_name, ward_name].filter(Boolean).join(' · ');
}
