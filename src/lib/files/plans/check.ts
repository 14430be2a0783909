import type { Day } from '../../domain/day';
import type { PlanProblem } from '../../domain/problems';
import type { PlanLists, PlanFileLine } from '../../domain/plan_file';
import { fold } from '../../domain/text';
import type { Mapping, Sheet } from '../mapping';
import { Reading } from '../reading';
import type { TableProblem, TableRow } from '../table';
import type { PlanField } from './fields';
import { figureOf } from './figure';
import { kindOf, levelOf, statusOf, unitOf } from './words';

/** What a file of a plan means. `lines` is empty as long as anything must be mended. */
export type CheckedPlan = { lines: PlanFileLine[]; figures: number; problems: TableProblem[] };

type Reader = Reading<PlanField, PlanProblem>;

/** Reads the whole file before anything is written, and says of every cell what is wrong with it. */
export function checkPlan(
	lists: PlanLists,
	sheet: Sheet,
	mapping: Mapping<PlanField>
): CheckedPlan {
	const reading: Reader = new Reading(mapping);
	const lines = new Map<string, PlanFileLine>();
	let figures = 0;
	for (const row of sheet.rows) {
		const line = lineOf(reading, row, lines);
		if (line?.kind === 'indicator') figures += figuresOf(reading, lists, row, line);
	}
	return {
		lines: reading.stopped ? [] : [...lines.values()],
		figures,
		problems: reading.problems
	};
}

/** The line that a row is about: a new one, or that of an earlier row with the same name. */
function lineOf(reading: Reader, row: TableRow, lines: Map<string, PlanFileLine>) {
	const name = reading.needed(row, 'name', 300);
	if (!name) return null;
	const said = reading.text(row, 'kind');
	const kind = said === '' ? 'indicator' : kindOf(said);
	if (!kind) {
		reading.add('plan_kind_unknown', row, 'kind', { value: said.slice(0, 80) });
		return null;
	}
	const key = `${kind} ${fold(name)}`;
	const known = lines.get(key);
	const line =
		known ?? (kind === 'task' ? taskOf(reading, row, name) : indicatorOf(reading, row, name));
	if (line) lines.set(key, line);
	return line;
}

function taskOf(reading: Reader, row: TableRow, name: string): PlanFileLine {
	const said = reading.text(row, 'status');
	const status = statusOf(said);
	if (said && !status)
		reading.add('plan_status_unknown', row, 'status', { value: said.slice(0, 80) });
	return {
		...{ kind: 'task', name, status },
		as_of: status ? reading.day(row, 'as_of') : null,
		source: status ? sourceOf(reading, row) : ''
	};
}

function indicatorOf(reading: Reader, row: TableRow, name: string): PlanFileLine | null {
	const said = reading.needed(row, 'unit');
	const unit = unitOf(said);
	if (said && !unit) reading.add('plan_unit_unknown', row, 'unit', { value: said.slice(0, 80) });
	const denominator = reading.text(row, 'denominator');
	if (unit === 'percent' && denominator === '')
		reading.add('plan_denominator_missing', row, 'denominator');
	if (!unit) return null;
	return {
		kind: 'indicator',
		name,
		unit,
		denominator,
		targets: [],
		observations: [],
		denominators: []
	};
}

/** Adds what a row tells of an indicator: a target, an observation, the value of its denominator. */
function figuresOf(
	reading: Reader,
	lists: PlanLists,
	row: TableRow,
	line: Extract<PlanFileLine, { kind: 'indicator' }>
): number {
	const target = numberOf(reading, row, 'target', line.unit);
	const value = numberOf(reading, row, 'value', line.unit);
	const below = numberOf(reading, row, 'denominator_value');
	const level = placedOn(reading, row);
	const unit_id = level ? unitOfRow(reading, lists, row, level) : null;
	const as_of = value === null && below === null ? null : dayOf(reading, lists.today, row);
	const year = target === null ? null : yearOf(reading, row);
	if (target === null && value === null && below === null) return 0;
	const source = sourceOf(reading, row);
	if (below === 0) reading.add('plan_denominator_zero', row, 'denominator_value');
	if (!level || (unit_id === null && level !== 'nation')) return 0;
	if (target !== null && year !== null)
		line.targets.push({ level, unit_id, year, value: target, source });
	if (unit_id && as_of && value !== null) line.observations.push({ unit_id, as_of, value, source });
	if (unit_id && as_of && below) line.denominators.push({ unit_id, as_of, value: below, source });
	return [target, value, below].filter((one) => one !== null).length;
}

function numberOf(reading: Reader, row: TableRow, field: PlanField, unit?: string): number | null {
	const { kept_as } = reading.cell(row, field);
	const text = reading.text(row, field);
	const figure = figureOf(text, kept_as);
	const value = text.slice(0, 40);
	if (figure === 'ambiguous') reading.add('plan_number_ambiguous', row, field, { value });
	else if (figure === 'negative') reading.add('cell_negative', row, field, { value });
	else if (figure === 'no_number') reading.add('plan_not_a_number', row, field, { value });
	if (typeof figure !== 'number') return null;
	if (unit === 'percent' && figure > 100)
		reading.add('plan_over_hundred', row, field, { weight: 'note', value });
	return figure;
}

function placedOn(reading: Reader, row: TableRow) {
	const said = reading.text(row, 'level');
	if (said === '') return reading.text(row, 'ward') === '' ? 'city' : 'ward';
	const level = levelOf(said);
	if (!level) reading.add('plan_level_unknown', row, 'level', { value: said.slice(0, 80) });
	return level;
}

/** The city, or the ward that the row names by its code or its name. */
function unitOfRow(
	reading: Reader,
	{ units }: PlanLists,
	row: TableRow,
	level: string
): string | null {
	if (level === 'nation') return null;
	if (level === 'city') return units.find((unit) => unit.level === 'city')?.unit_id ?? null;
	const said = reading.needed(row, 'ward');
	if (!said) return null;
	const bare = (name: string) => fold(name).replace(/^(phuong|xa|thi tran|dac khu|p\.|x\.)\s*/, '');
	const found = units.filter(
		(unit) => unit.level === 'ward' && (unit.code === said || bare(unit.name) === bare(said))
	);
	if (found.length !== 1)
		reading.add('plan_ward_unknown', row, 'ward', { value: said.slice(0, 80) });
	return found.length === 1 ? (found[0]?.unit_id ?? null) : null;
}

function yearOf(reading: Reader, row: TableRow): number | null {
	const said = reading.text(row, 'year');
	if (said === '') reading.add('plan_year_missing', row, 'year');
	else if (!/^(19|20)\d{2}$/.test(said))
		reading.add('plan_year_unreadable', row, 'year', { value: said.slice(0, 20) });
	else return Number(said);
	return null;
}

function dayOf(reading: Reader, today: Day, row: TableRow): Day | null {
	const day = reading.day(row, 'as_of');
	if (day && day > today) reading.add('plan_day_in_future', row, 'as_of', { value: day });
	else if (!day && reading.text(row, 'as_of') === '')
		reading.add('plan_as_of_missing', row, 'as_of');
	return day;
}

function sourceOf(reading: Reader, row: TableRow): string {
	const source = reading.text(row, 'source', 300);
	if (source === '') reading.add('plan_source_missing', row, 'source');
	return source;
}
