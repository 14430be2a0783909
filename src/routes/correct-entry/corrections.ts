import type { MyEntry } from '$lib/device/timeline';
import { checkReason } from '$lib/domain/checks/reason';
import { checkSignup } from '$lib/domain/checks/signup';
import { checkTraining } from '$lib/domain/checks/training';
import { checkVisit } from '$lib/domain/checks/visit';
import { differences, type Edit } from '$lib/domain/change';
import { today } from '$lib/domain/day';
import type { Problem } from '$lib/domain/problems';
import { blankSignup, type SignupFields } from '$lib/domain/signup';
import { clean } from '$lib/domain/text';
import { blankTraining, cleanTraining, type TrainingFields } from '$lib/domain/training';
import { blankVisit, cleanVisit, type VisitFields } from '$lib/domain/visit';

type Fields =
	| { kind: 'visit'; fields: VisitFields }
	| { kind: 'signup'; fields: SignupFields }
	| { kind: 'training'; fields: TrainingFields };

/** A record that is being corrected, as it shall be, and why. */
export type CorrectionDraft = Fields & { reason: string };

/** Nothing corrected yet. */
export function blankCorrection(record: MyEntry['record']): CorrectionDraft {
	switch (record.kind) {
		case 'visit':
			return { kind: 'visit', fields: only(blankVisit, record), reason: '' };
		case 'signup':
			return { kind: 'signup', fields: only(blankSignup, record), reason: '' };
		case 'training':
			return { kind: 'training', fields: only(blankTraining, record), reason: '' };
	}
}

/** What is wrong with a correction; a wrong reason is a problem of the field 'reason'. */
export function checkCorrection(draft: CorrectionDraft): Problem[] {
	return [...checkFields(draft), ...checkReason(draft.reason)];
}

/**
 * The change that a correction makes; null when nothing differs.
 * @param begun as the form was when the writer began, with the number of the record then
 */
export function correctionEdit(
	{ id, kind, group_id }: MyEntry['record'],
	begun: { form: CorrectionDraft; base: number | null },
	draft: CorrectionDraft
): Edit | null {
	const fields = differences(begun.form.fields, cleaned(draft).fields);
	if (Object.keys(fields).length === 0) return null;
	const reason = clean(draft.reason).trim();
	return { kind, record_id: id, group_id, base: begun.base, fields: { ...fields, reason } };
}

function checkFields(draft: CorrectionDraft): Problem[] {
	const corrected = cleaned(draft);
	switch (corrected.kind) {
		case 'visit':
			return checkVisit(corrected.fields, today());
		case 'signup':
			return checkSignup(corrected.fields, today());
		case 'training':
			return checkTraining(corrected.fields, today());
	}
}

function cleaned(draft: CorrectionDraft): CorrectionDraft {
	switch (draft.kind) {
		case 'visit':
			return { ...draft, fields: cleanVisit(draft.fields) };
		case 'signup':
			return draft;
		case 'training':
			return { ...draft, fields: cleanTraining(draft.fields) };
	}
}

/** The fields of a record that its form knows. */
function only<F extends object>(blank: F, record: F): F {
	const names = Object.keys(blank) as (keyof F)[];
	return Object.fromEntries(names.map((name) => [name, record[name]])) as F;
}
