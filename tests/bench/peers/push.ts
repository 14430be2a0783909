import { besideWithin, plain, within, type Line } from '../line';
import type { Bed } from './bed';
import { changesOf, recordsOf, visitsTo } from './data';
import { expectSame } from './digest';
import { checkAll, inRounds, medianOf, withCpu } from './rounds';

const STORES = ['ours', 'rxdb', 'pouchdb'] as const;
const ROUNDS = 3;
const QUEUED = 1000;

/** Every run has a group of its own, so that none pulls what another has pushed. */
const PUSHING = { groups: STORES.length * ROUNDS, households: 150, visits: 350 };

/** A phone that was alike with the server has 1,000 new visits to send. */
export async function pushQueued(bed: Bed): Promise<Line[]> {
	const { browser, web } = bed;
	await bed.addCity('push', PUSHING);
	const city = bed.cityOf('push');
	const pages = await bed.pagesOf(STORES);
	const measured = await inRounds(ROUNDS, STORES, async (store, round) => {
		const group = STORES.indexOf(store) * ROUNDS + round;
		const work = city.work[group];
		const queued = visitsTo(work?.households ?? [], QUEUED, group);
		if (store === 'pouchdb') await bed.keepAnswers('push', group);
		const [{ ask }, before] = [pages[store], await city.visits()];
		await ask('openFor', await bed.server(store, 'push', group));
		await ask('sync');
		await ask('queue', queued);

		web.calls();
		const taken = await withCpu(browser, () => ask('sync'));
		const calls = web.calls().filter(({ name }) => name !== 'report');
		const server = calls.reduce((sum, { ms }) => sum + ms, 0);
		await ask('empty');
		const arrived = (await city.visits()) - before;
		if (store !== 'pouchdb') expectSame(`the server after ${store}`, arrived, QUEUED);
		checkAll(
			new Map([[store, [taken]]]),
			recordsOf(...changesOf(...(work ? [work] : [])), ...queued)
		);
		return { ...taken, server, requests: calls.length };
	});
	for (const store of STORES) await pages[store].close();

	const its = (store: (typeof STORES)[number]) => medianOf(measured, store, (one) => one.done);
	const requests = medianOf(measured, 'ours', (one) => one.requests);
	return [
		...STORES.flatMap((store) => [
			plain(`peers.push.${store}`, its(store), 'ms'),
			plain(
				`peers.push.${store}.cpu`,
				medianOf(measured, store, ({ cpu }) => cpu),
				'ms of all processes'
			)
		]),
		plain(
			'peers.push.ours.server',
			medianOf(measured, 'ours', (one) => one.server),
			'ms of the time'
		),
		plain(
			'peers.push.rxdb.requests',
			medianOf(measured, 'rxdb', (one) => one.requests),
			'requests'
		),
		within('peers.push.ours.requests', requests, 'requests', 10),
		besideWithin('peers.push', its('ours'), 'ms', 'rxdb', its('rxdb'), 1 / 4)
	];
}
