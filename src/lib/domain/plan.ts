import type { Day } from './day';
import type { Level } from './unit';

export const INDICATOR_UNITS = [
	'percent',
	'people',
	'households',
	'wards',
	'groups',
	'markets',
	'services',
	'accounts',
	'downloads',
	'addresses',
	'firms',
	'products',
	'years',
	'number'
] as const;
export type IndicatorUnit = (typeof INDICATOR_UNITS)[number];
/** Whether more of it is better, or less. */
export type Direction = 'more' | 'less';
export type TargetLevel = 'nation' | 'city' | 'ward';

/** The official words: vượt, đạt, chưa đạt, chưa xác định. */
export type IndicatorStatus = 'exceeded' | 'met' | 'not_met' | 'undetermined';
/** Hoàn thành, đang triển khai, chưa hoàn thành. */
export const TASK_STATUSES = ['done', 'in_progress', 'not_done'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];
export type ReportedStatus = IndicatorStatus | TaskStatus | 'met_or_exceeded' | 'all';

export type PlanKind = 'plan' | 'legal_basis' | 'collection';

/** How many lines stood where, as an office reported it. */
export type PlanCount = {
	line_kind: 'indicator' | 'task';
	status: ReportedStatus;
	lines: number;
	as_of: Day;
	source: string;
};

export type Plan = {
	plan_id: string;
	kind: PlanKind;
	number: string;
	name: string;
	authority: string;
	issued_on: Day | null;
	from_year: number | null;
	to_year: number | null;
	counts: PlanCount[];
	/** How many lines we have of each kind. */
	indicators: number;
	tasks: number;
};

export type Indicator = {
	indicator_id: string;
	unit: IndicatorUnit;
	direction: Direction;
	denominator_vi: string;
	denominator_en: string;
	/** What the teams' records count beside the official figure; null: nothing. */
	measure: string | null;
	numerator: 'typed' | 'counted';
};

/** `place` names another city of which the source speaks; of the nation both are null. */
export type Target = {
	target_id: string;
	level: TargetLevel;
	unit_id: string | null;
	place: string | null;
	year: number;
	value: number;
	source: string;
};

/** What somebody has published. `sign`: ">" more than, "~" about, as they said it. */
export type Observation = {
	observation_id: string;
	unit_id: string | null;
	place: string | null;
	as_of: Day;
	/** The time as the source says it, where that is no day. */
	said_of: string;
	sign: '' | '>' | '~';
	value: number;
	/** Where the source says both numbers: 18 of 109. */
	out_of: number | null;
	source: string;
};

/** A figure below the line, typed by an office. */
export type Denominator = { value: number; as_of: Day; source: string };

type Line = { line_id: string; position: number; vi: string; en: string };
export type TaskLine = Line & {
	kind: 'task';
	status: TaskStatus | null;
	as_of: Day | null;
	source: string;
};
export type IndicatorLine = Line & {
	kind: 'indicator';
	indicator: Indicator;
	targets: Target[];
	observations: Observation[];
	/** Newest first. */
	denominators: Denominator[];
	/** What the teams' records count; null where nothing is counted for it. */
	counted: number | null;
};
export type PlanLine = TaskLine | IndicatorLine;

export type PlanUnit = { unit_id: string; name: string; level: Level };

/** A figure that decides about a line, and the target it is held against. */
export type Standing = {
	status: IndicatorStatus;
	target: Target | null;
	value: number | null;
};

/**
 * Where an indicator stands at a place, in the year of a day. Without a target or a figure it is
 * undetermined: what nobody has said is not zero. An official figure is never worked out from records;
 * a counted one is only where the indicator itself is a count.
 */
export function standingOf(line: IndicatorLine, unit: PlanUnit, today: Day): Standing {
	const target = targetOf(line.targets, unit, Number(today.slice(0, 4)));
	const value = line.indicator.numerator === 'counted' ? countedOf(line) : officialOf(line, unit);
	return {
		target,
		value,
		status: statusOf(value, target?.value ?? null, line.indicator.direction)
	};
}

export function statusOf(
	value: number | null,
	target: number | null,
	direction: Direction
): IndicatorStatus {
	if (value === null || target === null) return 'undetermined';
	if (value === target) return 'met';
	return value > target === (direction === 'more') ? 'exceeded' : 'not_met';
}

/**
 * The target that counts at a place: its own and no other's (of the city that of the nation where it has
 * none), of the year that runs or else the next, or the last that was.
 */
export function targetOf(targets: Target[], unit: PlanUnit, year: number): Target | null {
	const own = targets.filter(({ unit_id }) => unit_id === unit.unit_id);
	const nation = unit.level === 'city' ? targets.filter(({ level }) => level === 'nation') : [];
	const inTurn = (own.length > 0 ? own : nation).sort((a, b) => a.year - b.year);
	return inTurn.find((target) => target.year >= year) ?? inTurn.at(-1) ?? null;
}

/** The newest official figure of a place; null where none was published. */
export function officialOf({ observations }: IndicatorLine, unit: PlanUnit): number | null {
	const own = observations.filter(({ unit_id }) => unit_id === unit.unit_id);
	return own.sort((a, b) => b.as_of.localeCompare(a.as_of))[0]?.value ?? null;
}

/** What is counted, as the indicator is written: a share only over a typed denominator. */
export function countedOf({ indicator, counted, denominators }: IndicatorLine): number | null {
	if (counted === null || indicator.unit !== 'percent') return counted;
	const [below] = denominators;
	return below && below.value > 0 ? (100 * counted) / below.value : null;
}
