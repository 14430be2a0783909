import { blankGoal, type Goal } from './goal';
import { blankHousehold, blankMarks, type Household } from './household';
import { blankRequest } from './blank_request';
import type { HelpRequest } from './request';
import { blankSignup, type Signup } from './signup';
import { blankThank, type Thank } from './thank';
import { blankTraining, type Training } from './training';
import { blankVisit, type Visit } from './visit';

export const KINDS = [
	'household',
	'visit',
	'signup',
	'training',
	'request',
	'goal',
	'thank'
] as const;
export type Kind = (typeof KINDS)[number];

/** What every record carries. `seq` is null until the server has numbered it. */
export type Common = {
	id: string;
	group_id: string;
	seq: number | null;
	author_id: string;
	/** ISO time by the clock of the device that wrote it. */
	recorded_at: string;
	discarded: boolean;
	/** Fields that two people changed without seeing each other, until somebody has looked. */
	overlap?: string[];
};

/** A record of any kind, told apart by `kind`. */
export type Row = Household | Visit | Signup | Training | HelpRequest | Goal | Thank;

/** A record of a kind before anything is filled in, so that no field is ever absent. */
export function blankRow(kind: Kind, common: Common): Row {
	switch (kind) {
		case 'household':
			return { ...common, kind, ...blankHousehold, ...blankMarks, said_on: {} };
		case 'visit':
			return { ...common, kind, ...blankVisit };
		case 'signup':
			return { ...common, kind, ...blankSignup };
		case 'training':
			return { ...common, kind, ...blankTraining };
		case 'request':
			return { ...common, kind, ...blankRequest };
		case 'goal':
			return { ...common, kind, ...blankGoal };
		case 'thank':
			return { ...common, kind, ...blankThank };
	}
}
