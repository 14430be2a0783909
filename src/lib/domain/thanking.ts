import { clean } from './text';
import type { Thank, ThankFields } from './thank';

/** A thank-you as it is kept: clean text. */
export function cleanThank(thank: ThankFields): ThankFields {
	return { ...thank, words: clean(thank.words).trim() };
}

/** Those that this person is thanked with, alone or with the team, the newest first. */
export function thanksFor(thanks: Thank[], person_id: string): Thank[] {
	return thanks
		.filter(({ to_id, author_id }) => (to_id ?? person_id) === person_id && author_id !== person_id)
		.sort((a, b) => b.recorded_at.localeCompare(a.recorded_at));
}
