import type { Day } from '../../domain/day';
import type { UnitProblem } from '../../domain/problems';
import { fold } from '../../domain/text';
import type { Level } from '../../domain/unit';
import type { Reading } from '../reading';
import type { TableRow } from '../table';
import type { UnitField } from './fields';
import { CODE_LENGTH, WITHOUT_CODE, type Kinds } from './kinds';

export type UnitReading = Reading<UnitField, UnitProblem>;

/** A unit as a row of a file tells it; places of others are still words. */
export type Listed = {
	row: TableRow;
	/** '' where the row gives none. */
	code: string;
	name: string;
	name_en: string | null;
	level: Level;
	kind: string;
	parent: string;
	area: string;
	predecessors: string;
	from_day: Day | null;
	to_day: Day | null;
	/** Null where the file does not say. */
	counted: boolean | null;
	households: number | null;
	adults: number | null;
	source: string;
	as_of: Day | null;
};

/** What a row tells of a unit; null when it does not say which unit it is about. */
export function readListed(reading: UnitReading, kinds: Kinds, row: TableRow): Listed | null {
	const written = reading.needed(row, 'name');
	const kindText = reading.text(row, 'kind', 40);
	const level = levelOf(reading, kinds, row, written, kindText);
	if (written === '' || !level) return null;
	const kind = kindOn(kinds, level, kindText, written);
	const from_day = reading.day(row, 'from_day');
	const to_day = reading.day(row, 'to_day');
	if (from_day && to_day && to_day <= from_day) reading.add('unit_days_order', row, 'to_day');
	return {
		row,
		code: codeOf(reading, row, level, kind),
		name: fullName(kinds, written, kind),
		name_en: reading.text(row, 'name_en') || null,
		level,
		kind,
		parent: reading.text(row, 'parent'),
		area: level === 'ward' ? reading.text(row, 'area') : '',
		predecessors: reading.text(row, 'predecessors', 1000),
		from_day,
		to_day,
		counted: yesOrNo(reading.text(row, 'counted', 20)),
		households: atLeastOne(reading, row, 'households'),
		adults: atLeastOne(reading, row, 'adults'),
		source: reading.text(row, 'source'),
		as_of: reading.day(row, 'as_of')
	};
}

/** By a column of its own, by the kind, by what the name begins with, by the length of the code. */
function levelOf(
	reading: UnitReading,
	kinds: Kinds,
	row: TableRow,
	name: string,
	kindText: string
): Level | null {
	const levelText = reading.text(row, 'level', 40);
	const said = levelText === '' ? undefined : kinds.level(levelText);
	if (said) return said;
	const byCode = levelByCode(reading.cell(row, 'code').text);
	const kind = kinds.named(kindText) ?? kinds.before(name);
	// A city may be a whole province or stand inside one: its code tells.
	const level = kind?.level === 'city' && byCode ? byCode : (kind?.level ?? byCode);
	if (level && levelText === '') return level;
	if (name !== '')
		reading.add('unit_level_unknown', row, levelText ? 'level' : kindText ? 'kind' : 'name', {
			value: levelText || kindText || name
		});
	return null;
}

function levelByCode(code: string): Level | undefined {
	const levels: Level[] = ['city', 'area', 'ward'];
	return levels.find((level) => CODE_LENGTH[level] === code.trim().length);
}

function kindOn(kinds: Kinds, level: Level, kindText: string, name: string): string {
	const found = kinds.named(kindText) ?? kinds.before(name) ?? kinds.first(level);
	return found?.kind ?? level;
}

/** "Hải Châu" of the kind Phường is "Phường Hải Châu"; "Tổ 3" says already what it is. */
function fullName(kinds: Kinds, name: string, kind: string): string {
	const before = kinds.before(name);
	const words = kinds.named(kind.replaceAll('_', ' ')) ?? kinds.named(kind);
	if (before || !words || WITHOUT_CODE.includes(kind)) return name;
	return `${words.vi} ${name}`;
}

/** The code as a text of digits; '' where there is none. A code that cannot be right is a problem. */
function codeOf(reading: UnitReading, row: TableRow, level: Level, kind: string): string {
	const code = reading.text(row, 'code', 20);
	const length = CODE_LENGTH[level];
	if (code === '') {
		if (length !== null && !WITHOUT_CODE.includes(kind)) reading.add('cell_missing', row, 'code');
		return '';
	}
	if (length === null || WITHOUT_CODE.includes(kind)) {
		reading.add('unit_code_of_group', row, 'code', { weight: 'note', value: code });
		return '';
	}
	if (/^\d+$/.test(code) && code.length < length) {
		const whole = code.padStart(length, '0');
		reading.add('unit_code_lost_zero', row, 'code', { value: code, details: { whole, length } });
		return '';
	}
	if (!/^\d+$/.test(code) || code.length !== length) {
		reading.add('unit_code_not_digits', row, 'code', { value: code, details: { length } });
		return '';
	}
	if (reading.cell(row, 'code').kept_as === 'number')
		reading.add('unit_code_as_number', row, 'code', { weight: 'note', value: code });
	return code;
}

function yesOrNo(text: string): boolean | null {
	const word = fold(text);
	if (['khong', 'no', 'false', '0'].includes(word)) return false;
	return ['co', 'yes', 'true', '1', 'x'].includes(word) ? true : null;
}

/** Nothing can be divided by 0 households: where the number is not known, the cell is empty. */
function atLeastOne(
	reading: UnitReading,
	row: TableRow,
	name: 'households' | 'adults'
): number | null {
	const count = reading.count(row, name);
	if (count === 0) reading.add('unit_zero', row, name);
	return count || null;
}
