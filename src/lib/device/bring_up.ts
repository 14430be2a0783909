import { layOutAnew } from './layout';
import { keptNote } from './lost';
import { browserNotes } from './notes';
import { sealVersion1 } from './upgrade';

export { replaceKey } from './layout';

/** Brings a database from an older version, 0 being none at all, to the one of today. */
export async function bringUp(name: string, version: number): Promise<void> {
	if (version === 0) await layOutAnew(name);
	else await sealVersion1(name);
	browserNotes().setItem(keptNote(name), '');
}
