import Papa from 'papaparse';
import { LIMITS, Unreadable, type Cell } from './table';
import { textOf } from './encoding';

/** The rows of a CSV file in UTF-8, whatever separates its values: comma, semicolon, tab or bar. */
export function readCsv(bytes: Uint8Array): Cell[][] {
	const text = textOf(bytes);
	if (text.includes('\0')) throw new Unreadable('file_unknown_kind');
	// Excel takes and writes a first line that names the separator.
	const named = /^"?sep=(.)"?\r?\n/.exec(text);
	const body = named ? text.slice(named[0].length) : text;
	const { data, errors } = Papa.parse<string[]>(body, {
		delimiter: named?.[1] ?? delimiterOf(body),
		// More than allowed tells that there are too many.
		preview: LIMITS.rows * 2
	});
	const broken = errors.find(({ type }) => type === 'Quotes');
	if (broken) throw new Unreadable('file_broken', {}, (broken.row ?? 0) + (named ? 2 : 1));
	const rows = data.map((row) => row.map((cell): Cell => ({ text: cell, kept_as: 'text' })));
	return named ? [[], ...rows] : rows;
}

/**
 * What parts most of the first rows into the same number of cells. The library's own guess stumbles
 * over empty lines and over titles above the headings.
 */
function delimiterOf(text: string): string {
	const scores = [';', '\t', '|', ','].map((delimiter) => {
		const { data } = Papa.parse<string[]>(text, { delimiter, preview: 60 });
		const rows = new Map<number, number>();
		for (const { length } of data) if (length > 1) rows.set(length, (rows.get(length) ?? 0) + 1);
		return { delimiter, score: Math.max(0, ...[...rows].map(([cells, count]) => cells * count)) };
	});
	return scores.reduce((best, one) => (one.score > best.score ? one : best)).delimiter;
}
