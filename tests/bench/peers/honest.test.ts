import { describe, expect, it } from 'vitest';
import type { PullAnswer } from '../../../src/lib/domain/change';
import { answer, emptyBrowser, GROUP_3, pulled } from '../../device/support';
import { columnsOf } from '../../support/columns';
import { changesOf, recordsOf, workOf } from './data';
import { digestOf, digestOfPage } from './digest';
import { bench } from './page';
import { checkAll, inRounds } from './rounds';
import ours from './stores/ours';
import { raw } from './stores/raw';
import { pageOf, type All, type Store } from './store';

const work = workOf([GROUP_3], 60, 120);
const records = recordsOf(...changesOf(...work));

emptyBrowser();

describe('the bench of the stores', () => {
	it('believes two stores that hold the same records, each in its own order', async () => {
		const [mine, its] = [await taken(ours), await taken(raw('strict'))];
		expect(mine.digest).toMatchObject({ households: 60, visits: 120 });
		checkAll(new Map([['ours' as const, [mine]]]), records);
		checkAll(new Map([['raw_strict' as const, [its]]]), records);
	});

	it('stops at a store that was faster by leaving a visit out', async () => {
		const lazy = raw('strict');
		const forgetful: Store = {
			...lazy,
			ingest: (answer, { households, visits }) =>
				lazy.ingest(answer, { households, visits: visits.slice(1) })
		};
		const found = await taken(forgetful);
		expect(() => checkAll(new Map([['raw_strict', [found]]]), records)).toThrow('raw_strict');
	});

	it('stops at a store that mixed up two records', () => {
		const [one, other] = records.households;
		if (!one || !other) throw new Error('no households');
		const mixed: All = {
			...records,
			households: records.households.map((home) =>
				home === one ? { ...home, label: other.label } : home
			)
		};
		expect(() => checkAll(new Map([['dexie', [held(mixed)]]]), records)).toThrow('dexie');
	});

	it('has every store begin a round in turn', async () => {
		const asked: string[] = [];
		const stores = ['ours', 'raw_strict', 'dexie'] as const;
		await inRounds(3, stores, async (store) => void asked.push(store));
		expect(asked.join(' ')).toBe(
			'ours raw_strict dexie raw_strict dexie ours dexie ours raw_strict'
		);
	});

	it('measures the same invented records in every run', () => {
		const [one, again] = [workOf([GROUP_3], 5, 9), workOf([GROUP_3], 5, 9)];
		const told = (all: All) => all.visits.map(({ id, people_helped }) => [id, people_helped]);
		expect(told(recordsOf(...changesOf(...one)))).toEqual(told(recordsOf(...changesOf(...again))));
	});
});

/** What a store gives back of a first pull in a browser's database. */
async function taken(store: Store) {
	const its = bench(store);
	globalThis.fetch = async () => Response.json([JSON.stringify(firstPull())]);
	await its.fetch('');
	await its.open('bench');
	const found = await its.ingest();
	await its.close();
	return found;
}

function firstPull(): PullAnswer {
	const common = { author_id: 'a', recorded_at: '2026-11-01T02:00:00Z', discarded: false, seq: 1 };
	const rows = (of: object[]) => columnsOf(of.map((row) => ({ ...common, ...row })));
	return answer(
		pulled([], {
			households: rows(records.households),
			visits: rows(records.visits),
			cursor: '9.x'
		})
	);
}

function held(all: All) {
	return { done: 0, page: 0, memory: 0, first: digestOfPage(pageOf(all)), digest: digestOf(all) };
}
