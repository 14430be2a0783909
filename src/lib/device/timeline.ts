import { newestFirst } from '../domain/progress';
import type { Signup } from '../domain/signup';
import type { Training } from '../domain/training';
import type { Visit } from '../domain/visit';
import type { Memory } from './memory';

/** One thing that happened, and where it stands. */
export type TimelineEntry<R = Visit | Signup | Training> = {
	record: R;
	sent: boolean;
	look: boolean;
};

/** Anything of a person's own that is dated. */
export type MyEntry = TimelineEntry;

/** What happened with a household, newest first. */
export function timelineOf(memory: Memory, household_id: string): TimelineEntry[] {
	const trainings = memory.trainings().filter((one) => one.household_ids.includes(household_id));
	return [...memory.visitsOf(household_id), ...memory.signupsOf(household_id), ...trainings]
		.sort(newestFirst)
		.map((record) => entryOf(memory, record));
}

/** What this person wrote, newest first. */
export function mineOf(memory: Memory): MyEntry[] {
	return [...memory.visits(), ...memory.signups(), ...memory.trainings()]
		.filter((record) => record.author_id === memory.person_id)
		.sort(newestFirst)
		.map((record) => entryOf(memory, record));
}

function entryOf<R extends { id: string }>(memory: Memory, record: R): TimelineEntry<R> {
	return { record, sent: !memory.waits(record.id), look: memory.looks(record.id) };
}
