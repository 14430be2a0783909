import { besideWithin, plain, quantile, within, type Line } from '../line';
import type { Bed } from './bed';
import { changesOf, recordsOf, visitsTo } from './data';
import { checkAll, inRounds, medianOf, STORES } from './rounds';

const TEAM = { groups: 1, households: 150, visits: 1850 };

const OPENINGS = 5;
const ROUNDS = 6;
const SAVES = 10;
const DATABASE = 'team';

/** The browser was closed; from the first question to the store to a page of 50, at a quarter of the speed. */
export async function coldOpen(bed: Bed): Promise<Line[]> {
	await fillTeam(bed);
	let before = -1;
	const measured = await inRounds(OPENINGS, STORES, async (store, round) => {
		if (round !== before) await bed.browser.restart();
		before = round;
		const page = await bed.browser.open(store, 4);
		const taken = await page.ask('openAndLook', DATABASE);
		await page.ask('close');
		await page.close();
		return taken;
	});
	checkAll(measured, recordsOf(...changesOf(...bed.cityOf('team').work)));
	const name = 'peers.cold_open';
	const median = (store: (typeof STORES)[number]) => medianOf(measured, store, (one) => one.page);
	const fastest = Math.min(...(measured.get('ours') ?? []).map((one) => one.page));
	return [
		...STORES.map((store) => plain(`${name}.${store}`, median(store), 'ms at 4x')),
		// What a busy machine takes away is in every round, but least in this one.
		plain(`${name}.ours.fastest`, fastest, 'ms at 4x'),
		within(name, median('ours'), 'ms at 4x', 100)
	];
}

/** Fills every store with what a team has. */
async function fillTeam(bed: Bed): Promise<void> {
	await bed.addCity('team', TEAM);
	await bed.keepAnswers('team', 0);
	const pages = await bed.pagesOf(STORES);
	for (const store of STORES) {
		await pages[store].ask('fetch', `${bed.web.address(store)}/answers/team-0`);
		await pages[store].ask('open', DATABASE);
		await pages[store].ask('ingest');
		await pages[store].ask('close');
	}
}

/** A visit at a time, record and outbox entry, until the store says that it is kept. */
export async function singleSave(bed: Bed): Promise<Line[]> {
	const work = bed.cityOf('team').work;
	const homes = work.flatMap(({ households }) => households);
	const pages = await bed.pagesOf(STORES);
	for (const store of STORES) await pages[store].ask('open', DATABASE);
	const measured = await inRounds(ROUNDS, STORES, async (store, round) => {
		const times = await pages[store].ask('save', visitsTo(homes, SAVES, round));
		return { ms: quantile(times, 0.5) };
	});

	const saved = Array.from({ length: ROUNDS }, (_, round) => visitsTo(homes, SAVES, round)).flat();
	const held = recordsOf(...changesOf(...work), ...saved);
	for (const store of STORES) {
		checkAll(new Map([[store, [await pages[store].ask('look')]]]), held);
		await pages[store].close();
	}
	const its = (store: (typeof STORES)[number]) => medianOf(measured, store, ({ ms }) => ms);
	return [
		...STORES.map((store) => plain(`peers.save.${store}`, its(store), 'ms')),
		besideWithin('peers.save', its('ours'), 'ms', 'raw_strict', its('raw_strict'), 1.3)
	];
}
