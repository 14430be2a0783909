import { besideWithin, plain, type Line } from '../line';
import type { Bed } from './bed';
import { changesOf, recordsOf } from './data';
import { checkAll, inRounds, medianOf, STORES, withCpu, type StoreName } from './rounds';

const WARD = { groups: 50, households: 200, visits: 400 };

/** The most that ours may take of a peer's time. */
const GOALS = { raw_strict: 1 / 5, dexie: 1 / 8, rxdb: 1 / 25, pouchdb: 1 / 25 };

const STORE_ROUNDS = 3;
const SERVER_ROUNDS = 2;

/** A first pull of a ward that has already arrived, until all of it can be asked for in memory. */
export async function pullIntoStore(bed: Bed): Promise<Line[]> {
	const { browser, web } = bed;
	await bed.addCity('ward', WARD);
	await bed.keepAnswers('ward', 'officer');
	const pages = await bed.pagesOf(STORES);
	for (const store of STORES)
		await pages[store].ask('fetch', `${web.address(store)}/answers/ward-officer`);
	const measured = await inRounds(STORE_ROUNDS, STORES, async (store, round) => {
		await pages[store].ask('open', `pull-${round}`);
		const taken = await withCpu(browser, () => pages[store].ask('ingest'));
		await pages[store].ask('empty');
		return taken;
	});
	for (const store of STORES) await pages[store].close();
	checkAll(measured, expected(bed));
	return STORES.flatMap((store) => linesOf('store', measured, store));
}

/** The same from the server to the end, for those that have a replication. */
export async function pullFromServer(bed: Bed): Promise<Line[]> {
	const { browser } = bed;
	const stores = ['ours', 'rxdb', 'pouchdb'] as const;
	const pages = await bed.pagesOf(stores);
	const measured = await inRounds(SERVER_ROUNDS, stores, async (store) => {
		await pages[store].ask('openFor', await bed.server(store, 'ward', 'officer'));
		const taken = await withCpu(browser, () => pages[store].ask('sync'));
		await pages[store].ask('empty');
		return taken;
	});
	for (const store of stores) await pages[store].close();
	checkAll(measured, expected(bed));
	return stores.flatMap((store) => linesOf('server', measured, store));
}

function expected(bed: Bed) {
	return recordsOf(...changesOf(...bed.cityOf('ward').work));
}

type Times = { page: number; memory: number; cpu: number };

function linesOf(from: string, measured: Map<StoreName, Times[]>, store: StoreName): Line[] {
	const its = (of: keyof Times) => medianOf(measured, store, (one) => one[of]);
	const name = `peers.pull.from_${from}`;
	const lines = [
		plain(`${name}.${store}.first_page`, its('page'), 'ms'),
		plain(`${name}.${store}.in_memory`, its('memory'), 'ms'),
		plain(`${name}.${store}.cpu`, its('cpu'), 'ms of all processes')
	];
	if (!(store in GOALS)) return lines;
	const ours = medianOf(measured, 'ours', (one) => one.memory);
	const goal = GOALS[store as keyof typeof GOALS];
	return [...lines, besideWithin(name, ours, 'ms', store, its('memory'), goal)];
}
