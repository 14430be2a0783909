import type { Day } from './day';
import type { Common } from './record';
import { cleanLabel } from './text';

/** The author of what a resident asked by a poster: nobody who has a sign-in here. */
export const RESIDENT = '00000000-0000-0000-0000-000000000000';

/** When it would suit. */
export const WISH_TIMES = ['morning', 'afternoon', 'evening'] as const;
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** By which way it came. */
export const SOURCES = ['poster', 'hotline', 'team'] as const;

/** How whoever asks agreed: to the text of a form, or to the same sentences read aloud. */
export const CONSENTS = { form: 'form_1', spoken: 'spoken_1' } as const;

/** Why a request is closed without a visit. */
export const CLOSINGS = ['solved', 'not_found', 'not_wanted', 'twice', 'passed_on'] as const;

/** What somebody who asks for help says: no name, no number to call. */
export type Ask = {
	/** Where to come, in words that the neighbours use. */
	label: string;
	/** Empty when they do not know. */
	topic: string;
	/** Empty when any time will do; so are the weekdays. */
	wish_time: string;
	wish_weekdays: string[];
	/** Empty while they have not agreed. */
	consent: string;
};

export type RequestFields = Ask & {
	asked_on: Day;
	source: string;
	/** Whose door it turned out to be. */
	household_id: string | null;
	/** Who of the team goes there. */
	taken_by: string | null;
	/** The visit by which it was done. */
	visit_id: string | null;
	/** Empty while it is open; `done`, or one of CLOSINGS. */
	ended_as: string;
	ended_on: Day | null;
};

/** A request for help. */
export type HelpRequest = Common & { kind: 'request' } & RequestFields;

/** What was asked, as it is kept: clean text. */
export function cleanAsk<A extends Ask>(ask: A): A {
	return { ...ask, label: cleanLabel(ask.label) };
}

export const STATES = ['open', 'taken', 'done', 'closed'] as const;
export type RequestState = (typeof STATES)[number];

/** How far a request has got. */
export function stateOf({
	ended_as,
	taken_by
}: {
	ended_as: string;
	taken_by: string | null;
}): RequestState {
	if (ended_as) return ended_as === 'done' ? 'done' : 'closed';
	return taken_by ? 'taken' : 'open';
}
