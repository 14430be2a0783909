import { isDay, type Day } from '../domain/day';
import { hasIdNumber } from '../domain/checks/note';
import type { CellProblem } from '../domain/problems';
import { clean } from '../domain/text';
import { oldFontOf } from './encoding';
import type { Mapping } from './mapping';
import type { Cell, TableProblem, TableRow } from './table';

const EMPTY: Cell = { text: '', kept_as: 'text' };

/**
 * Reads the cells of a file by field, and collects what is wrong with them. What can be set right
 * without a doubt (Ð for Đ, letters in pieces, spaces) is set right and noted.
 */
export class Reading<Name extends string, Code extends string = never> {
	readonly problems: TableProblem<Code | CellProblem>[] = [];
	#mapping: Mapping<Name>;

	constructor(mapping: Mapping<Name>) {
		this.#mapping = mapping;
	}

	/** Notes a problem of a row, at the column that tells the field. */
	add(
		code: Code | CellProblem,
		row: TableRow | null,
		name: Name | null,
		more: Partial<Pick<TableProblem, 'weight' | 'value' | 'details'>> = {}
	): void {
		const column = name === null ? null : (this.#mapping[name] ?? null);
		this.problems.push({ code, weight: 'stop', row: row?.at ?? null, column, ...more });
	}

	/** In which column (from 0) a field stands; null where none tells it. */
	columnOf(name: Name): number | null {
		return this.#mapping[name] ?? null;
	}

	/** Whether something that must be mended was found in a cell. */
	stopsAt(row: TableRow, name: Name): boolean {
		const column = this.columnOf(name);
		return this.problems.some(
			(one) => one.row === row.at && one.column === column && one.weight === 'stop'
		);
	}

	/** Whether anything must be mended before the file can be taken. */
	get stopped(): boolean {
		return this.problems.some(({ weight }) => weight === 'stop');
	}

	/** The cell as it is in the file; an empty one where no column tells the field. */
	cell(row: TableRow, name: Name): Cell {
		const column = this.#mapping[name];
		return (column === undefined ? undefined : row.cells[column]) ?? EMPTY;
	}

	/** The text of a cell, composed and with single spaces; '' when there is none. */
	text(row: TableRow, name: Name, most = 200): string {
		const { text: raw, kept_as } = this.cell(row, name);
		const text = clean(raw).replace(/\s+/gu, ' ').trim();
		if (text === '' || kept_as !== 'text') return text;
		const value = text.slice(0, 80);
		const stop = (code: CellProblem, details = {}) => this.add(code, row, name, { value, details });
		const font = oldFontOf(raw);
		if (/^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!)/.test(text)) stop('cell_formula_error');
		else if (font) stop('cell_old_font', { font });
		else if (hasIdNumber(text)) this.add('cell_id_number', row, name);
		else if (text.length > most) stop('cell_too_long', { limit: most });
		else if (/[Ðð]/.test(raw)) this.add('cell_eth', row, name, { weight: 'note', value });
		else if (raw !== raw.normalize('NFC'))
			this.add('cell_decomposed', row, name, { weight: 'note', value });
		return text;
	}

	/** A text that must be there. */
	needed(row: TableRow, name: Name, most?: number): string {
		const text = this.text(row, name, most);
		if (text === '') this.add('cell_missing', row, name);
		return text;
	}

	/** A whole number from 0, with or without separators of thousands; null when there is none. */
	count(row: TableRow, name: Name): number | null {
		const value = this.text(row, name);
		if (value === '') return null;
		if (/^[-−–]\s*\d/.test(value)) return this.#no('cell_negative', row, name, value);
		const grouped = this.cell(row, name).kept_as === 'text' && /^\d{1,3}([., ]\d{3})+$/.test(value);
		const digits = grouped ? value.replace(/[., ]/g, '') : value;
		return /^\d{1,9}$/.test(digits)
			? Number(digits)
			: this.#no('cell_not_a_count', row, name, value);
	}

	/** A day, as a date of the spreadsheet, as 05/09/2026 or as 2026-09-05; null when there is none. */
	day(row: TableRow, name: Name): Day | null {
		const value = this.text(row, name);
		if (value === '') return null;
		const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(value);
		const [, day = '', month = '', year = ''] = parts ?? [];
		const text = parts ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : value;
		return isDay(text) && text >= '1945-01-01' && text < '2100-01-01'
			? text
			: this.#no('cell_not_a_day', row, name, value);
	}

	#no(code: CellProblem, row: TableRow, name: Name, value: string): null {
		this.add(code, row, name, { value: value.slice(0, 80) });
		return null;
	}
}
