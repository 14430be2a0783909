import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Verdict } from '../../src/lib/domain/change';
import { Device } from '../../src/lib/device/device';
import { LOST } from '../../src/lib/device/lost';
import { erase } from '../../src/lib/hand_in/hand_in';
import { inBucket, loseDatabases, wearBucket, withBucket } from './bucket';
import {
	answer,
	BUOI,
	CAM,
	changeOf,
	emptyBrowser,
	newHousehold,
	newVisit,
	openDevice,
	pulled,
	pulledRow,
	reopened
} from './support';

emptyBrowser();
withBucket();
afterEach(() => vi.restoreAllMocks());

/** The browser is started anew after it lost its databases. */
async function openedAfterLoss(device: Device): Promise<Device> {
	device.close();
	await closed();
	loseDatabases();
	return openDevice(device.person_id);
}

/** What was under way is written when this resolves. */
const closed = () => new Promise((resolve) => setTimeout(resolve, 20));

function refused(change_id: string): Verdict {
	return { change_id, verdict: 'refused', code: 'not_your_group' };
}

test('what was not sent comes back in its order after the browser lost its databases', async () => {
	const device = await openDevice();
	const home = newHousehold('Nhà cô Năm');
	await device.save([home, newVisit(home.record_id)]);
	await device.save([changeOf(device.record(home.record_id), { note: 'gọi trước' })]);
	const waited = device.outbox(1e9);

	const again = await openedAfterLoss(device);
	expect(again.outbox(1e9)).toEqual(waited);
	expect(again.household(home.record_id)).toMatchObject({ label: 'Nhà cô Năm', note: 'gọi trước' });
	expect(again.meta(LOST)).toEqual({ copied: true, changes: 3, drafts: 0 });
});

test('it comes back again and again, before what was written since', async () => {
	let device = await openDevice();
	const labels: string[] = [];
	for (let n = 0; n < 5; n++) {
		labels.push(`Nhà số ${n}`);
		await device.save([newHousehold(`Nhà số ${n}`)]);
		device = await openedAfterLoss(device);
		expect(device.outbox(1e9).map(({ fields }) => fields.label)).toEqual(labels);
	}
});

test('a phone that lost nothing tells nothing', async () => {
	const device = await openDevice();
	expect(device.meta(LOST)).toBeUndefined();
	await device.save([newHousehold('Nhà cô Năm')]);
	expect((await reopened(device)).meta(LOST)).toBeUndefined();
});

test('what the server has taken does not come back', async () => {
	const device = await openDevice();
	await device.save([newHousehold('Nhà cô Năm')]);
	await device.save([newHousehold('Nhà bác Sáu')]);
	const [first, second] = device.outbox(1e9);
	await device.settle([{ change_id: first?.change_id ?? '', verdict: 'applied', seq: 1 }]);

	const again = await openedAfterLoss(device);
	expect(again.outbox(1e9)).toEqual([second]);
});

test('until its verdict is stored here, it comes back: the server answers that it has it', async () => {
	const device = await openDevice();
	await device.save([newHousehold('Nhà cô Năm')]);
	const [change] = device.outbox(1e9);
	vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
		throw new DOMException('broken', 'UnknownError');
	});
	const verdict = { change_id: change?.change_id ?? '', verdict: 'applied', seq: 1 } as const;
	await expect(device.settle([verdict])).rejects.toThrow();
	vi.restoreAllMocks();
	expect((await openedAfterLoss(device)).outbox(1e9)).toEqual([change]);
});

test('what was sent back comes back with what the server said of it', async () => {
	const device = await openDevice();
	const home = newHousehold('Nhà cô Năm');
	await device.save([home]);
	const [change] = device.outbox(1e9);
	await device.settle([refused(change?.change_id ?? '')]);

	const again = await openedAfterLoss(device);
	expect(again.waiting().count).toBe(0);
	expect(again.returned()).toMatchObject([{ change, verdict: refused(change?.change_id ?? '') }]);
	expect(again.household(home.record_id)?.label).toBe('Nhà cô Năm');
});

test('what was let go of after a look does not come back', async () => {
	const device = await openDevice();
	await device.save([newHousehold('Nhà cô Năm')]);
	const { change_id = '' } = device.outbox(1e9)[0] ?? {};
	await device.settle([refused(change_id)]);
	await device.dismiss(change_id);
	const again = await openedAfterLoss(device);
	expect(again.returned()).toEqual([]);
	expect(again.meta(LOST)).toEqual({ copied: true, changes: 0, drafts: 0 });
});

test('a draft and who I am come back, and what was dropped does not', async () => {
	const device = await openDevice();
	await device.keepMeta('me', { name: 'Trần Thị Bưởi' });
	await device.keepDraft('visit:1', { note: 'đang viết' });
	await device.keepDraft('visit:2', { note: 'bỏ' });
	await device.dropDraft('visit:2');
	const again = await openedAfterLoss(device);
	expect(again.drafts()).toEqual([['visit:1', { note: 'đang viết' }]]);
	expect(again.meta('me')).toEqual({ name: 'Trần Thị Bưởi' });
});

test('after signing out only what is unsent comes back, and only to the same person', async () => {
	const device = await openDevice();
	await device.keepMeta('me', { name: 'Trần Thị Bưởi' });
	await device.save([newHousehold('Nhà cô Năm')]);
	await device.forget();
	device.close();
	await closed();
	loseDatabases();

	const other = await openDevice(CAM);
	expect(other.households()).toEqual([]);
	expect(other.meta(LOST)).toBeUndefined();
	const again = await openDevice(BUOI);
	expect(again.households()).toMatchObject([{ label: 'Nhà cô Năm', author_id: BUOI }]);
	expect(again.meta('me')).toBeUndefined();
});

test('a phone that was emptied stays empty', async () => {
	const device = await openDevice();
	await device.save([newHousehold('Nhà cô Năm')]);
	await device.keepDraft('visit:1', 1);
	device.close();
	await closed();
	await erase(BUOI);
	await closed();
	expect((await inBucket().databases()).filter(({ name }) => name?.includes(BUOI))).toEqual([]);
	const again = await openDevice(BUOI);
	expect(again.households()).toEqual([]);
	expect(again.drafts()).toEqual([]);
	expect(again.meta(LOST)).toBeUndefined();
});

test('a save that the phone had no room for does not come back', async () => {
	const device = await openDevice();
	await device.save([newHousehold('Nhà cô Năm')]);
	const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
		throw new DOMException('no room', 'QuotaExceededError');
	});
	await expect(device.save([newHousehold('Nhà bác Sáu')])).rejects.toThrow('storage_full');
	add.mockRestore();
	const again = await openedAfterLoss(device);
	expect(again.households().map(({ label }) => label)).toEqual(['Nhà cô Năm']);
});

test('without room for the copy a save is refused, and nothing of it is kept', async () => {
	const device = await openDevice();
	await device.isCopied();
	const { put } = IDBObjectStore.prototype;
	vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
		this: IDBObjectStore,
		...args
	) {
		if (this.name === 'changes') throw new DOMException('no room', 'QuotaExceededError');
		return put.apply(this, args as [unknown]);
	});
	await expect(device.save([newHousehold('Nhà bác Sáu')])).rejects.toThrow('storage_full');
	expect(device.waiting().count).toBe(0);
	vi.restoreAllMocks();
	expect((await reopened(device)).households()).toEqual([]);
});

test('a copy that was lost is made anew at the next opening', async () => {
	const device = await openDevice();
	await device.save([newHousehold('Nhà cô Năm')]);
	await device.keepDraft('visit:1', 1);
	device.close();
	await closed();
	for (const { name = '' } of await inBucket().databases()) inBucket().deleteDatabase(name);

	const again = await reopened(device);
	expect(await again.isCopied()).toBe(true);
	const third = await openedAfterLoss(again);
	expect(third.households()).toMatchObject([{ label: 'Nhà cô Năm' }]);
	expect(third.draft('visit:1')).toBe(1);
});

test('a browser without buckets works as before, and does not claim a copy', async () => {
	wearBucket(undefined);
	const device = await openDevice();
	await device.save([newHousehold('Nhà cô Năm')]);
	expect(await device.isCopied()).toBe(false);
	expect((await reopened(device)).waiting().count).toBe(1);
});

test('what could not be read when the database was laid out anew is brought back later', async () => {
	const device = await openDevice();
	const home = newHousehold('Nhà cô Năm');
	await device.save([home, newVisit(home.record_id)]);
	await device.keepDraft('visit:1', 'đang viết');
	const waited = device.outbox(1e9);
	device.close();
	await closed();
	loseDatabases();
	wearBucket({ open: () => Promise.reject(new Error('not now')) });
	const without = await openDevice();
	await without.save([newHousehold('Nhà bác Sáu')]);
	expect(await without.isCopied()).toBe(false);
	wearBucket({ open: async () => ({ indexedDB: inBucket() }) });

	const joining = await reopened(without);
	expect(await joining.isCopied()).toBe(true);
	const again = await reopened(joining);
	expect(again.outbox(1e9)).toEqual([...without.outbox(1e9), ...waited]);
	expect(again.draft('visit:1')).toBe('đang viết');
	expect(again.meta(LOST)).toMatchObject({ copied: true, changes: 2 });
});

test('two tabs that are open while the browser loses its databases lose nothing', async () => {
	const [one, two] = [await openDevice(), await openDevice()];
	await one.save([newHousehold('Nhà cô Năm')]);
	await two.isCopied();
	for (const { name = '' } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
	await closed();
	await Promise.all([
		one.save([newHousehold('Nhà bác Sáu')]),
		two.save([newHousehold('Nhà dì Bảy')])
	]);
	const again = await reopened(one);
	expect(
		again
			.households()
			.map(({ label }) => label)
			.sort()
	).toEqual(['Nhà bác Sáu', 'Nhà cô Năm', 'Nhà dì Bảy']);
	expect(again.waiting().count).toBe(3);
});

test('a tab that still has the lost database in memory takes no page of it for one of the new', async () => {
	const device = await openDevice();
	await device.ingest(answer(pulled([pulledRow('household', 1, { label: 'Nhà cũ' })])));
	await device.isCopied();
	for (const { name = '' } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
	await closed();
	await device.ingest(answer(pulled([pulledRow('household', 2, { label: 'Nhà mới' })])));
	expect(device.households().map(({ label }) => label)).toEqual(['Nhà mới']);
});

test('nothing in the copy can be read', async () => {
	const device = await openDevice();
	await device.save([newHousehold('Nhà cô Năm Chợ Cồn')]);
	await device.keepDraft('visit:1', 'Nhà cô Năm Chợ Cồn');
	await device.keepMeta('me', { name: 'Nhà cô Năm Chợ Cồn' });
	const opening = inBucket().open(`tung-nha-${BUOI}`);
	const database = await new Promise<IDBDatabase>((resolve) => {
		opening.onsuccess = () => resolve(opening.result);
	});
	const words: string[] = [];
	for (const name of database.objectStoreNames) {
		const all = database.transaction(name).objectStore(name).getAll();
		await new Promise((resolve) => (all.onsuccess = resolve));
		words.push(
			JSON.stringify(all.result),
			...bytesIn(all.result).map((one) => Buffer.from(one).toString())
		);
	}
	database.close();
	expect(words.length).toBeGreaterThan(5);
	expect(words.join()).not.toContain('Chợ Cồn');
});

function bytesIn(value: unknown): Uint8Array[] {
	if (value instanceof Uint8Array) return [value];
	return typeof value === 'object' && value ? Object.values(value).flatMap(bytesIn) : [];
}

describeLossWithoutCopy();

function describeLossWithoutCopy() {
	const notes = new Map<string, string>();
	beforeEach(() => {
		notes.clear();
		const localStorage = {
			getItem: (key: string) => notes.get(key) ?? null,
			setItem: (key: string, value: string) => void notes.set(key, value),
			removeItem: (key: string) => void notes.delete(key)
		};
		vi.stubGlobal('window', { localStorage });
	});
	afterEach(() => vi.unstubAllGlobals());

	test('a loss without a copy is told too, and not when the phone was emptied', async () => {
		wearBucket(undefined);
		const device = await openDevice();
		await device.save([newHousehold('Nhà cô Năm')]);
		const again = await openedAfterLoss(device);
		expect(again.meta(LOST)).toEqual({ copied: false, changes: 0, drafts: 0 });
		again.close();
		await closed();
		await erase(BUOI);
		await closed();
		expect((await openDevice()).meta(LOST)).toBeUndefined();
	});
}
