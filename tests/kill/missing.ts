/**
 * What was acknowledged and is not there, or only as it was before.
 * @param acknowledged the last number that was acknowledged, by what it was written into
 * @param held the numbers that are there
 */
export function missing(acknowledged: Map<string, number>, held: Record<string, number>): string[] {
	return [...acknowledged].filter(([id, n]) => !((held[id] ?? -1) >= n)).map(([id]) => id);
}
