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
