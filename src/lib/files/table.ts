import type { FileProblem } from '../domain/problems';

/**
 * A value as its file holds it. What a spreadsheet keeps as a number or as a date says so: a code
 * kept as a number may have lost its leading zero.
 */
export type Cell = { text: string; kept_as: 'text' | 'number' | 'day' };

/** `at`: the number of the row as the spreadsheet shows it, from 1. */
export type TableRow = { at: number; cells: Cell[] };

/** The rows of a file that hold anything, in its order. */
export type Table = { file: string; rows: TableRow[] };

/**
 * One thing to know about a file. A `stop` must be mended before anything is written; a `note` says
 * what was understood or set right. `row` counts as in `TableRow`, `column` from 0; null: the whole.
 */
export type TableProblem<Code extends string = string> = {
	code: Code;
	weight: 'stop' | 'note';
	row: number | null;
	column: number | null;
	/** What stands in the cell. */
	value?: string;
	/** What the sentence about it names: another row, what to write instead. */
	details?: Record<string, string | number>;
};

/** What a file may weigh and hold: a whole city's members are about 24,000 rows and 2 MB. */
export const LIMITS = {
	bytes: 5_000_000,
	/** What a packed file may grow to. */
	unpacked: 60_000_000,
	rows: 30_000,
	columns: 60,
	letters: 1_000
};

/** A file that cannot be read as a table. Expected: `readTable` answers it instead of throwing it. */
export class Unreadable extends Error {
	constructor(
		readonly code: FileProblem,
		readonly details: TableProblem['details'] = {},
		readonly row: number | null = null
	) {
		super(code);
	}
}

/**
 * Reads a CSV or XLSX file (its first sheet that holds anything) as a table of texts, within the
 * limits. The kind is told by what is in the file, not by its name.
 */
export async function readTable(
	name: string,
	bytes: Uint8Array
): Promise<{ table: Table } | { problem: TableProblem<FileProblem> }> {
	try {
		if (bytes.length > LIMITS.bytes)
			throw new Unreadable('file_too_large', { limit: LIMITS.bytes / 1_000_000 });
		return { table: withinLimits(name, await (await readerOf(bytes))(bytes)) };
	} catch (error) {
		if (!(error instanceof Unreadable)) throw error;
		const { code, details, row } = error;
		return { problem: { code, weight: 'stop', row, column: null, details } };
	}
}

type Reader = (bytes: Uint8Array) => Cell[][] | Promise<Cell[][]>;

/** Each reader is fetched when a file of its kind comes. */
async function readerOf(bytes: Uint8Array): Promise<Reader> {
	const begins = (...head: number[]) => head.every((byte, at) => bytes[at] === byte);
	if (begins(0x50, 0x4b)) return (await import('./table_xlsx')).readXlsx;
	if (begins(0xd0, 0xcf, 0x11, 0xe0)) throw new Unreadable('file_old_excel');
	if (begins(0x25, 0x50, 0x44, 0x46) || begins(0x7b, 0x5c))
		throw new Unreadable('file_unknown_kind');
	return (await import('./table_csv')).readCsv;
}

function withinLimits(file: string, cells: Cell[][]): Table {
	const rows = cells
		.map((row, at) => ({ at: at + 1, cells: trimmed(row) }))
		.filter((row) => row.cells.length > 0);
	if (rows.length === 0) throw new Unreadable('file_empty');
	if (rows.length > LIMITS.rows) throw new Unreadable('file_too_many_rows', { limit: LIMITS.rows });
	for (const { at, cells } of rows) {
		if (cells.length > LIMITS.columns)
			throw new Unreadable('file_too_many_columns', { limit: LIMITS.columns }, at);
		if (cells.some(({ text }) => text.length > LIMITS.letters))
			throw new Unreadable('file_cell_too_long', { limit: LIMITS.letters }, at);
	}
	return { file, rows };
}

/** Without the empty cells at the end: a spreadsheet keeps those that were ever touched. */
function trimmed(cells: Cell[]): Cell[] {
	const last = cells.findLastIndex(({ text }) => text.trim() !== '');
	return cells.slice(0, last + 1);
}
