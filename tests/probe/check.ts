import postgres from 'postgres';
import { makeCallers, type Caller } from './callers';
import { readCatalogue, type Catalogue } from './catalogue';
import { undeclared } from './declared';
import type { Copy } from './database';
import type { Door } from './door';
import { probeFunction } from './functions';
import { knockAs } from './knock';
import { Report } from './report';
import { brokenRules } from './rules';
import { probeTable } from './tables';
import { probeTokens } from './tokens';
import { readTruth } from './truth';
import { watchWrites } from './written';
import type { World } from './world';

type Wanted = {
	/** Copies of one database, each for callers of its own: nobody waits for another's locks. */
	copies: [Copy, ...Copy[]];
	world: World;
	/** Ends with the first thing found: enough to know that something is wrong. */
	first?: boolean;
	callers?: (callers: Caller[]) => Caller[];
};

/** One connection to each. */
const ALONE = { max: 1, onnotice: () => {} };

/** Knocks everywhere as everybody, and tells what was found. */
export async function check(wanted: Wanted): Promise<Report> {
	const copies = wanted.copies.map((copy) => ({
		owner: postgres(copy.owner, ALONE),
		gateway: postgres(copy.gateway, ALONE)
	}));
	const [{ owner }] = copies as [(typeof copies)[0]];
	const report = new Report();
	const enough = () => Boolean(wanted.first) && !report.clean;
	try {
		const catalogue = await readCatalogue(owner);
		for (const sentence of await brokenRules(owner, report)) report.leak(sentence);
		for (const sentence of await undeclared(owner, catalogue)) report.overdenial(sentence);
		if (enough()) return report;
		for (const copy of copies) await watchWrites(copy.owner, catalogue);
		const truth = await readTruth(owner, catalogue, wanted.world);
		const callers = makeCallers(wanted.world);
		const queue = (wanted.callers?.(callers) ?? callers).values();
		const work = async ({ gateway }: (typeof copies)[0]) => {
			for (const who of queue) {
				if (enough()) return;
				await knockAs(gateway, who.identity, (knock) =>
					probeAll({ knock, who, truth, report }, catalogue, enough)
				);
			}
		};
		await Promise.all(copies.map(work));
		if (!wanted.first) await probeTokens(wanted.copies[0].gateway, catalogue, truth, report);
		return report;
	} finally {
		for (const sql of copies.flatMap(({ owner, gateway }) => [owner, gateway]))
			await sql.end({ timeout: 1 });
	}
}

async function probeAll(door: Door, { tables, functions }: Catalogue, enough: () => boolean) {
	for (const table of tables) if (!enough()) await probeTable(door, table);
	for (const fn of functions) if (!enough()) await probeFunction(door, fn);
}
