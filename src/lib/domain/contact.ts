import type { Day } from './day';

/** Whom to call at a household: kept only with a consent, and gone when it is taken back. */
export type Contact = {
	/** '0905000123': as it is dialled. */
	phone: string;
	/** What to say when somebody answers; may be empty. */
	name: string;
	/** The day on which they agreed, by word of mouth and in person. */
	consented_on: Day;
	/** Which wording was read to them. */
	consent_text: string;
	/** Who noted it down; the server says it of its own. */
	recorded_by?: string;
};

/** The wording that is read aloud today. A new wording gets a new name, so that proof stays proof. */
export const CONSENT_TEXT = 'contact_2026';

/** A phone number as it is dialled here: '+84 905-000-123' is '0905000123'. The database does the same. */
export function plainPhone(typed: string): string {
	return typed.replace(/[\s.()-]/g, '').replace(/^\+?84/, '0');
}
