import type { Day } from './day';
import type { Common } from './record';

/** How many households a team means to help in a week. */
export type GoalFields = {
	/** The Monday of the first week for which it stands; it stands until a later one. */
	from_week: Day;
	/** 0: none is set any more. */
	households: number;
};

export type Goal = Common & { kind: 'goal' } & GoalFields;

export const blankGoal: GoalFields = { from_week: '', households: 0 };
