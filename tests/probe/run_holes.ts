import postgres from 'postgres';
import { startPostgres } from '../support/postgres';
import type { Caller } from './callers';
import { check } from './check';
import { seededCopy } from './database';
import type { Hole } from './hole';
import { HOLES } from './holes';
import { makeWorld } from './world';

/** `npm run probe:holes [-- part of a name …]`: makes each mistake in a copy, and sees whether it is found. */
const SIDE_BY_SIDE = 3;
const parts = process.argv.slice(2);
const holes = HOLES.filter(
	({ name }) => parts.length === 0 || parts.some((part) => name.includes(part))
);
const server = await startPostgres({ fsync: false });
const world = makeWorld();

// Without a hole nothing must be found, or every hole would be.
const sound = await probed(undefined, SIDE_BY_SIDE);
let found = 0;
if (sound.clean) {
	const queue = holes.filter(({ undo }) => !undo).values();
	await Promise.all(Array.from({ length: SIDE_BY_SIDE }, () => probeEach(queue)));
	// What reaches beyond its own copy would be found in the others.
	await probeEach(holes.filter(({ undo }) => undo));
}
if (!sound.clean) process.stdout.write('The schema has a hole as it is: npm run probe\n');
process.stdout.write(`holes ${holes.length} found ${found}\n`);
await server.stop();
process.exit(found === holes.length ? 0 : 1);

async function probeEach(queue: Iterable<Hole>) {
	for (const hole of queue) {
		const report = await probed(hole);
		if (!report.clean) found += 1;
		const [first = 'nobody noticed'] = [...report.leaks, ...report.overdenials];
		process.stdout.write(
			`${report.clean ? 'MISSED' : 'found'} ${hole.name}: ${first.slice(0, 160)}\n`
		);
	}
}

async function probed(hole?: Hole, many = 1) {
	const copy = await seededCopy(server, world);
	const others = [];
	while (others.length < many - 1) others.push(await seededCopy(server, world));
	const owner = postgres(copy.owner, { max: 1, onnotice: () => {} });
	try {
		if (hole) await make(owner, hole);
		return await check({
			copies: [copy, ...others],
			world,
			first: true,
			callers: few
		});
	} finally {
		if (hole?.undo) await owner.unsafe(hole.undo);
		await owner.end();
		for (const { name } of [copy, ...others]) await server.dropDatabase(name);
	}
}

/** @throws when the text is not there exactly once: then the mistake would not be made. */
async function make(owner: postgres.Sql, hole: Hole) {
	if (hole.sql) await owner.unsafe(hole.sql);
	for (const { fn, from, to } of hole.edits ?? []) {
		const [found] = await owner`select pg_get_functiondef(${fn}::regproc) as text`;
		if (found?.text.split(from).length !== 2) throw new Error(`${fn} does not hold once: ${from}`);
		await owner.unsafe(found.text.replace(from, () => to));
	}
}

/** Those who would notice, the likeliest first: of each role, state and trick one or two. */
function few(callers: Caller[]): Caller[] {
	const likely = [
		/^the web server$/,
		/^(member|ward_officer|area_coordinator) here .*mot/,
		/^ward_officer .*mot/,
		/^(leader|city_office|administrator) (here|removed|disabled|of an hour ago) .*mot/,
		/^(nobody|a|an|claims|no|member of a team|the) /,
		/ elsewhere .*mot/
	];
	const rankOf = ({ name }: Caller) => likely.findIndex((pattern) => pattern.test(name));
	return callers
		.filter((caller) => rankOf(caller) >= 0)
		.sort((one, other) => rankOf(one) - rankOf(other));
}
