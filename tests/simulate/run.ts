import { asked } from './asked';
import { check } from './check';
import { checkInParts } from './parts';

/** `npm run simulate -- --schedules N [--seed S] [--against memory|postgres|browser]` */
const wanted = asked(process.argv.slice(2));
const { schedules, lost, doubled, diverged, seed, story } = wanted.parts
	? await checkInParts(wanted)
	: await check(wanted);
if (story) process.stdout.write(`${story}\n`);
process.stdout.write(
	`schedules ${schedules} lost ${lost} doubled ${doubled} diverged ${diverged} seed ${seed}\n`
);
process.exit(story === null ? 0 : 1);
