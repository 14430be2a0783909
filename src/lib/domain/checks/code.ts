import * as v from 'valibot';

/**
 * The code of a catalogue entry. Any word is taken, because the catalogue is data that a city edits
 * and a phone may be a version behind: a record keeps codes that it does not know.
 */
export const codeField = v.pipe(
	v.string(),
	v.check((code) => code !== '', 'missing')
);

const MOST_CODES = 40;

const MOST_IDS = 500;

/** Ids of several households or members. */
export const idsField = v.pipe(
	v.array(v.string()),
	v.check((ids) => ids.length <= MOST_IDS, 'out_of_range')
);

/** Several codes of one list, such as the topics of a visit. */
export const codesField = v.pipe(
	v.array(codeField),
	v.check((codes) => codes.length <= MOST_CODES, 'out_of_range')
);
