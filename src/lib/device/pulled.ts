import type { PulledGroup } from '../domain/change';
import { blankRow, type Common, type Kind, type Row } from '../domain/record';

/** The rows of a pulled group, each with its kind. */
export function pulledRows(group: PulledGroup): Row[] {
	return [
		...group.households.map((pulled) => pulledRow('household', pulled)),
		...group.visits.map((pulled) => pulledRow('visit', pulled)),
		...group.signups.map((pulled) => pulledRow('signup', pulled)),
		...group.trainings.map((pulled) => pulledRow('training', pulled))
	];
}

/**
 * A pulled record as it is kept: an empty column takes the blank of its field, and the time is
 * written as the phone writes it, so that pulled and local records sort together.
 */
function pulledRow(kind: Kind, pulled: Common): Row {
	const filled = Object.fromEntries(Object.entries(pulled).filter(([, value]) => value !== null));
	const recorded_at = new Date(pulled.recorded_at).toISOString();
	return { ...blankRow(kind, pulled), ...filled, recorded_at };
}
