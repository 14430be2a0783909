import type { Day } from '../domain/day';

/** Figures of a group in a month. A figure that nobody knows is null, never 0. */
export type CoverageRow = {
	group_id: string;
	name: string;
	ward_id: string;
	ward_name: string;
	households: number | null;
	households_source: string | null;
	households_as_of: Day | null;
	reached: number;
	coverage: number | null;
	visits: number;
	people_helped: number;
	signups: Record<string, number>;
	/** Heads counted at trainings: who came twice is in it twice. */
	attendance: number;
	/** Households of which somebody came to a training, each once. */
	households_learned: number;
	requests_opened: number;
	requests_done: number;
	last_day: Day | null;
	registered: number;
};

export type CoverageAnswer = {
	as_of: string;
	month: Day;
	unit: { id: string; name: string };
	rows: CoverageRow[];
};

/** Figures of a ward in a month; `counted` says whether anything was counted there at all. */
export type CompareRow = {
	ward_id: string;
	code: string;
	name: string;
	area_name: string | null;
	counted: boolean;
	households: number | null;
	households_source: string | null;
	households_as_of: Day | null;
	reached: number;
	coverage: number | null;
	visits: number;
	people_helped: number;
	signups: Record<string, number>;
	/** Heads counted at trainings: who came twice is in it twice. */
	attendance: number;
	/** Households of which somebody came to a training, each once. */
	households_learned: number;
	requests_opened: number;
	requests_done: number;
};

export type CompareAnswer = {
	as_of: string;
	month: Day;
	rows: CompareRow[];
	/** The services in use, by code. */
	services: string[];
};
