import type { MyGroup } from '../domain/me';
import type { Surroundings } from './holder';

type Notes = Surroundings['notes'];

/**
 * Which groups a person knows to be on this phone. A note of the browser and not of one tab: what was
 * read in one tab is read in all of them. Null before it was ever noted.
 */
export function knownGroups(notes: Notes, person_id: string): MyGroup[] | null {
	try {
		const known: unknown = JSON.parse(notes.getItem(keyOf(person_id)) ?? 'null');
		return Array.isArray(known) ? (known as MyGroup[]) : null;
	} catch {
		// Somebody else's scribble: as good as no note.
		return null;
	}
}

export function noteKnownGroups(notes: Notes, person_id: string, groups: MyGroup[]): void {
	notes.setItem(keyOf(person_id), JSON.stringify(groups));
}

/** For when the person leaves the phone: where somebody works is nobody else's affair. */
export function forgetKnownGroups(notes: Notes, person_id: string): void {
	notes.removeItem(keyOf(person_id));
}

const keyOf = (person_id: string) => `tung-nha.groups.${person_id}`;
