import { openDB } from 'idb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Row } from '../../src/lib/domain/record';
import type { Device } from '../../src/lib/device/device';
import type { SealedPage } from '../../src/lib/device/stores';
import {
	answer,
	BUOI,
	changeOf,
	emptyBrowser,
	GROUP_3,
	GROUP_4,
	newHousehold,
	newVisit,
	openDevice,
	pulled,
	pulledRow,
	reopened,
	spoil,
	tamper
} from './support';

emptyBrowser();
afterEach(() => void vi.restoreAllMocks());

const home = (seq: number, label: string, more = {}) =>
	pulledRow('household', seq, { label, ...more });

/** What lies on the disk, as the browser itself would read it. */
async function onDisk(): Promise<SealedPage[]> {
	const database = await openDB(`tung-nha-${BUOI}`);
	const pages = await database.getAll('pages');
	database.close();
	return pages;
}

/** Twenty pulls, each of which brings one household and writes another over. */
async function pullOften(device: Device): Promise<Row> {
	const row = home(1, 'Nhà 0');
	for (let n = 1; n <= 20; n++) {
		const again = { ...row, seq: 2 * n, label: `Nhà ${n}` };
		await device.ingest(answer(pulled([again, home(2 * n + 1, `Hộ ${n}`)])));
	}
	return row;
}

const labels = (device: Device) =>
	device
		.households()
		.map((row) => row.label)
		.sort();

describe('packing', () => {
	test('puts what came piece by piece on one page, each record as it stood last', async () => {
		const device = await openDevice();
		const row = await pullOften(device);
		const before = labels(device);
		expect(await onDisk()).toHaveLength(20);
		await device.compact();
		expect(await onDisk()).toMatchObject([{ group_id: GROUP_3, packed: true }]);
		for (const phone of [device, await reopened(device)]) {
			expect(labels(phone)).toEqual(before);
			expect(phone.household(row.id)?.label).toBe('Nhà 20');
		}
	});

	test('is not done for a few pages', async () => {
		const device = await openDevice();
		await device.ingest(answer(pulled([home(1, 'A')])));
		await device.ingest(answer(pulled([home(2, 'B')])));
		await device.compact();
		expect(await onDisk()).toHaveLength(2);
	});

	test('takes many records in pages that open one by one', async () => {
		const device = await openDevice();
		const rows = Array.from({ length: 4500 }, (_, n) => home(n + 1, `Nhà ${n}`));
		await device.ingest(answer(pulled(rows.slice(0, 4400))));
		await device.ingest(answer(pulled(rows.slice(4400))));
		await device.compact(0);
		expect(await onDisk()).toHaveLength(2);
		expect((await reopened(device)).households()).toHaveLength(4500);
	});

	test('keeps tombstones, and fields that only a newer application knows', async () => {
		const device = await openDevice();
		const [gone, newer] = [home(1, 'A', { discarded: true }), home(2, 'B', { colour: ['xanh'] })];
		await device.ingest(answer(pulled([gone])));
		await device.ingest(answer(pulled([newer])));
		await device.compact(0);
		const again = await reopened(device);
		expect(again.record(gone.id)).toEqual({ ...gone, recorded_at: '2026-11-01T02:00:00.000Z' });
		expect(again.record(newer.id)).toMatchObject({ colour: ['xanh'] });
	});

	test('loses nothing of what two tabs save and pull meanwhile', async () => {
		const [here, there] = [await openDevice(), await openDevice()];
		await pullOften(here);
		const saved = [newHousehold('lưu ở đây'), newHousehold('lưu ở kia')];
		await Promise.all([
			here.compact(0),
			there.save([saved[1] as never]),
			there.compact(0),
			here.save([saved[0] as never]),
			there.ingest(answer(pulled([home(90, 'kéo về')]))),
			here.compact(0)
		]);
		await here.compact(0);
		for (const phone of [await reopened(here), await reopened(there)]) {
			expect(labels(phone)).toHaveLength(24);
			expect(labels(phone)).toEqual(
				expect.arrayContaining(['lưu ở đây', 'lưu ở kia', 'kéo về', 'Nhà 20', 'Hộ 1'])
			);
			expect(phone.waiting().count).toBe(2);
		}
	});

	test('does not bring back a group that another tab has dropped meanwhile', async () => {
		const [here, there] = [await openDevice(), await openDevice()];
		await pullOften(here);
		const theirs = pulledRow('household', 9, { label: 'B', group_id: GROUP_4 });
		const packing = here.compact(0);
		await there.ingest(answer(pulled([theirs], { group_id: GROUP_4, reset: true })));
		await packing;
		await here.compact(0);
		expect(labels(await reopened(here))).toEqual(['B']);
		expect((await onDisk()).map(({ group_id }) => group_id)).toEqual([GROUP_4]);
	});

	test('that is killed in the middle leaves everything as it was', async () => {
		const device = await openDevice();
		await pullOften(device);
		const before = [labels(device), await onDisk()];
		const remove = IDBObjectStore.prototype.delete;
		let calls = 0;
		vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(function (
			this: IDBObjectStore,
			key
		) {
			if (++calls === 5) this.transaction.abort();
			return remove.call(this, key);
		});
		await expect(device.compact()).rejects.toMatchObject({ name: 'DeviceError' });
		vi.restoreAllMocks();
		expect(calls).toBe(5);
		const again = await reopened(device);
		expect([labels(again), await onDisk()]).toEqual(before);
		await again.compact();
		expect(labels(await reopened(again))).toEqual(before[0]);
	});

	test('is let be when the application is closed meanwhile', async () => {
		const device = await openDevice();
		await pullOften(device);
		const packing = device.compact();
		device.close();
		await packing;
		expect(await onDisk()).toHaveLength(20);
	});
});

describe('what is damaged', () => {
	test('a page that does not open costs its group a new pull, and nothing else', async () => {
		const device = await openDevice();
		const [mine, theirs] = [home(3, 'A'), home(4, 'B', { group_id: GROUP_4 })];
		await device.ingest(answer(pulled([mine]), pulled([theirs], { group_id: GROUP_4 })));
		await device.save([changeOf(device.household(mine.id), { note: 'của tôi' })]);
		await device.save([newHousehold('C')]);
		await tamper('pages', (page) => {
			if ((page as SealedPage).group_id === GROUP_3) spoil(page);
		});

		const again = await reopened(device);
		expect(labels(again)).toEqual(['B', 'C']);
		expect(again.cursors()).toEqual({ [GROUP_4]: '4.x' });
		expect(again.unreadable()).toEqual({ groups: 1, changes: 0 });
		await again.compact(0);
		expect((await reopened(again)).cursors()).toEqual({ [GROUP_4]: '4.x' });

		const healed = await reopened(again);
		const cursors = healed.cursors();
		await healed.ingest(
			answer(pulled([mine]), pulled([], { group_id: GROUP_4, cursor: '4.x' })),
			cursors
		);
		for (const phone of [healed, await reopened(healed)]) {
			expect(labels(phone)).toEqual(['A', 'B', 'C']);
			expect(phone.household(mine.id)?.note).toBe('của tôi');
			expect(phone.unreadable()).toEqual({ groups: 0, changes: 0 });
		}
	});

	test('a page that was put in the place of another does not open', async () => {
		const device = await openDevice();
		await device.ingest(
			answer(pulled([home(3, 'A')]), pulled([], { group_id: GROUP_4, cursor: '1' }))
		);
		await device.ingest(
			answer(pulled([home(4, 'B')]), pulled([], { group_id: GROUP_4, cursor: '1' }))
		);
		const [first] = await onDisk();
		await tamper('pages', (page) => void (page.sealed = first?.sealed ?? page.sealed));
		const again = await reopened(device);
		expect(labels(again)).toEqual(['A']);
		expect(again.cursors()).not.toHaveProperty(GROUP_3);
	});

	test('a change that does not open is kept and told, and the others are sent', async () => {
		const device = await openDevice();
		await device.save([newHousehold('A')]);
		await tamper('outbox', spoil);
		const again = await reopened(device);
		expect(again.unreadable()).toEqual({ groups: 0, changes: 1 });
		await again.save([newVisit(null)]);
		const [change] = again.outbox(1e9);
		await again.settle([{ change_id: change?.change_id ?? '', verdict: 'applied', seq: 1 }]);
		await again.forget();
		expect(again.waiting().count).toBe(0);
		const database = await openDB(`tung-nha-${BUOI}`);
		expect(await database.count('outbox')).toBe(1);
		database.close();
	});

	test('what does not open stays where it is also between two changes that are answered together', async () => {
		const device = await openDevice();
		await device.save([newHousehold('A'), newHousehold('B'), newHousehold('C')]);
		let n = 0;
		await tamper('outbox', (change) => void (++n === 2 && spoil(change)));
		const again = await reopened(device);
		const waiting = again.outbox(1e9);
		expect(waiting).toHaveLength(2);
		await again.settle(
			waiting.map(({ change_id }, seq) => ({ change_id, verdict: 'applied', seq: seq + 1 }))
		);
		const database = await openDB(`tung-nha-${BUOI}`);
		expect(await database.count('outbox')).toBe(1);
		database.close();
	});

	test('without its key a phone begins anew, keeps what was unsent, and says so', async () => {
		const device = await openDevice();
		await device.ingest(answer(pulled([home(3, 'A')])));
		await device.save([newHousehold('B')]);
		await device.keepMeta('me', { name: 'Trần Thị Bưởi' });
		device.close();
		const database = await openDB(`tung-nha-${BUOI}`);
		await database.clear('keys');
		database.close();

		const again = await openDevice();
		expect(again.unreadable()).toEqual({ groups: 1, changes: 1 });
		expect(again.cursors()).toEqual({});
		expect(again.meta('me')).toBeUndefined();
		await again.ingest(answer(pulled([home(3, 'A')])));
		await again.save([newHousehold('C')]);
		expect(labels(await reopened(again))).toEqual(['A', 'C']);
	});
});

test('a key cannot be taken out of the browser', async () => {
	await openDevice();
	const database = await openDB(`tung-nha-${BUOI}`);
	const key: CryptoKey = await database.get('keys', 'records');
	database.close();
	expect(key.extractable).toBe(false);
	await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
});

test('two tabs that open a phone for the first time share one key', async () => {
	const [here, there] = await Promise.all([openDevice(), openDevice()]);
	await here.save([newHousehold('A')]);
	await there.save([newHousehold('B')]);
	expect(labels(await reopened(here))).toEqual(['A', 'B']);
});

test('where the address is not https, it is said so instead of writing in the clear', async () => {
	vi.stubGlobal('crypto', { getRandomValues: () => new Uint8Array() });
	await expect(openDevice()).rejects.toMatchObject({ code: 'no_https' });
	vi.unstubAllGlobals();
});
