import path from 'node:path';

/** A source file: its path from the root of the checkout, with '/', and its text. */
export interface Source {
	path: string;
	text: string;
}

/** One sentence about who may import whom, and whether an import breaks it. */
interface Sentence {
	says: string;
	broken: (from: string, to: string) => boolean;
}

const inside = (folder: string) => (file: string) => file.startsWith(`${folder}/`);
const domain = inside('src/lib/domain');
const device = inside('src/lib/device');
const server = inside('src/lib/server');
const ui = inside('src/lib/ui');
const routes = inside('src/routes');
const ours = inside('src');
const client = (file: string) =>
	['device', 'sync', 'data', 'ui'].some((layer) => inside(`src/lib/${layer}`)(file));

/** Wraps Chart.js; pages pass data, never options. */
const chartWrapper = /^src\/lib\/ui\/[^/]*chart[^/]*\.(ts|svelte)$/i;

export const sentences: Sentence[] = [
	{
		says: 'The domain imports nothing of ours.',
		broken: (from, to) => domain(from) && ours(to) && !domain(to)
	},
	{
		says: 'Nothing but a route imports a route.',
		broken: (from, to) => routes(to) && !routes(from)
	},
	{
		says: 'Device and server never meet.',
		broken: (from, to) => (device(from) && server(to)) || (server(from) && device(to))
	},
	{
		says: 'Code for the browser never imports the server.',
		broken: (from, to) => client(from) && server(to)
	},
	{
		says: 'A component in ui knows no word of the domain.',
		broken: (from, to) => ui(from) && domain(to)
	},
	{
		says: 'Only src/lib/server/session/lucia.ts knows lucia.',
		broken: (from, to) => packageOf(to) === 'lucia' && from !== 'src/lib/server/session/lucia.ts'
	},
	{
		says: 'Only the chart component in src/lib/ui knows chart.js.',
		broken: (from, to) => packageOf(to) === 'chart.js' && !chartWrapper.test(from)
	}
];

/** Every broken sentence, with who broke it: "… (a.ts imports b)". Empty when all hold. */
export function brokenSentences(sources: Source[]) {
	const broken = sources.flatMap((source) =>
		importsOf(source).flatMap((to) =>
			sentences
				.filter((sentence) => sentence.broken(source.path, to))
				.map((sentence) => `${sentence.says} (${source.path} imports ${to})`)
		)
	);
	return [...broken, ...moreThanOneChartFile(sources)];
}

function moreThanOneChartFile(sources: Source[]) {
	const files = sources
		.filter((source) => importsOf(source).some((to) => packageOf(to) === 'chart.js'))
		.map((source) => source.path);
	return files.length > 1 ? [`One file imports chart.js. (${files.join(' and ')} do)`] : [];
}

/** What a file imports: paths from the root for ours, names for packages. */
export function importsOf({ path: from, text }: Source) {
	const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
	const found = code.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"\n]+)['"]/g);
	return [...found].map(([, name = '']) => {
		if (name.startsWith('$lib')) return name.replace('$lib', 'src/lib');
		if (name.startsWith('.')) return path.posix.join(path.posix.dirname(from), name);
		return name;
	});
}

/** 'chart.js' of 'chart.js/auto', '@a/b' of '@a/b/c'. */
function packageOf(name: string) {
	return name.split('/', name.startsWith('@') ? 2 : 1).join('/');
}
