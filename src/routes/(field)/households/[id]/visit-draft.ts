import type { phone } from '$lib/device/phone.svelte';
import type { Edit } from '$lib/domain/change';
import { newId } from '$lib/domain/id';
import { today } from '$lib/domain/day';
import { checkSignup } from '$lib/domain/checks/signup';
import type { Problem } from '$lib/domain/problems';
import type { SignupFields } from '$lib/domain/signup';
import { blankVisit, cleanVisit, type VisitFields } from '$lib/domain/visit';
import { checkVisit } from '$lib/domain/checks/visit';

type Card = (typeof phone.households)[number];

/** An account that was made or tried at a door, as it is filled in; no result yet: an empty one. */
export type SignupDraft = Pick<SignupFields, 'service' | 'result' | 'people'>;

/** What is filled in at a door: a visit, and the accounts that were made in it. */
export type VisitDraft = {
	visit: VisitFields;
	signups: SignupDraft[];
	/** The requests for help that are done with it, by their ids. */
	answered: string[];
};

/** Nothing typed yet: today, one person, and what this household was helped with last time. */
export function blankVisitDraft(card: Card): VisitDraft {
	const last = card.last_help;
	return {
		visit: {
			...blankVisit,
			household_id: card.household.id,
			day: today(),
			place: last?.place || 'home',
			topics: [...(last?.topics ?? [])],
			outcome: 'helped',
			people_helped: 1
		},
		signups: [],
		answered: []
	};
}

/** The records to save, cleaned, with their problems; a field of a sign-up is '<service>.…'. */
export function visitEdits(draft: VisitDraft, card: Card): { edits: Edit[]; problems: Problem[] } {
	const visit = cleanVisit(draft.visit);
	const base = { group_id: card.household.group_id, base: null };
	const visit_id = newId();
	const edits: Edit[] = [{ ...base, kind: 'visit', record_id: visit_id, fields: visit }];
	const problems = checkVisit(visit, today());

	for (const filled of draft.signups) {
		const { household_id, day } = visit;
		const signup = { household_id, visit_id, day, ...filled };
		edits.push({ ...base, kind: 'signup', record_id: newId(), fields: signup });
		for (const problem of checkSignup(signup, today()))
			problems.push({ ...problem, field: `${filled.service}.${problem.field}` });
	}
	return { edits, problems };
}
