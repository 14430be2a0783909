import type { Memory } from './memory';

/** How much is on a phone, and how much of it is certain. */
export type Held = {
	households: number;
	/** Visits, sign-ups and trainings of everybody in the groups. */
	records: number;
	/** Records of this person that the server has. */
	sent: number;
};

export function heldOf(memory: Memory): Held {
	const records = [...memory.visits(), ...memory.signups(), ...memory.trainings()];
	const mine = records.filter((record) => record.author_id === memory.person_id);
	return {
		households: memory.households().length,
		records: records.length,
		sent: mine.filter(({ id }) => memory.isConfirmed(id) && !memory.waits(id)).length
	};
}
