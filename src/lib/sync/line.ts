import { ApiError } from '../data/problem';
import type { Ports } from './ports';
import { pull } from './pull';
import { push } from './push';

export { report } from './report';

/**
 * Sends what waits, then fetches what others wrote: nothing is dropped for what was pulled before it
 * was offered to the server.
 * @param maxBytes of one batch
 * @throws ApiError
 */
export async function exchange(ports: Ports, maxBytes: number): Promise<void> {
	const { api, device } = ports;
	if (api.person_id !== device.person_id) throw new ApiError(401, 'other_person');
	const all_sent = await push(ports, maxBytes);
	await pull(ports);
	if (!all_sent) throw new ApiError(200, 'no_verdict');
	// The pull may have shown that the server lost something: it waits again, and goes at once.
	const again = device.waiting().count === 0 || (await push(ports, maxBytes));
	if (!again) throw new ApiError(200, 'no_verdict');
}
