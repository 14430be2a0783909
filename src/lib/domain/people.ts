/**
 * How many of the people belonged to a group that needs more care, by the code of the group. Only
 * counts: who they are is never kept. One person may be counted in several groups.
 */
export type PeopleByGroup = Record<string, number>;

/** The counts that say something: a group of nobody is not counted. */
export function withoutZeros(counts: PeopleByGroup): PeopleByGroup {
	return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
