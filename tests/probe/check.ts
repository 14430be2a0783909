import postgres from 'postgres';
import { LINES } from './changes';
import { makeCallers, type Caller } from './callers';
import { readCatalogue, type Catalogue } from './catalogue';
import { undeclared } from './declared';
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
	/** The database, to its owner and to the gateway's login role. */
	owner: string;
	gateway: string;
	world: World;
	/** Ends with the first thing found: enough to know that something is wrong. */
	first?: boolean;
	callers?: (callers: Caller[]) => Caller[];
};

/** Knocks everywhere as everybody, and tells what was found. */
export async function check(wanted: Wanted): Promise<Report> {
	const owner = postgres(wanted.owner, { max: 1, onnotice: () => {} });
	const gateway = postgres(wanted.gateway, { max: LINES.length, onnotice: () => {} });
	const report = new Report();
	const enough = () => Boolean(wanted.first) && !report.clean;
	try {
		const catalogue = await readCatalogue(owner);
		for (const sentence of await brokenRules(owner, report)) report.leak(sentence);
		for (const sentence of await undeclared(owner, catalogue)) report.overdenial(sentence);
		if (enough()) return report;
		await watchWrites(owner, catalogue);
		const truth = await readTruth(owner, catalogue, wanted.world);
		const callers = makeCallers(wanted.world);
		const queue = (wanted.callers?.(callers) ?? callers).values();
		const work = async (line: number) => {
			for (const who of queue) {
				if (enough()) return;
				await knockAs(gateway, who.identity, (knock) =>
					probeAll({ knock, line, who, truth, report }, catalogue, enough)
				);
			}
		};
		await Promise.all(LINES.map(work));
		if (!wanted.first) await probeTokens(wanted.gateway, catalogue, truth, report);
		return report;
	} finally {
		await gateway.end({ timeout: 1 });
		await owner.end({ timeout: 1 });
	}
}

async function probeAll(door: Door, { tables, functions }: Catalogue, enough: () => boolean) {
	for (const table of tables) if (!enough()) await probeTable(door, table);
	for (const fn of functions) if (!enough()) await probeFunction(door, fn);
}
