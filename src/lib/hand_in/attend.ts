import type { Work } from '../device/work';
import { CARRIED, handInCarried } from './carried';
import { EMPTIED } from './emptied';
import { isEnded } from './hand_in';
import { handInLeftBehind } from './left_behind';
import { prepare } from './prepare';

/**
 * After each contact: gets ready for a day without a session, and hands in what this phone carries for
 * others. When the session has gone, asks what that means for the phone: it may have run out, or its
 * person may have been disabled, and the server says which to the phone's key alone.
 * @returns whether the phone is out of use for the person; null when nobody knows
 */
export async function attend(work: Work, device_id: string): Promise<boolean | null> {
	const { person_id } = work.device;
	const { state, code } = work.sync.status();
	if (state === 'signed_out' && code === 'signed_out') return isEnded(person_id);
	if (state !== 'idle') return null;
	localStorage.removeItem(EMPTIED);
	await prepare(work.api, device_id);
	if (localStorage.getItem(CARRIED)) await handInCarried();
	await handInLeftBehind(person_id);
	return false;
}
