import * as v from 'valibot';

/** A whole number of people between two bounds. */
export function countField(least: number, most: number) {
	return v.pipe(
		v.number(),
		v.check((count) => Number.isInteger(count) && count >= least && count <= most, 'out_of_range')
	);
}

/**
 * How many of the people belonged to a group that needs more care, by the code of the group. Only
 * counts: who they are is never kept. One person may be counted in several groups.
 */
export const byGroupField = v.record(v.string(), countField(0, Number.MAX_SAFE_INTEGER));

/** Whether every count by group fits into the number of people. */
export function fitsInto(people: number, byGroup: Record<string, number>): boolean {
	return Object.values(byGroup).every((count) => count <= people);
}
