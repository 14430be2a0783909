import type { Edit } from './change';
import type { Household, HouseholdMarks } from './household';

/** A household with what was merged into it. */
type Gathered = { household: Household; merged: Household[] };

/** A change of what the team says of a household. */
export function mark(
	{ id: record_id, group_id, seq: base }: Household,
	fields: Partial<HouseholdMarks>
): Edit {
	return { kind: 'household', record_id, group_id, base, fields };
}

/**
 * What merges a household into another: what was merged into it goes along first, so that nobody
 * ever has to follow a chain. The second list takes it back.
 */
export function merging(gone: Gathered, kept: Gathered): { edits: Edit[]; undo: Edit[] } {
	const into = (id: string | null) => ({ merged_into: id });
	return {
		edits: [...gone.merged, gone.household].map((one) => mark(one, into(kept.household.id))),
		undo: [
			mark(gone.household, into(null)),
			...gone.merged.map((one) => mark(one, into(gone.household.id)))
		]
	};
}
