import type { Day } from './day';

/** From the widest to the smallest; an area is an optional grouping of wards. */
export const LEVELS = ['city', 'area', 'ward', 'group'] as const;
export type Level = (typeof LEVELS)[number];

/** An official list of units, in force from a day to the first day after; null: still. */
export type Edition = {
	edition: string;
	name: string;
	in_force_from: Day;
	in_force_to: Day | null;
	source: string;
};

/** What a city calls a level, or a kind of unit on it. */
export type LevelWords = { level: Level; vi: string; en: string };
export type KindWords = LevelWords & { kind: string };

export type Measure = 'households' | 'adults';
export type Relation = 'kept' | 'merged' | 'split' | 'renamed' | 'moved';

// Rows of thousands of units travel as arrays, in the order of the columns named here.
/** A day that is null has no known beginning, or no end yet. */
export type UnitRow = [
	unit_id: string,
	level: Level,
	kind: string,
	name: string,
	name_en: string | null,
	counted: boolean,
	from_day: Day | null,
	to_day: Day | null
];
export type ParentRow = [
	unit_id: string,
	parent_id: string,
	from_day: Day | null,
	to_day: Day | null
];
export type CodeRow = [edition: string, code: string, unit_id: string, official_name: string];
export type SuccessionRow = [
	unit_id: string,
	successor_id: string,
	on_day: Day,
	relation: Relation,
	basis: string
];
/** Numbers of one source and one day; null: not told. */
export type Figures = {
	source: string;
	as_of: Day;
	rows: [unit_id: string, households: number | null, adults: number | null][];
};

/** Everything that a city knows of its units: what a new file is checked against. */
export type UnitLists = {
	version: number;
	editions: Edition[];
	levels: LevelWords[];
	kinds: KindWords[];
	units: UnitRow[];
	parents: ParentRow[];
	codes: CodeRow[];
	/** What headings of files meant the last time. */
	columns: Record<string, string>;
	succession_columns: Record<string, string>;
};

/** What an import would write, worked out against the lists of one version. */
export type UnitPlan = {
	version: number;
	edition: string | null;
	editions: Edition[];
	units: UnitRow[];
	parents: ParentRow[];
	codes: CodeRow[];
	successions: SuccessionRow[];
	figures: Figures[];
	/** How many of the units that the file names stay as they are; they are not sent. */
	unchanged: number;
	columns: Record<string, string>;
	succession_columns: Record<string, string>;
};

/** Whether something that is from one day until before another is there on a day. */
export function isOn(day: Day, from_day: Day | null, to_day: Day | null): boolean {
	return (from_day === null || from_day <= day) && (to_day === null || to_day > day);
}

/** Whether a level stands above another one. */
export function isAbove(level: Level, other: Level): boolean {
	return LEVELS.indexOf(level) < LEVELS.indexOf(other);
}
