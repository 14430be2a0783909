import type { TableProblem } from './table';

/** A column as spreadsheets name it: 0 is A, 26 is AA. */
export function columnLetter(column: number): string {
	const rest = Math.floor(column / 26);
	const letter = String.fromCharCode(65 + (column % 26));
	return rest > 0 ? columnLetter(rest - 1) + letter : letter;
}

/** Where in the file: `row` from 1, `column` from 0; null where it is about the whole row or column. */
export type Place = Pick<TableProblem, 'row' | 'column'>;

export type ProblemGroup = {
	key: string;
	text: string;
	weight: TableProblem['weight'];
	places: Place[];
};

/** Problems that read the same, told once with all their places, in the order of the file. */
export function groupsOf(
	problems: TableProblem[],
	say: (problem: TableProblem) => string
): ProblemGroup[] {
	const groups = new Map<string, ProblemGroup>();
	for (const problem of problems) {
		const text = say(problem);
		const key = `${problem.weight} ${problem.column} ${text}`;
		const group = groups.get(key) ?? { key, text, weight: problem.weight, places: [] };
		groups.set(key, group);
		if (problem.row !== null || problem.column !== null) group.places.push(problem);
	}
	return [...groups.values()];
}

/** "ô B3, B4 · hàng 7": cells by their names in the spreadsheet, whole rows by their numbers. */
export function placesOf(places: Place[], rowWord: string, cellWord: string): string {
	const rows = places.filter(({ column }) => column === null).map(({ row }) => String(row));
	const cells = places
		.filter(({ column }) => column !== null)
		.map(({ row, column }) => `${columnLetter(column ?? 0)}${row ?? ''}`);
	return [
		cells.length > 0 ? `${cellWord} ${cells.join(', ')}` : '',
		rows.length > 0 ? `${rowWord} ${rows.join(', ')}` : ''
	]
		.filter(Boolean)
		.join(' · ');
}
