import type { Day } from '../domain/day';
import type { Plan, PlanLine, PlanUnit, Target } from '../domain/plan';

/** A plan as it stands at a unit. */
export type PlanAnswer = {
	as_of: string;
	plan: Plan;
	/** The day from which records count for it. */
	counted_from: Day;
	unit: PlanUnit;
	/** The units of which this person may see the figures. */
	units: PlanUnit[];
	lines: PlanLine[];
};

/** The weeks of a ward, the oldest first: what was counted, and visits. */
export type PaceRow = {
	ward_id: string;
	name: string;
	counted: number;
	denominator: number | null;
	denominator_source: string | null;
	denominator_as_of: Day | null;
	weeks: number[];
	visits: number[];
};

export type PaceAnswer = {
	as_of: string;
	/** The Monday of the first of the eight weeks. */
	weeks_from: Day;
	unit: string;
	vi: string;
	en: string;
	measure: string;
	targets: Omit<Target, 'target_id'>[];
	rows: PaceRow[];
};
