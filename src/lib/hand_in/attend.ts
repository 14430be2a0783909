import type { HandedIn } from '../domain/bundle/bundle';
import type { Work } from '../device/work';
import { CARRIED, handInCarried } from './carried';
import { deliver } from './deliver';
import { EMPTIED } from './emptied';
import { pack } from './pack';
import { prepare } from './prepare';

/**
 * After each contact: gets ready for a day without a session, and hands in what this phone carries for
 * others. When the session has gone, asks what that means for the phone: whether it is out of use.
 * @returns null when nobody knows
 */
export async function attend(work: Work, device_id: string): Promise<boolean | null> {
	const { state, code } = work.sync.status();
	if (state === 'signed_out' && code === 'signed_out') return isEnded(work.device.person_id);
	if (state !== 'idle') return null;
	localStorage.removeItem(EMPTIED);
	await prepare(work.api, device_id);
	if (localStorage.getItem(CARRIED)) await handInCarried();
	return false;
}

/** A session may have run out, or its person been disabled: the server says it to the phone's key alone. */
async function isEnded(person_id: string): Promise<boolean | null> {
	const nothing = await pack(person_id, [], 'verdicts');
	return nothing && (await deliver<HandedIn>(nothing)).ended;
}
