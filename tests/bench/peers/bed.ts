import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isInstalled } from '../../../src/run/install.js';
import { root, runNpm } from '../../../src/run/step.js';
import { startPostgres } from '../../support/postgres';
import { openBrowser, type StorePage } from './browser';
import { bundleOf } from './bundles';
import { openCity, type City, type Person, type Size } from './city';
import { openCouch } from './couch';
import { STORES, type StoreName } from './rounds';
import type { Server } from './store';
import { openWeb } from './web';

export type Bed = Awaited<ReturnType<typeof makeBed>>;

/** Everything that the measurements stand on: peers, servers, a browser. */
export async function makeBed() {
	await installPeers();
	const postgres = await startPostgres();
	const couch = await openCouch();
	const bundles = await Promise.all(
		STORES.map(async (store) => [store, await bundleOf(store)] as const)
	);
	const web = await openWeb(new Map(bundles), couch);
	const browser = await openBrowser(web);

	function cityOf(name: string): City {
		const city = web.cities.get(name);
		if (!city) throw new Error(`there is no ${name}`);
		return city;
	}

	return {
		...{ web, browser, cityOf },

		/** A city under this name, for the phone's sync, RxDB and, as the same documents, PouchDB. */
		async addCity(name: string, size: Size): Promise<void> {
			web.cities.set(name, await openCity(postgres, size));
		},

		/** Has what a first pull brings to somebody at hand for all: as answers, and in the couch. */
		async keepAnswers(name: string, person: Person): Promise<void> {
			const answers = await cityOf(name).firstPull(person);
			web.answers.set(`${name}-${person}`, JSON.stringify(answers));
			await couch.fill(`${name}-${person}`, answers);
		},

		/** Where a store finds a city, in the name of somebody. */
		async server(store: StoreName, name: string, person: Person): Promise<Server> {
			const address = web.address(store);
			const places = { api: `${address}/${name}`, couch: `${address}/couch/${name}-${person}` };
			return { ...(await cityOf(name).bearer(person)), ...places };
		},

		async pagesOf<N extends StoreName>(stores: readonly N[]): Promise<Record<N, StorePage>> {
			const pages = [];
			for (const store of stores) pages.push([store, await browser.open(store)] as const);
			return Object.fromEntries(pages) as Record<N, StorePage>;
		},

		async clear() {
			await browser.close();
			await web.close();
			for (const city of web.cities.values()) await city.close();
			await postgres.stop();
		}
	};
}

/** Installs the peers from the lock file of their own, unless they are there. */
async function installPeers(): Promise<void> {
	const folder = path.join(root, 'tests/bench/peers');
	if (
		isInstalled(lock(folder, 'package-lock.json'), lock(folder, 'node_modules/.package-lock.json'))
	)
		return;
	process.stderr.write('Installing the peers …\n');
	const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
	await runNpm(['ci', '--prefix', folder, ...flags], { failed: 'The peers were not installed.' });
}

function lock(folder: string, file: string) {
	try {
		return JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
	} catch {
		return null; // missing, or cut off by a broken install: both mean "install"
	}
}
