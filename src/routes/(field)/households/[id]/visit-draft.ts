import type { phone } from '$lib/device/phone.svelte';
import { newId, type Edit } from '$lib/domain/change';
import { today } from '$lib/domain/day';
import { checkSignup } from '$lib/domain/checks/signup';
import type { Problem } from '$lib/domain/problems';
import { clean } from '$lib/domain/text';
import { blankVisit, type VisitFields } from '$lib/domain/visit';
import { checkVisit } from '$lib/domain/checks/visit';

type Card = (typeof phone.households)[number];

/** What is filled in at a door: a visit and, if an account was made, one sign-up. */
export type VisitDraft = {
	visit: VisitFields;
	/** No service: no sign-up. */
	signup: { service: string; result: string; people: number };
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
		signup: { service: '', result: '', people: 1 }
	};
}

/** At a shut door or a no, nobody was helped with anything. */
export function nobodyHelped(outcome: string): boolean {
	return outcome === 'not_home' || outcome === 'refused';
}

/** The records to save, cleaned, with their problems; a field of the sign-up is 'signup.…'. */
export function visitEdits(draft: VisitDraft, card: Card): { edits: Edit[]; problems: Problem[] } {
	const visit = cleaned(draft.visit);
	const base = { group_id: card.household.group_id, base: null };
	const visit_id = newId();
	const edits: Edit[] = [{ ...base, kind: 'visit', record_id: visit_id, fields: visit }];
	const problems = checkVisit(visit, today());

	if (draft.signup.service) {
		const { household_id, day } = visit;
		const signup = { household_id, visit_id, day, ...draft.signup };
		edits.push({ ...base, kind: 'signup', record_id: newId(), fields: signup });
		for (const problem of checkSignup(signup, today()))
			problems.push({ ...problem, field: `signup.${problem.field}` });
	}
	return { edits, problems };
}

function cleaned(visit: VisitFields): VisitFields {
	const nobody = nobodyHelped(visit.outcome);
	const counts = Object.entries(visit.people_by_group).filter(([, count]) => count > 0);
	return {
		...visit,
		topics: nobody ? [] : visit.topics,
		people_helped: nobody ? 0 : visit.people_helped,
		people_by_group: nobody ? {} : Object.fromEntries(counts),
		follow_up_on: visit.follow_up_on || null,
		note: clean(visit.note).trim()
	};
}
