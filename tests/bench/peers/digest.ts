import type { All, Card } from './store';

/** What a store holds, in a few numbers that two stores share only when they hold the same. */
export type Digest = { households: number; visits: number; sum: number };

export function digestOf({ households, visits }: All): Digest {
	let sum = 0;
	// Stores give records back in orders of their own, so the sum must not depend on it.
	for (const { id, label, group_id } of households) sum += hash(`${id} ${group_id} ${label}`);
	for (const { id, household_id, day, people_helped } of visits)
		sum += hash(`${id} ${household_id} ${day} ${people_helped}`);
	return { households: households.length, visits: visits.length, sum };
}

export function digestOfPage(cards: Card[]): number {
	return hash(JSON.stringify(cards));
}

/**
 * Holds the harness to the truth: whoever was faster by leaving something out is no faster.
 * @throws Error when what a store gave back is not what was expected
 */
export function expectSame(who: string, found: unknown, expected: unknown): void {
	const [its, right] = [JSON.stringify(found), JSON.stringify(expected)];
	if (its !== right) throw new Error(`${who} answers ${its} where ${right} is right`);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let i = 0; i < text.length; i++)
		value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
	return value;
}
