import { alike, tellingOf, type Telling } from '../../domain/alike';
import { checkHousehold } from '../../domain/checks/household';
import { blankHousehold, type HouseholdFields } from '../../domain/household';
import type { HouseholdFileProblem, ProblemCode } from '../../domain/problems';
import { cleanLabel, fold, wordsOf } from '../../domain/text';
import type { Mapping, Sheet } from '../mapping';
import { Reading } from '../reading';
import type { TableProblem, TableRow } from '../table';
import type { HouseholdField } from './fields';

/** A household as a file tells it; `at` is its row there. */
export type HouseholdRow = { at: number; fields: HouseholdFields };

/**
 * What a file of households means. `rows` are those that are new, empty as long as anything must be
 * mended; `known` counts those that the group has already, so that a file may be taken twice.
 */
export type CheckedHouseholds = { rows: HouseholdRow[]; known: number; problems: TableProblem[] };

type Reader = Reading<HouseholdField, HouseholdFileProblem | ProblemCode>;

/** More than any group has: such a file is of a whole ward. */
const MOST = 5000;
const YES = ['x', 'co', 'yes', 'true', '1', 'uu', 'v'];

/** Reads the whole file before anything is written. @param labels those that the group has already */
export function checkHouseholds(
	labels: Iterable<string>,
	sheet: Sheet,
	mapping: Mapping<HouseholdField>
): CheckedHouseholds {
	const reading: Reader = new Reading(mapping);
	if (sheet.rows.length > MOST) {
		reading.add('too_many_households', null, null, { details: { limit: MOST } });
		return { rows: [], known: 0, problems: reading.problems };
	}
	const here = new Map([...labels].map((label) => [keyOf(label), label]));
	const first = new Map<string, number>();
	const rows = sheet.rows.flatMap((row) => {
		const fields = fieldsOf(reading, row);
		const key = keyOf(fields.label);
		const before = first.get(key);
		if (before !== undefined)
			reading.add('twice_in_file', row, 'label', { details: { row: before } });
		else if (key) first.set(key, row.at);
		return key ? [{ row, at: row.at, fields }] : [];
	});
	const fresh = rows.filter(({ fields }) => !here.has(keyOf(fields.label)));
	if (!reading.stopped) noteAlike(reading, [...here.values()], fresh);
	return {
		rows: reading.stopped ? [] : fresh.map(({ at, fields }) => ({ at, fields })),
		known: rows.length - fresh.length,
		problems: reading.problems
	};
}

function fieldsOf(reading: Reader, row: TableRow): HouseholdFields {
	const adults = reading.count(row, 'adults');
	if (adults !== null && adults > 50)
		reading.add('too_many_adults', row, 'adults', { value: String(adults) });
	const fields = {
		...blankHousehold,
		label: cleanLabel(reading.needed(row, 'label', 80)),
		adults,
		priority: YES.some((yes) => wordsOf(fold(reading.text(row, 'priority'))).includes(yes)),
		note: reading.text(row, 'note', 1000)
	};
	refusePrivate(reading, row, fields);
	return fields;
}

/** What the product never keeps, also where a spreadsheet took it for a number. What stands there is not repeated. */
function refusePrivate(reading: Reader, row: TableRow, fields: HouseholdFields) {
	for (const { code, field } of checkHousehold(fields))
		if (
			(code.endsWith('_in_note') || code === 'phone_number') &&
			(field === 'label' || field === 'note')
		) {
			if (!reading.stopsAt(row, field)) reading.add(code, row, field);
		}
}

/** A household that the group may have under a label that says less, or is off by a letter. */
function noteAlike(
	reading: Reader,
	labels: string[],
	fresh: { row: TableRow; fields: HouseholdFields }[]
) {
	const known = labels.map((label): [string, Telling] => [label, tellingOf(label)]);
	for (const { row, fields } of fresh) {
		const telling = tellingOf(fields.label);
		// Of several the one that says most nearly as much.
		const [other] = known
			.filter(([, its]) => alike(telling, its))
			.sort(([, a], [, b]) => apart(telling, a) - apart(telling, b));
		if (other)
			reading.add('household_alike', row, 'label', {
				weight: 'note',
				value: fields.label,
				details: { label: other[0] }
			});
	}
}

function apart(a: Telling, b: Telling): number {
	return Math.abs(a.words.length - b.words.length) + Math.abs(a.numbers.length - b.numbers.length);
}

/** Two labels that differ in marks and spaces alone are one household. */
function keyOf(label: string): string {
	return wordsOf(fold(label)).join(' ');
}
