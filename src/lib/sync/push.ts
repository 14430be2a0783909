import { PROTOCOL } from '../data/functions';
import { VERDICTS } from '../domain/change';
import type { Ports } from './ports';
import { reportOf } from './report';

const MOST_CHANGES = 200;

/**
 * Sends what waits, oldest first, in batches of at most `maxBytes`, until nothing waits. What is
 * saved meanwhile is sent too. A change without a verdict stays; when nothing of a batch got one,
 * this stops instead of asking the same thing for ever. Answers whether everything was sent.
 * @throws ApiError
 */
export async function push(ports: Ports, maxBytes: number): Promise<boolean> {
	const { api, device } = ports;
	for (;;) {
		const changes = device.outbox(maxBytes).slice(0, MOST_CHANGES);
		if (changes.length === 0) return true;

		const report = reportOf(ports, changes.length);
		const answer = await api.rpc('push', { protocol: PROTOCOL, device: report, changes });

		const sent = new Set(changes.map((change) => change.change_id));
		const verdicts = (answer?.verdicts ?? []).filter(
			({ change_id, verdict }) => sent.has(change_id) && VERDICTS.includes(verdict)
		);
		if (verdicts.length === 0) return false;
		await device.settle(verdicts, answer?.server_time);
	}
}
