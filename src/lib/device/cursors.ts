/** Where the pull of each group goes on, as the store lists it. */
export function cursorsOf(group_ids: string[], cursors: string[]): Record<string, string> {
	return Object.fromEntries(group_ids.map((group_id, n) => [group_id, cursors[n] ?? '']));
}
