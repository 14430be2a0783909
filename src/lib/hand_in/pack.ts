import type { Bundle } from '../domain/bundle/bundle';
import type { Bytes } from '../domain/bundle/bytes';
import type { Change } from '../domain/change';
import { newId } from '../domain/id';
import { seal } from './seal';
import { kitOf } from './store';

/**
 * Changes of a person as a sealed bundle; null when this phone has not got ready for it, because it
 * has not been online since, or because its browser does not let it.
 */
export async function pack(
	person_id: string,
	changes: Change[],
	answer: Bundle['answer']
): Promise<Bytes | null> {
	// Without a store there is no kit either: some private windows have none.
	const kit = await kitOf(person_id).catch(() => undefined);
	if (!kit) return null;
	const made_at = new Date().toISOString();
	return seal(
		{ v: 1, bundle_id: newId(), author_id: person_id, made_at, answer, changes },
		kit,
		kit.server
	);
}
