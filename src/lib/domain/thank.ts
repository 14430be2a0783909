import type { Day } from './day';
import type { Common } from './record';

/** A thank-you of whoever leads a team. */
export type ThankFields = {
	/** The Monday of the week that it is for, and in which it is shown. */
	week: Day;
	/** Whom it thanks; null: the whole team. */
	to_id: string | null;
	words: string;
};

export type Thank = Common & { kind: 'thank' } & ThankFields;

export const blankThank: ThankFields = { week: '', to_id: null, words: '' };
