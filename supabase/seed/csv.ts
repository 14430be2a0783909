import { readFileSync } from 'node:fs';
import Papa from 'papaparse';

/**
 * The rows of a CSV file of this folder, by its header. Every value stays text: a code like `00123`
 * is not a number.
 * @throws when the file is missing or malformed, which is a mistake in the release
 */
export function readCsv<Column extends string>(file: string): Record<Column, string>[] {
	const text = readFileSync(new URL(file, import.meta.url), 'utf8');
	const { data, errors } = Papa.parse<Record<Column, string>>(text, {
		header: true,
		skipEmptyLines: true
	});
	const [error] = errors;
	if (error) throw new Error(`${file}, row ${error.row}: ${error.message}`);
	return data;
}
