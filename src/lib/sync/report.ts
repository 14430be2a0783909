import type { DeviceReport } from '../data/functions';
import type { Ports } from './ports';

/** The server notes a phone no more often than this. */
const SELDOM = 10 * 60_000;

/**
 * What this phone says of itself: what waits is told without the oldest few, which are on their way
 * with the report and will have been taken when anybody reads it.
 */
export function reportOf({ about, clock, device }: Ports, on_their_way = 0): DeviceReport {
	const { count, oldest_at } = device.waiting(on_their_way);
	const now = new Date(clock.now()).toISOString();
	return { ...about(), waiting: count, oldest_at, now };
}

/**
 * Tells the server that this phone is in contact, for those who look after its team: a phone that
 * sends nothing would look as if it lay in a drawer. Sending and fetching never wait for it, and
 * nobody is bothered when it fails: the next contact tells the same.
 * @param told_at when the server last heard of this phone (ms), null when not since the app was opened
 * @returns when it heard of it last, now
 */
export async function report(ports: Ports, told_at: number | null): Promise<number | null> {
	const now = ports.clock.now();
	// Not later than, because the phone's clock may be set back by a year meanwhile.
	if (told_at !== null && Math.abs(now - told_at) < SELDOM) return told_at;
	try {
		await ports.api.rpc('report', { device: reportOf(ports) });
		return now;
	} catch {
		// An older server does not know it, or the line broke: see above.
		return told_at;
	}
}
