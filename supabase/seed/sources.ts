import { readCsv } from './csv';

/** A row of the founding papers, and where the product has it. */
export type SourceRow = {
	id: string;
	class: string;
	source: string;
	meaning: string;
	figure: string;
	date: string;
	/** As "kind name": `catalogue topic.vneid`, `plan kh_76_2022`, `screen /wards`. */
	places: string[];
	/** Why it lies outside of the product, as far as it does. */
	outside: string;
};

type Column = 'id' | 'class' | 'source' | 'meaning' | 'figure' | 'date' | 'place' | 'outside';

/** Where rows of the other files stand, as a word for the file and what names the row in it. */
const FILES: [file: string, name: (row: Record<string, string>) => string][] = [
	['./catalogue.csv', (row) => `catalogue ${row.list}.${row.code}`],
	['./plans/plans.csv', (row) => `plan ${row.code}`],
	['./plans/plan_counts.csv', (row) => `plan ${row.plan}`],
	['./plans/tasks.csv', (row) => `plan ${row.plan}`],
	['./plans/indicators.csv', (row) => `indicator ${row.code}`],
	['./plans/targets.csv', (row) => `target ${row.indicator}`],
	['./plans/observations.csv', (row) => `observation ${row.indicator}`]
];

/** Every row of the founding papers, in their order, with its places gathered from the seed itself. */
export function sourceRows(): SourceRow[] {
	const places = new Map<string, Set<string>>();
	for (const [file, name] of FILES)
		for (const row of readCsv<string>(file))
			for (const id of (row.inventory ?? '').split(' ').filter(Boolean))
				places.set(id, (places.get(id) ?? new Set()).add(name(row)));
	return readCsv<Column>('./inventory.csv').map(({ place, ...row }) => ({
		...row,
		places: [...(places.get(row.id) ?? []), ...(place ? [place] : [])]
	}));
}

/** docs/sources.md. */
export function sourcesPage(): string {
	const rows = sourceRows();
	const papers = [...new Set(rows.map(({ source }) => source))];
	return `# Where the founding papers are in the product

Written by \`npm run sources\` from \`supabase/seed\`; a test compares. Each of the ${rows.length} systems, platforms,
figures and duties that five papers name has a row: what it means, its figure and date, and its place in the
product or the reason why it lies outside. Names and figures are carried over, sentences are not. Figures that
contradict each other are both kept, each with its source and day.

Places: \`catalogue\` is an entry of a list that forms choose from; \`plan\`, \`indicator\`, \`target\` and
\`observation\` stand under /plans; \`screen\`, \`role\` and \`table\` are what they say.

${papers.map((paper) => `## ${paper}\n\n${tableOf(rows.filter(({ source }) => source === paper))}`).join('\n\n')}
`;
}

function tableOf(rows: SourceRow[]): string {
	const lines = rows.map(({ id, class: its, meaning, figure, date, places, outside }) => {
		const where = places.map((place) => `\`${place}\``).join(' ');
		return [id, its, meaning, figure || '—', date, [where, outside].filter(Boolean).join(' · ')];
	});
	return [
		['row', 'class', 'what', 'figure', 'date', 'where, or why not'],
		Array(6).fill('-'),
		...lines
	]
		.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
		.join('\n');
}
