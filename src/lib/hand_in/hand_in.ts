import { ApiError } from '../data/problem';
import type { Device } from '../device/device';
import { forgetKnownGroups } from '../device/known_groups';
import { later } from '../device/logbook';
import { keptNote } from '../device/lost';
import { browserNotes } from '../device/notes';
import { countsOf, type HandedIn } from '../domain/bundle/bundle';
import { NotTaken, deliver } from './deliver';
import { pack } from './pack';
import { store } from './store';

const BYTES = 256 * 1024;
const MOST_CHANGES = 200;

/**
 * Hands in all that a person has not sent from this phone, in their name and without their session.
 * Each change leaves the outbox with its verdict, as after a push.
 * @param ontaken told how many more the server has
 * @returns whether the phone is out of use for the person; when it turns out not to be, it stops
 * @throws NotTaken, ApiError
 */
export async function handInAll(
	device: Device,
	ontaken: (more: number) => void = () => undefined
): Promise<boolean> {
	for (;;) {
		const changes = device.outbox(BYTES).slice(0, MOST_CHANGES);
		if (changes.length === 0) return true;
		const bundle = await pack(device.person_id, changes, 'verdicts');
		if (!bundle) throw new NotTaken('not_proven');
		const { verdicts, ended, server_time } = await deliver<HandedIn>(bundle);
		await device.settle(verdicts, server_time);
		const [first] = changes;
		if (device.outbox(0)[0]?.change_id === first?.change_id) throw new ApiError(200, 'no_verdict');
		const { taken, already } = countsOf(verdicts);
		ontaken(taken + already);
		if (!ended) return false;
	}
}

/**
 * Whether something is on this phone alone: what was refused, what is being typed, and what does not
 * open here and may have been either. What was merged is not.
 */
export function leftOver(device: Device): boolean {
	const refused = device.returned().some(({ verdict }) => verdict.verdict !== 'merged');
	const unread = device.unreadable().changes > 0;
	return device.waiting().count > 0 || refused || unread || device.drafts().length > 0;
}

/** Asks the server, with the phone's key, whether the phone is out of use for a person; null: nobody knows. */
export async function isEnded(person_id: string): Promise<boolean | null> {
	const nothing = await pack(person_id, [], 'verdicts');
	return nothing && (await deliver<HandedIn>(nothing)).ended;
}

/** Takes what is left of a person off this phone; whoever calls has let go of the device. */
export async function erase(person_id: string): Promise<void> {
	await (await store()).delete('kits', person_id);
	forgetKnownGroups(browserNotes(), person_id);
	// First, or what the copy has would come back. One that cannot be reached holds nothing by now.
	await later()
		.then(({ eraseCopies }) => eraseCopies(person_id))
		.catch(() => undefined);
	// By whose they are and not by their names, which are the store's own affair. Absent in older
	// browsers; what is left there is empty.
	const all = (await indexedDB.databases?.()) ?? [];
	for (const { name = '' } of all)
		if (name.includes(person_id)) {
			indexedDB.deleteDatabase(name);
			browserNotes().removeItem(keptNote(name));
		}
}
