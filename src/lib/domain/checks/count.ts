import * as v from 'valibot';
import type { PeopleByGroup } from '../people';

/** A whole number of people between two bounds. */
export function countField(least: number, most: number) {
	return v.pipe(
		v.number(),
		v.check((count) => Number.isInteger(count) && count >= least && count <= most, 'out_of_range')
	);
}

/** Each count by itself; whether they fit into the number of people is for `fitsInto`. */
export const byGroupField = v.record(v.string(), countField(0, Number.MAX_SAFE_INTEGER));

/** Whether every count by group fits into the number of people. */
export function fitsInto(people: number, byGroup: PeopleByGroup): boolean {
	return Object.values(byGroup).every((count) => count <= people);
}
