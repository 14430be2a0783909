import { openDB } from 'idb';
import { expect, test, vi } from 'vitest';
import { Device } from '../../src/lib/device/device';
import { BUOI, emptyBrowser, newHousehold, newVisit, openDevice, reopened } from './support';

emptyBrowser();
const NAME = `tung-nha-${BUOI}`;

test('another tab shows at once what this one saved', async () => {
	const [here, there] = [await openDevice(), await openDevice()];
	const home = newHousehold('Nhà cô Năm');
	const seen = new Promise<void>((resolve) => void there.onchange(resolve));
	await here.save([home]);
	await seen;
	expect(there.household(home.record_id)?.label).toBe('Nhà cô Năm');
	expect(there.waiting().count).toBe(1);
});

test('two tabs that save at once both keep their work, in one order', async () => {
	const [here, there] = [await openDevice(), await openDevice()];
	await Promise.all([here.save([newVisit(null)]), there.save([newVisit(null)])]);
	const again = await reopened(here);
	expect(again.waiting().count).toBe(2);
});

test('what another tab saves does not touch what is being typed here', async () => {
	const [here, there] = [await openDevice(), await openDevice()];
	await here.keepDraft('visit', { note: 'đang viết' });
	const heard = new Promise<void>((resolve) => void here.onchange(resolve));
	await there.save([newVisit(null)]);
	await heard;
	expect(here.draft('visit')).toEqual({ note: 'đang viết' });
});

test('a tab with an older version makes room, and says that it is too old', async () => {
	const old = await openDevice();
	await old.save([newHousehold('A')]);
	const newer = await openDB(NAME, 3);
	expect(newer.version).toBe(3);
	await expect(old.save([newHousehold('B')])).rejects.toMatchObject({ code: 'newer_version' });
	expect(old.households()).toHaveLength(1);
	newer.close();
});

test('a database of a newer version is not opened, and not harmed', async () => {
	(await openDB(NAME, 3)).close();
	await expect(Device.open(BUOI)).rejects.toMatchObject({ code: 'newer_version' });
});

test('a tab that does not make room is named as the cause', async () => {
	const request = vi.spyOn(indexedDB, 'open').mockImplementation(blockedOpening);
	await expect(Device.open(BUOI)).rejects.toMatchObject({ code: 'storage_blocked' });
	request.mockRestore();
	expect((await openDevice()).households()).toEqual([]);
});

test('a browser without a usable database is named as the cause', async () => {
	vi.spyOn(indexedDB, 'open').mockImplementation(() => {
		throw new DOMException('private window', 'SecurityError');
	});
	await expect(Device.open(BUOI)).rejects.toMatchObject({ code: 'storage_unavailable' });
	vi.restoreAllMocks();
});

test('saving goes on after the browser closed the database behind our back', async () => {
	const device = await openDevice();
	const gone = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
		throw new DOMException('the connection is closing', 'InvalidStateError');
	});
	await device.save([newHousehold('A')]);
	expect(gone).toHaveBeenCalledTimes(2);
	vi.restoreAllMocks();
	expect((await reopened(device)).households()).toHaveLength(1);
});

test('saving goes on when the connection is lost in the middle, and nothing is there twice', async () => {
	const closes = vi.spyOn(IDBDatabase.prototype, 'addEventListener');
	const device = await openDevice();
	const [, onclose] = closes.mock.calls.findLast(([type]) => type === 'close') ?? [];
	const add = IDBObjectStore.prototype.add;
	let lost = false;
	vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(function (
		this: IDBObjectStore,
		value: unknown
	) {
		const request = add.call(this, value);
		// As the standard says of a connection that is closed by force: its transactions abort first.
		lost = true;
		this.transaction.abort();
		setTimeout(() => (onclose as (event: Event) => void)(new Event('close')));
		return request;
	});
	await device.save([newHousehold('A')]);
	expect(lost).toBe(true);
	vi.restoreAllMocks();
	expect((await reopened(device)).outbox(1e6)).toMatchObject([{ fields: { label: 'A' } }]);
});

test('a save that was on the disk when the connection was lost is not kept twice', async () => {
	const device = await openDevice();
	const begin = IDBDatabase.prototype.transaction;
	let lost = false;
	vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
		this: IDBDatabase,
		...args
	) {
		const begun = begin.apply(this, args);
		if (args[1] !== 'readwrite' || lost) return begun;
		lost = true;
		// It is committed, and the browser tells that it failed.
		const listen = begun.addEventListener.bind(begun);
		const failed: ((event: Event) => void)[] = [];
		begun.addEventListener = (type: string, listener: never) => {
			if (type === 'error') failed.push(listener);
			if (type !== 'complete') return listen(type, listener);
			listen('complete', () => {
				const error = new DOMException('connection to the server lost', 'UnknownError');
				Object.defineProperty(begun, 'error', { value: error });
				for (const tell of failed) tell(new Event('error'));
			});
		};
		return begun;
	});
	await device.save([newHousehold('A'), newVisit(null)]);
	vi.restoreAllMocks();
	expect(lost).toBe(true);
	expect(device.waiting().count).toBe(2);
	expect((await reopened(device)).waiting().count).toBe(2);
});

test('a memory that keeps failing is told, and works again when it works again', async () => {
	const device = await openDevice();
	vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
		throw new DOMException('internal error', 'UnknownError');
	});
	await expect(device.save([newHousehold('A')])).rejects.toMatchObject({ code: 'storage_failed' });
	vi.restoreAllMocks();
	await device.save([newHousehold('B')]);
	expect((await reopened(device)).households()).toMatchObject([{ label: 'B' }]);
});

test('a save that was under way while the phone was handed over is kept', async () => {
	const device = await openDevice();
	const save = device.save([newHousehold('A')]);
	device.close();
	await save;
	expect((await openDevice()).households()).toHaveLength(1);
});

/** An opening that only ever says that it is blocked. */
function blockedOpening(): IDBOpenDBRequest {
	const request = new EventTarget();
	queueMicrotask(() => request.dispatchEvent(new Event('blocked')));
	return request as IDBOpenDBRequest;
}
