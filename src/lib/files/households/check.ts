import { blankHousehold, type HouseholdFields } from '../../domain/household';
import type { HouseholdFileProblem } from '../../domain/problems';
import { fold, wordsOf } from '../../domain/text';
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

const YES = ['x', 'co', 'yes', 'true', '1', 'uu', 'v'];

/** Reads the whole file before anything is written. @param labels those that the group has already */
export function checkHouseholds(
	labels: Iterable<string>,
	sheet: Sheet,
	mapping: Mapping<HouseholdField>
): CheckedHouseholds {
	const reading = new Reading<HouseholdField, HouseholdFileProblem>(mapping);
	const here = new Set([...labels].map(keyOf));
	const first = new Map<string, number>();
	const rows = sheet.rows.flatMap((row) => {
		const fields = fieldsOf(reading, row);
		const key = keyOf(fields.label);
		const before = first.get(key);
		if (before !== undefined)
			reading.add('twice_in_file', row, 'label', { details: { row: before } });
		else if (key) first.set(key, row.at);
		return key ? [{ at: row.at, fields }] : [];
	});
	const fresh = rows.filter(({ fields }) => !here.has(keyOf(fields.label)));
	return {
		rows: reading.stopped ? [] : fresh,
		known: rows.length - fresh.length,
		problems: reading.problems
	};
}

function fieldsOf(
	reading: Reading<HouseholdField, HouseholdFileProblem>,
	row: TableRow
): HouseholdFields {
	const adults = reading.count(row, 'adults');
	if (adults !== null && adults > 50)
		reading.add('too_many_adults', row, 'adults', { value: String(adults) });
	return {
		...blankHousehold,
		label: reading.needed(row, 'label', 80),
		adults,
		priority: YES.some((yes) => wordsOf(fold(reading.text(row, 'priority'))).includes(yes)),
		note: reading.text(row, 'note', 1000)
	};
}

/** Two labels that differ in marks and spaces alone are one household. */
function keyOf(label: string): string {
	return wordsOf(fold(label)).join(' ');
}
