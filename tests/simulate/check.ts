import fc from 'fast-check';
import type { Asked } from './asked';
import type { Findings } from './ledger';
import { schedule, told, type Step } from './schedule';
import { isWell, tell } from './story';
import { targetNamed } from './targets';

/** What came out: `story` is null when nothing was found; with `seed` it can be played again. */
export type Result = {
	schedules: number;
	lost: number;
	doubled: number;
	diverged: number;
	seed: string;
	story: string | null;
};

/** Makes up stories and plays them, until one goes wrong; that one is told as short as possible. */
export async function check(asked: Asked): Promise<Result> {
	const { schedules, seed, path, against, first, count } = asked;
	const target = await targetNamed(against);
	let begun = 0;
	let findings: Findings = { lost: [], doubled: [], diverged: [] };
	let trouble = '';
	const stays = async (steps: Step[]) => {
		begun += 1;
		if (count) process.stderr.write(`story ${begun}\n`);
		trouble = '';
		findings = await tell(target, steps).catch((error: Error) => {
			trouble = error.stack ?? error.message;
			return { lost: [], doubled: [], diverged: [] };
		});
		return !trouble && isWell(findings);
	};
	const result = await fc.check(fc.asyncProperty(schedule, stays), {
		seed,
		numRuns: schedules,
		endOnFailure: first,
		...(path ? { path } : {})
	});
	const steps = result.counterexample?.[0];
	// Without shortening, the last story is the one; a browser does not go wrong twice in the same way.
	if (steps && !first) await stays(steps);
	await target.phones.end();
	await target.city.end();
	const [lost, doubled, diverged] = [findings.lost, findings.doubled, findings.diverged];
	return {
		schedules: result.numRuns,
		// A story that could not be played to its end may have lost anything.
		lost: lost.length + (trouble ? 1 : 0),
		doubled: doubled.length,
		diverged: diverged.length,
		seed: result.failed ? `${seed}:${result.counterexamplePath}` : String(seed),
		story: steps ? [...steps.map(told), ...sentences(findings), trouble].join('\n').trim() : null
	};
}

function sentences(findings: Findings): string[] {
	return Object.entries(findings).flatMap(([kind, found]) =>
		found.map((sentence) => `${kind}: ${sentence}`)
	);
}
