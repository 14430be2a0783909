import { Device } from '../device/device';
import { erase, handInAll, isEnded, leftOver } from './hand_in';
import { store } from './store';

const SELDOM = 24 * 60 * 60 * 1000;

/**
 * On a phone that several people share, hands in what somebody left behind who signed out and has
 * been disabled since: nobody else could. Of those who can sign in again, it waits for them. Nothing of
 * it is shown to whoever holds the phone now.
 */
export async function handInLeftBehind(holder_id: string): Promise<void> {
	const kits = await (await store()).getAll('kits');
	for (const kit of kits) {
		const asked_at = kit.asked_at ?? 0;
		if (kit.person_id === holder_id || Math.abs(Date.now() - asked_at) < SELDOM) continue;
		if (await isEnded(kit.person_id)) await empty(kit.person_id);
		else await (await store()).put('kits', { ...kit, asked_at: Date.now() });
	}
}

/** What was refused, or was being typed, stays: only the person may let go of it. */
async function empty(person_id: string): Promise<void> {
	const device = await Device.open(person_id);
	try {
		if (!(await handInAll(device)) || leftOver(device)) return;
		await device.forget();
	} finally {
		device.close();
	}
	await erase(person_id);
}
