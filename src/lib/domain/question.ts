import type { Day } from './day';

/** What a leader is asked about the records of a group; the thresholds stand in …_plausibility.sql. */
export const QUESTION_KINDS = [
	'over_households',
	'over_adults',
	'same_minute',
	'copies',
	'shared_phone',
	'night',
	'jump',
	'drop'
] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** What can be answered; which of it to which kind, the database says with each question. */
export const CHOICES = [
	'figure_old',
	'from_outside',
	'caught_up',
	'together',
	'went_twice',
	'different_people',
	'shared',
	'wrote_for_others',
	'worked_late',
	'clock',
	'campaign',
	'holiday',
	'away',
	'not_sent',
	'mistake',
	'other'
] as const;
export type Choice = (typeof CHOICES)[number];

/** As long as a note may be. */
export const NOTE_LENGTH = 300;

/** Numbers, days and sources, by kind; moments are ISO times. No names. */
export type Asked =
	| {
			kind: 'over_households';
			facts: { reached: number; households: number; source: string; as_of: Day };
	  }
	| {
			kind: 'over_adults';
			facts: { service: string; people: number; adults: number; source: string; as_of: Day };
	  }
	| { kind: 'same_minute'; facts: { visits: number; most: number; minute: string } }
	| { kind: 'night'; facts: { visits: number; from: string; to: string } }
	| { kind: 'copies'; facts: { visits: number; people: number } }
	| { kind: 'shared_phone'; facts: { people: number; visits: number } }
	| { kind: 'jump' | 'drop'; facts: { visits: number; usual: number; monday: Day } };

/** A question that waits for an answer. */
export type Question = Asked & {
	question_id: string;
	/** The facts as they are: an answer is given to these. */
	fingerprint: string;
	group_id: string;
	on_day: Day;
	/** Who wrote the records, where it is about one person; only for those who read them. */
	person: string | null;
	/** How many records are behind it; null where they are counted only when somebody looks. */
	records: number | null;
	choices: Choice[];
};

/** What was answered, and to what. */
export type Answered = Asked & {
	answer_id: string;
	question_id: string;
	group_id: string;
	on_day: Day;
	choice: Choice;
	note: string;
	answered_by: string;
	/** ISO time. */
	answered_at: string;
};

export type QuestionGroup = {
	group_id: string;
	name: string;
	ward_name: string;
	/** Whether the records behind its questions may be seen. */
	reads_records: boolean;
};

/** A record behind a question; of a household only its day of being reached first. */
export type RecordBehind = {
	kind: 'visit' | 'household' | 'signup';
	id: string;
	household_id: string | null;
	household: string | null;
	day: Day;
	recorded_at: string | null;
	author: string | null;
	people: number | null;
};
