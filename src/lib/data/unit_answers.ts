import type { Day } from '../domain/day';
import type { KindWords, Level, LevelWords, Measure, Relation } from '../domain/unit';

/** The units of a day with their newest figures: a list for each column, in one order. */
export type UnitTreeAnswer = {
	day: Day;
	levels: LevelWords[];
	kinds: KindWords[];
	unit_id: string[];
	parent_id: (string | null)[];
	level: Level[];
	kind: string[];
	name: string[];
	code: (string | null)[];
	counted: boolean[];
	households: (number | null)[];
	adults: (number | null)[];
};

/** Another unit as a unit's page names it. */
export type UnitNamed = {
	unit_id: string;
	name: string;
	level: Level;
	from_day: Day | null;
	to_day: Day | null;
};

export type UnitSuccession = UnitNamed & { on_day: Day; relation: Relation; basis: string };

/** Another place that an edition gives the code or the name of this unit. */
export type Namesake = {
	same: 'code' | 'name';
	edition: string;
	edition_name: string;
	in_force_from: Day;
	code: string;
	official_name: string;
	unit_id: string;
};

export type UnitAnswer = UnitNamed & {
	kind: string;
	name_en: string | null;
	counted: boolean;
	invented: boolean;
	parents: UnitNamed[];
	codes: {
		edition: string;
		edition_name: string;
		in_force_from: Day;
		in_force_to: Day | null;
		source: string;
		code: string;
		official_name: string;
	}[];
	predecessors: UnitSuccession[];
	successors: UnitSuccession[];
	denominators: { measure: Measure; value: number; source: string; as_of: Day }[];
	namesakes: Namesake[];
};

/** How many rows an import found new, has changed, or left as they were. */
export type Tally = { new: number; changed: number; same: number };

export type ImportCounts = Record<
	'editions' | 'units' | 'parents' | 'codes' | 'successions' | 'figures',
	Tally
>;

/** What a city calls its teams, its levels and its kinds of units. */
export type UnitWords = { team_name: string; levels: LevelWords[]; kinds: KindWords[] };
