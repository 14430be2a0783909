import { fold } from '../domain/text';
import type { Cell, Table, TableRow } from './table';

/** What a file may tell: its name in the code, and the headings that offices give it. */
export type Field<Name extends string> = {
	name: Name;
	/** In Vietnamese or English, with or without marks; the likeliest first. */
	headings: readonly string[];
	required?: boolean;
};

/** In which column (from 0) each field stands. */
export type Mapping<Name extends string> = Partial<Record<Name, number>>;

/** What headings meant the last time, by `headingKey`; an empty name: to be left out. */
export type Remembered = Record<string, string>;

/** Where the headings stand and what follows them. */
export type Sheet = { heading: TableRow; rows: TableRow[] };

/** A sheet, and what its columns are taken for. */
export type Mapped<Name extends string> = { sheet: Sheet; mapping: Mapping<Name> };

/** How many rows from the top may be titles of the document. */
const TITLE_ROWS = 20;

/**
 * Parts a table into headings and rows: documents of offices have a few lines of titles above them.
 * The headings are the row in which most fields are recognised, or else the first with two cells.
 */
export function sheetOf<Name extends string>(
	{ rows }: Table,
	fields: readonly Field<Name>[],
	remembered: Remembered = {}
): Sheet {
	const top = rows.slice(0, TITLE_ROWS);
	const known = top.map((row) => Object.keys(guessMapping(row, fields, remembered)).length);
	const most = Math.max(...known);
	const several = top.findIndex(({ cells }) => cells.filter(filled).length > 1);
	const at = most > 1 ? known.indexOf(most) : Math.max(0, several);
	return { heading: rows[at] ?? { at: 1, cells: [] }, rows: rows.slice(at + 1) };
}

function filled({ text }: Cell): boolean {
	return text.trim() !== '';
}

/**
 * Guesses which column tells which field: what the headings meant the last time, then headings that
 * are a field's name, then those that hold it. Each column tells one field, each field one column.
 */
export function guessMapping<Name extends string>(
	heading: TableRow,
	fields: readonly Field<Name>[],
	remembered: Remembered = {}
): Mapping<Name> {
	const keys = heading.cells.map(({ text }) => headingKey(text));
	const guesses = fields.flatMap(({ name, headings }) =>
		keys.flatMap((key, column) => {
			const score = scoreOf(key, name, headings, remembered);
			return score > 0 ? [{ name, column, score }] : [];
		})
	);
	const mapping: Mapping<Name> = {};
	const taken = new Set<number>();
	for (const { name, column } of guesses.sort((a, b) => b.score - a.score)) {
		if (name in mapping || taken.has(column)) continue;
		mapping[name] = column;
		taken.add(column);
	}
	return mapping;
}

function scoreOf(
	key: string,
	name: string,
	headings: readonly string[],
	remembered: Remembered
): number {
	if (key === '') return 0;
	const before = remembered[key];
	if (before !== undefined) return before === name ? 1000 : 0;
	return Math.max(
		0,
		...headings.map((heading, at) => {
			const its = headingKey(heading);
			if (key === its) return 500 - at;
			// Short words are part of too many others.
			return its.length > 4 && ` ${key} `.includes(` ${its} `) ? 100 + its.length - at : 0;
		})
	);
}

/** A heading as it is compared: "Mã ĐVHC (mới)" and "ma dvhc moi" are one. */
export function headingKey(text: string): string {
	return fold(text)
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** What to remember of a mapping that a person has looked at. */
export function rememberedOf<Name extends string>(
	heading: TableRow,
	mapping: Mapping<Name>
): Remembered {
	const byColumn = new Map(Object.entries(mapping).map(([name, column]) => [column, name]));
	return Object.fromEntries(
		heading.cells.flatMap(({ text }, column) => {
			const key = headingKey(text).slice(0, 120);
			return key ? [[key, byColumn.get(column) ?? '']] : [];
		})
	);
}

/** The required fields that no column tells. */
export function missingFields<Name extends string>(
	fields: readonly Field<Name>[],
	mapping: Mapping<Name>
): Name[] {
	return fields
		.filter(({ name, required }) => required && !(name in mapping))
		.map(({ name }) => name);
}
