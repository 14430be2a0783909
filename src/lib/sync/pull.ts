import { PROTOCOL } from '../data/functions';
import { ApiError } from '../data/problem';
import { noteClock } from './clock';
import type { Ports } from './ports';

/**
 * Brings what others wrote since the last time, a page at a time. Each page is kept with its cursors
 * before the next is asked for, so that a line that breaks loses only the page under way.
 * @throws ApiError
 */
export async function pull({ api, clock, device }: Ports): Promise<void> {
	for (;;) {
		const before = device.cursors();
		const answer = await api.rpc('pull', { protocol: PROTOCOL, cursors: before });
		if (!Array.isArray(answer?.groups)) throw new ApiError(200, 'server_error', 'no groups');
		const whole = await device.ingest(answer, before);
		await noteClock({ clock, device }, answer.server_time);

		const after = device.cursors();
		// A group that lost its cursor was found to lack what the server had confirmed: it begins anew.
		if (whole && answer.groups.every((group) => !group.more && group.group_id in after)) return;
		const moved = answer.groups.some((group) => before[group.group_id] !== after[group.group_id]);
		if (!moved) throw new ApiError(200, 'server_error', 'more was promised and nothing came');
	}
}
