import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../src/run/step.js';
import type { Edit, Mutant } from './mutant';
import { MUTANTS_OF_PHONE } from './mutants_of_phone';
import { MUTANTS_OF_SERVER } from './mutants_of_server';

/**
 * `npm run simulate:mutants [-- words of a name] [--against browser]`: makes each mistake and sees
 * whether it is found; the client's in memory, or in the pages of a browser.
 */
const { values, positionals } = parseArgs({
	options: { against: { type: 'string', default: 'memory' } },
	allowPositionals: true
});
const schedules = values.against === 'memory' ? 4000 : 60;
const mutants = [
	...MUTANTS_OF_PHONE.map((mutant) => ({ ...mutant, against: values.against, schedules })),
	...MUTANTS_OF_SERVER.map((mutant) => ({ ...mutant, against: 'postgres', schedules: 800 }))
].filter(({ name }) => name.includes(positionals.join(' ')));

/** A story that never ends is a finding too: others take a moment, in a browser some seconds. */
const STORY_MS = values.against === 'browser' ? 300_000 : 60_000;
/** To have played for long without finding anything is none. */
const LIMIT_MS = values.against === 'browser' ? 1_800_000 : 600_000;

type Said = { caught: boolean; words: string };

let caught = 0;
for (const mutant of mutants) {
	const said = await tried(mutant, mutant.against, mutant.schedules);
	if (said.caught) caught += 1;
	process.stdout.write(`${said.caught ? 'caught' : 'MISSED'} ${mutant.name}: ${said.words}\n`);
}
process.stdout.write(`mutants ${mutants.length} caught ${caught}\n`);
process.exit(caught === mutants.length ? 0 : 1);

async function tried(mutant: Mutant, against: string, schedules: number) {
	const folder = mkdtempSync(path.join(tmpdir(), 'tung-nha-mutant-'));
	try {
		const parts = ['src', 'tests', 'supabase', 'package.json', 'tsconfig.json'];
		// Of what a build makes, only what tsconfig.json begins with: a build may be under way.
		for (const part of [...parts, '.svelte-kit/tsconfig.json'])
			cpSync(path.join(root, part), path.join(folder, part), { recursive: true, filter: isOurs });
		symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
		for (const edit of [mutant, mutant.also]) if (edit) apply(folder, edit);
		return await simulated(folder, against, schedules);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** @throws when the text is not there exactly once: then the mistake would not be made. */
function apply(folder: string, { file, from, to }: Edit): void {
	const text = readFileSync(path.join(folder, file), 'utf8');
	if (text.split(from).length !== 2) throw new Error(`${file} does not hold once: ${from}`);
	writeFileSync(
		path.join(folder, file),
		text.replace(from, () => to)
	);
}

function isOurs(file: string): boolean {
	return path.basename(file) !== 'node_modules';
}

function simulated(folder: string, against: string, schedules: number) {
	const asked = ['--schedules', String(schedules), '--seed', '7', '--against', against];
	const program = ['--import', 'tsx', 'tests/simulate/run.ts', ...asked, '--first', '--count'];
	const child = spawn(process.execPath, program, {
		cwd: folder,
		stdio: ['ignore', 'pipe', 'pipe'],
		timeout: LIMIT_MS
	});
	let [output, trouble] = ['', ''];
	let stuck = false;
	const waiting = setTimeout(() => {
		stuck = child.kill('SIGKILL');
	}, STORY_MS);
	child.stdout.on('data', (chunk) => (output += String(chunk)));
	child.stderr.on('data', (chunk) => {
		trouble += String(chunk);
		waiting.refresh();
	});
	return new Promise<Said>((resolve) =>
		child.on('close', (code) => {
			clearTimeout(waiting);
			const last = output.trimEnd().split('\n').at(-1) ?? '';
			const story = trouble.match(/^story \d+$/gm)?.at(-1);
			if (last.startsWith('schedules ')) resolve({ caught: code === 1, words: last });
			else if (stuck && story) resolve({ caught: true, words: `${story} did not end` });
			else if (code === null) resolve({ caught: false, words: 'nothing was found in time' });
			else resolve({ caught: false, words: `it did not run: ${trouble.slice(-600)}` });
		})
	);
}
