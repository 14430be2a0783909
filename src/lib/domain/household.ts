import type { Contact } from './contact';
import type { Day } from './day';
import type { Common } from './record';

/** Yes, no, or not asked yet: an unasked question is never counted as a no. */
type Answer = boolean | null;

/** The questions about what a household has and can do, in the order in which they are asked. */
export const FACTS = [
	'smartphone',
	'internet',
	'digital_address',
	'electronic_id',
	'online_services',
	'digital_payment',
	'helps_others'
] as const;
export type Fact = (typeof FACTS)[number];

/** A household as its group knows it: a house number or a nickname, and what it can do digitally. */
export type HouseholdFields = Record<Fact, Answer> & {
	label: string;
	adults: number | null;
	priority: boolean;
	note: string;
};

/** What a team says of a household besides what its form asks. */
export type HouseholdMarks = {
	/** The household that this one turned out to be; it counts there and nowhere else. */
	merged_into: string | null;
	/** Whom the leader asked to go there. */
	assigned_to: string | null;
	/** Who goes there on the day on which that was said. */
	taken_by: string | null;
	/** Whom to call there, as far as they agreed; only those who record there are told. */
	contact: Contact | null;
};

/** The fields of which the day is kept on which their value was said. */
const DATED = [...FACTS, 'assigned_to', 'taken_by'] as const;
export type SaidOn = Partial<Record<(typeof DATED)[number], Day>>;

export type Household = Common & { kind: 'household' } & HouseholdFields &
	HouseholdMarks & { said_on: SaidOn };

export const blankHousehold: HouseholdFields = {
	label: '',
	adults: null,
	smartphone: null,
	internet: null,
	digital_address: null,
	electronic_id: null,
	online_services: null,
	digital_payment: null,
	helps_others: null,
	priority: false,
	note: ''
};

export const blankMarks: HouseholdMarks = {
	merged_into: null,
	assigned_to: null,
	taken_by: null,
	contact: null
};

/**
 * The days on which the values that stand were said, after a change on a day; a value that was taken
 * back was not said. The database keeps the same (app.said_on).
 */
export function saidOn(
	before: SaidOn | undefined,
	fields: Record<string, unknown>,
	day: Day
): SaidOn {
	// What an earlier version of the app kept knows no days.
	const after: SaidOn = { ...before };
	for (const field of DATED) {
		if (!(field in fields)) continue;
		if (fields[field] === null) delete after[field];
		else after[field] = day;
	}
	return after;
}
