import type { Ports } from './ports';
import { CLOCK_AHEAD } from './status';

/** Written anew only when it differs by more than a slow line could make it. */
const NOTICED = 60_000;

/**
 * Notes how far the phone's clock is ahead of the server's: what is written by a clock that is hours
 * out gets the wrong day, and only the person can set it.
 * @param server_time when the server answered, by its clock (ISO); an answer without it tells nothing
 */
export async function noteClock(
	{ clock, device }: Pick<Ports, 'clock' | 'device'>,
	server_time: string | undefined
): Promise<void> {
	const ahead = clock.now() - Date.parse(server_time ?? '');
	const noted = device.meta<number>(CLOCK_AHEAD) ?? 0;
	if (Math.abs(ahead - noted) >= NOTICED) await device.keepMeta(CLOCK_AHEAD, ahead);
}
