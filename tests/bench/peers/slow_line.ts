import { brotliCompressSync, constants } from 'node:zlib';
import type { PullAnswer } from '../../../src/lib/domain/change';
import { besideWithin, plain, quantile, within, type Line } from '../line';
import type { Bed } from './bed';
import type { StorePage } from './browser';
import type { Person } from './city';
import { changesOf, recordsOf } from './data';
import { checkAll } from './rounds';
import { rowsOf } from './store';

const DISTRICT = { groups: 25, households: 200, visits: 0 };

/** 400 kbit/s, in bytes a second; and milliseconds until an answer begins. */
const LINE = { throughput: 50_000, latency: 300 };
const ROUNDS = 3;

/** A first pull over a weak line: 5,000 households beside the floor of their bytes, and a team's data. */
export async function slowLine(bed: Bed): Promise<Line[]> {
	await bed.addCity('district', DISTRICT);
	const many = await overLine(bed, 'district', 'officer');
	const team = await overLine(bed, 'team', 0);
	return [
		plain('peers.slow_line.5000_households.floor', many.floor / 1000, 'kB'),
		plain('peers.slow_line.5000_households.wire', many.wire / 1000, 'kB'),
		besideWithin(
			'peers.slow_line.5000_households',
			many.ms,
			'ms',
			'the floor of its bytes',
			LINE.latency + (many.floor * 1000) / LINE.throughput,
			1.3
		),
		plain('peers.slow_line.team.floor', team.floor / 1000, 'kB'),
		plain('peers.slow_line.team.wire', team.wire / 1000, 'kB'),
		within('peers.slow_line.team', team.ms, 'ms', 4000)
	];
}

async function overLine(bed: Bed, name: string, person: Person) {
	const page = await bed.browser.open('ours');
	const times: number[] = [];
	let wire = 0;
	for (let round = 0; round < ROUNDS; round++) {
		await page.ask('openFor', await bed.server('ours', name, person));
		bed.web.calls();
		await emulate(page, LINE);
		const taken = await page.ask('sync');
		await emulate(page, { latency: 0, throughput: -1 });
		const pulls = bed.web.calls().filter((call) => call.name === 'pull');
		wire = pulls.reduce((sum, { bytes }) => sum + bytes, 0);
		checkAll(new Map([['ours', [taken]]]), recordsOf(...changesOf(...bed.cityOf(name).work)));
		times.push(taken.memory);
		await page.ask('empty');
	}
	await page.close();
	const floor = floorOf(await bed.cityOf(name).firstPull(person));
	return { ms: quantile(times, 0.5), wire, floor };
}

/** @param line -1 for no limit */
async function emulate({ devtools }: StorePage, { latency, throughput }: typeof LINE) {
	await devtools.send('Network.emulateNetworkConditions', {
		...{ offline: false, latency },
		...{ downloadThroughput: throughput, uploadThroughput: throughput }
	});
}

/**
 * What the rows of these answers weigh when nothing is said twice: column by column, in one piece, by
 * brotli as strong as a server has time for.
 */
function floorOf(answers: string[]): number {
	const pages = answers.map((text) => rowsOf(JSON.parse(text) as PullAnswer));
	const columns = (['households', 'visits'] as const).map((kind) => {
		const rows = pages.flatMap((page): object[] => page[kind]);
		const names = Object.keys(rows[0] ?? {}) as never[];
		return names.map((name) => rows.map((row) => row[name]));
	});
	const text = Buffer.from(JSON.stringify(columns));
	return brotliCompressSync(text, {
		params: { [constants.BROTLI_PARAM_QUALITY]: 5 }
	}).byteLength;
}
