import type { phone } from '$lib/device/phone.svelte';
import { formatTime } from '$lib/i18n/formats';
import { m } from '$lib/i18n/paraglide/messages';
import type { IconName } from '$lib/ui/icons';

type Sync = typeof phone.sync;
type Action = 'send' | 'look' | 'sign_in';

export type Status = {
	tone: 'ok' | 'calm' | 'warn' | 'danger';
	icon: IconName;
	text: string;
	action?: Action;
};

const DAY = 24 * 60 * 60 * 1000;

/**
 * The one sentence about sending, the most pressing first. Being offline is calm: it is the normal
 * state of the work, and nothing is lost by it.
 * @param now milliseconds, to tell how long something has waited
 */
export function statusOf(sync: Sync, now: number): Status {
	const { state, waiting, look } = sync;
	const days = sync.oldest_at ? Math.floor((now - Date.parse(sync.oldest_at)) / DAY) : 0;

	if (state === 'signed_out')
		return { tone: 'warn', icon: 'warning', text: m.status_signed_out(), action: 'sign_in' };
	if (sync.code === 'update_needed')
		return { tone: 'warn', icon: 'update', text: m.status_update_needed() };
	if (look > 0)
		return { tone: 'warn', icon: 'warning', text: m.status_look({ count: look }), action: 'look' };
	if (days >= 1)
		return { tone: 'warn', icon: 'waiting', text: m.status_unsent_days({ days }), action: 'send' };
	if (state === 'offline')
		return {
			tone: 'calm',
			icon: 'offline',
			text: waiting > 0 ? m.status_offline_waiting({ count: waiting }) : m.status_offline()
		};
	if (state === 'sending')
		return {
			tone: 'calm',
			icon: 'send',
			text: waiting > 0 ? m.status_sending({ count: waiting }) : m.status_checking()
		};
	if (state === 'failed')
		return { tone: 'warn', icon: 'warning', text: m.status_failed(), action: 'send' };
	if (waiting > 0)
		return {
			tone: 'calm',
			icon: 'waiting',
			text: m.status_waiting({ count: waiting }),
			action: 'send'
		};
	if (sync.sent_at !== null)
		return { tone: 'ok', icon: 'check', text: m.status_sent({ time: formatTime(sync.sent_at) }) };
	return { tone: 'ok', icon: 'check', text: m.status_saved() };
}
