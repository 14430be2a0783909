import type { Day } from '../../domain/day';
import type { UnitProblem } from '../../domain/problems';
import type { Edition, UnitLists, UnitPlan } from '../../domain/unit';
import { missingFields, rememberedOf, type Mapped } from '../mapping';
import { Reading } from '../reading';
import type { TableProblem } from '../table';
import { editionFor } from './editions';
import { successionFields, unitFields, type SuccessionField, type UnitField } from './fields';
import { Known } from './known';
import { Kinds } from './kinds';
import { readListed, type Listed, type UnitReading } from './listed';
import { Places } from './parents';
import { planOf } from './plan';
import {
	Before,
	edgesInRows,
	edgesInSheet,
	type Edge,
	type SuccessionReading
} from './successions';
import { noteMixedTones } from './tones';
import { noteTwice } from './twice';

/** What a person says of a file beside the file itself. */
export type UnitChoice = {
	/** The official list that the file is; null for groups and figures alone. */
	edition: Edition | null;
	/** Where figures come from, and of which day, when their rows do not say. */
	source: string;
	as_of: Day | null;
	today: Day;
};

export type CheckedUnits = {
	problems: TableProblem[];
	/** Of the second file, that says which unit became which. */
	succession_problems: TableProblem[];
	/** What would be written; null while anything must be mended. */
	plan: UnitPlan | null;
};

/**
 * Checks a whole file of units against what the city has, and works out what it would write. Pure:
 * the same file and lists give the same answer, but for the ids of new units.
 */
export function checkUnits(
	lists: UnitLists,
	units: Mapped<UnitField>,
	successions: Mapped<SuccessionField> | null,
	choice: UnitChoice,
	makeId: () => string
): CheckedUnits {
	const reading: UnitReading = new Reading(units.mapping);
	const edges: SuccessionReading = new Reading(successions?.mapping ?? {});
	for (const name of missingFields(unitFields, units.mapping))
		reading.add('column_missing', null, null, { details: { field: name } });
	for (const name of successions ? missingFields(successionFields, successions.mapping) : [])
		edges.add('column_missing', null, null, { details: { field: name } });
	const draft = reading.stopped || edges.stopped ? null : draftOf();
	const stopped = draft === null || reading.stopped || edges.stopped;
	return {
		problems: inOrder(reading.problems),
		succession_problems: inOrder(edges.problems),
		plan: stopped ? null : draft
	};

	function draftOf(): UnitPlan {
		const known = new Known(lists);
		const kinds = new Kinds(lists.kinds);
		const rows = units.sheet.rows.flatMap((row) => readListed(reading, kinds, row) ?? []);
		const listed = withAreas(rows);
		const edition = editionFor(reading, known, listed, choice);
		noteTwice(reading, listed);
		noteMixedTones(reading, rows);
		const day = edition?.in_force_from ?? choice.as_of ?? choice.today;
		const aboves = new Places(reading, known, kinds, listed, { edition, day }).aboves();
		const its: Edge[] = [];
		if (edition) {
			const before = new Before(known, kinds, edition);
			its.push(...edgesInRows(reading, listed, before));
			if (successions) its.push(...edgesInSheet(edges, successions.sheet, listed, before));
		}
		const rest = planOf({ reading, known, listed, aboves, edges: its, edition, choice, makeId });
		return {
			...rest,
			version: lists.version,
			columns: rememberedOf(units.sheet.heading, units.mapping),
			succession_columns: successions
				? rememberedOf(successions.sheet.heading, successions.mapping)
				: {}
		};
	}
}

/** Areas that are only named beside their wards become rows of their own, above them. */
function withAreas(rows: Listed[]): Listed[] {
	const areas = new Map<string, Listed>();
	for (const one of rows) {
		if (one.area === '' || areas.has(one.area)) continue;
		areas.set(one.area, {
			...one,
			code: '',
			name: one.area,
			name_en: null,
			level: 'area',
			kind: 'dia_ban',
			predecessors: '',
			counted: null,
			households: null,
			adults: null
		});
	}
	return [
		...areas.values(),
		...rows.map((one) => (one.area === '' ? one : { ...one, parent: one.area }))
	];
}

/** From the top of the file; what is about the whole of it comes first. */
function inOrder(problems: TableProblem<UnitProblem | string>[]): TableProblem[] {
	return [...problems].sort(
		(a, b) => (a.row ?? 0) - (b.row ?? 0) || (a.column ?? 0) - (b.column ?? 0)
	);
}
