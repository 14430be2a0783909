import { startPostgres } from '../support/postgres';
import { check } from './check';
import { seededCopy, type Copy } from './database';
import { makeWorld } from './world';

/** Fewer than these, and something has stopped knocking. */
const ENOUGH = 10_000;

/** `npm run probe`: does anybody see what is not theirs, or not see what is? */
const began = performance.now();
const server = await startPostgres({ fsync: false });
const world = makeWorld();
const copy = () => seededCopy(server, world);
const copies: [Copy, ...Copy[]] = [await copy(), await copy(), await copy()];
const { leaks, overdenials, probes, clean, line } = await check({ copies, world });
const seconds = Math.round((performance.now() - began) / 1000);
await server.stop();

tell('LEAK', leaks);
tell('OVERDENIAL', overdenials);
if (probes < ENOUGH) process.stdout.write(`There must be ${ENOUGH} probes at least.\n`);
process.stdout.write(`took ${seconds} s\n${line}\n`);
process.exit(clean && probes >= ENOUGH ? 0 : 1);

function tell(word: string, sentences: string[]) {
	const shown = sentences.slice(0, 40);
	for (const sentence of shown) process.stdout.write(`${word} ${sentence}\n`);
	const more = sentences.length - shown.length;
	if (more > 0) process.stdout.write(`${word} … and ${more} more\n`);
}
