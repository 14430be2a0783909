import { spawn } from 'node:child_process';
import type { Asked } from './asked';
import type { Result } from './check';

const PARTS = 2;

/** The same in two processes, each with a seed of its own; a failure names the seed of its part. */
export async function checkInParts({ schedules, seed, against }: Asked): Promise<Result> {
	const parts = await Promise.all(
		Array.from({ length: PARTS }, (_, n) => {
			const share = Math.ceil((schedules - n) / PARTS);
			return part(['--schedules', `${share}`, '--seed', `${seed + n}`, '--against', against]);
		})
	);
	const failed = parts.find(({ story }) => story !== null);
	const total = (of: 'schedules' | 'lost' | 'doubled' | 'diverged') =>
		parts.reduce((sum, one) => sum + one[of], 0);
	return {
		schedules: total('schedules'),
		lost: total('lost'),
		doubled: total('doubled'),
		diverged: total('diverged'),
		seed: failed?.seed ?? String(seed),
		story: failed?.story ?? null
	};
}

function part(args: string[]): Promise<Result> {
	const program = ['--import', 'tsx', 'tests/simulate/run.ts', ...args, '--part'];
	const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
	let output = '';
	child.stdout.on('data', (chunk) => (output += String(chunk)));
	return new Promise((resolve) =>
		child.on('close', (code) => {
			const lines = output.trimEnd().split('\n');
			const last = lines.pop()?.split(' ') ?? [];
			const said = (word: string) => last[last.indexOf(word) + 1] ?? '';
			const broke = last[0] !== 'schedules';
			resolve({
				schedules: broke ? 0 : Number(said('schedules')),
				lost: broke ? 1 : Number(said('lost')),
				doubled: broke ? 0 : Number(said('doubled')),
				diverged: broke ? 0 : Number(said('diverged')),
				seed: said('seed'),
				story: code === 0 ? null : lines.join('\n') || 'it did not run'
			});
		})
	);
}
