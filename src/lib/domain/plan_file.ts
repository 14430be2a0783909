import type { Day } from './day';
import type { IndicatorUnit, PlanUnit, TargetLevel, TaskStatus } from './plan';

/** What a file of a plan is checked against. */
export type PlanLists = {
	today: Day;
	units: (PlanUnit & { code: string | null })[];
	/** What headings of files meant the last time. */
	columns: Record<string, string>;
};

/** A line of a file with all that its rows tell of it. */
export type PlanFileLine =
	| { kind: 'task'; name: string; status: TaskStatus | null; as_of: Day | null; source: string }
	| {
			kind: 'indicator';
			name: string;
			unit: IndicatorUnit;
			denominator: string;
			targets: {
				level: TargetLevel;
				unit_id: string | null;
				year: number;
				value: number;
				source: string;
			}[];
			observations: { unit_id: string; as_of: Day; value: number; source: string }[];
			denominators: { unit_id: string; as_of: Day; value: number; source: string }[];
	  };

/** The head of a plan, typed beside its file. */
export type PlanHead = {
	number: string;
	name: string;
	authority: string;
	issued_on: Day;
	from_year: number | null;
	to_year: number | null;
};

export type PlanFile = PlanHead & { lines: PlanFileLine[]; columns: Record<string, string> };
