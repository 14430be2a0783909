import './disk';
import fc from 'fast-check';
import { asked } from './asked';
import type { Findings } from './ledger';
import { schedule, told, type Step } from './schedule';
import { isWell, tell } from './story';
import { targetNamed } from './targets';

/** `npm run simulate -- --schedules N [--seed S] [--against memory|postgres|browser]` */
const { schedules, seed, path, against, first } = asked(process.argv.slice(2));
const target = await targetNamed(against);

let findings: Findings = { lost: [], doubled: [], diverged: [] };
async function stays(steps: Step[]): Promise<boolean> {
	findings = await tell(target, steps);
	return isWell(findings);
}

const result = await fc.check(fc.asyncProperty(schedule, stays), {
	seed,
	numRuns: schedules,
	...(path ? { path } : {}),
	endOnFailure: first
});
if (result.failed) {
	const [story] = result.counterexample ?? [[]];
	process.stdout.write(`${(story ?? []).map(told).join('\n')}\n`);
	if (story) await stays(story).catch((error: unknown) => process.stdout.write(`${error}\n`));
	for (const [kind, sentences] of Object.entries(findings))
		for (const sentence of sentences) process.stdout.write(`${kind}: ${sentence}\n`);
	if (result.errorInstance) process.stdout.write(`${(result.errorInstance as Error).stack}\n`);
}
await target.end();
const again = result.failed ? `${seed}:${result.counterexamplePath}` : `${seed}`;
const counts = Object.entries(findings).map(([kind, sentences]) => `${kind} ${sentences.length}`);
process.stdout.write(`schedules ${result.numRuns} ${counts.join(' ')} seed ${again}\n`);
process.exit(result.failed ? 1 : 0);
