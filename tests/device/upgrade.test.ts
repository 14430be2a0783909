import { openDB } from 'idb';
import { afterEach, expect, test, vi } from 'vitest';
import type { Change } from '../../src/lib/domain/change';
import { newId } from '../../src/lib/domain/id';
import { Device } from '../../src/lib/device/device';
import {
	answer,
	BUOI,
	emptyBrowser,
	GROUP_3,
	newHousehold,
	newVisit,
	openDevice,
	pulled,
	pulledRow,
	reopened
} from './support';
import { leaveVersion1, openVersion1, type HeldInVersion1 } from './version_1';

emptyBrowser();
afterEach(() => void vi.restoreAllMocks());

const HOME = pulledRow('household', 3, { label: 'Nhà cô Năm', note: 'cũ', from_a_newer_app: 1 });

function changed(label: string): Change {
	return { ...newHousehold(label), change_id: newId(), at: '2026-11-02T02:00:00.000Z' };
}

/** A phone in the middle of its work: everything that version 1 could hold, it holds. */
function aFullPhone() {
	const waiting = [changed('Nhà bác Sáu'), changed('Nhà dì Bảy')];
	const sent = {
		place: 7,
		change: changed('Nhà ông Tám'),
		seq: 9,
		taken_at: '2026-11-02T03:00:00Z'
	};
	const verdict = { verdict: 'refused' as const, code: 'not_your_group' as const };
	const change = changed('Nhà bà Chín');
	const returned = { place: 8, change, verdict: { change_id: change.change_id, ...verdict } };
	const held: HeldInVersion1 = {
		records: [HOME, pulledRow('visit', 4, { household_id: HOME.id, note: 'lượt cũ' })],
		outbox: waiting.map((one) => ({ change: one })),
		returned: [returned],
		sent: [sent],
		cursors: { [GROUP_3]: '4.x' },
		drafts: { 'visit:1': { note: 'đang viết' } },
		meta: { me: { name: 'Trần Thị Bưởi' }, sent_at: 12 }
	};
	return { held, waiting, sent, returned };
}

async function expectAll(
	device: Device,
	{ waiting, sent, returned }: ReturnType<typeof aFullPhone>
) {
	expect(device.record(HOME.id)).toEqual(HOME);
	expect(device.visitsOf(HOME.id)).toMatchObject([{ note: 'lượt cũ', seq: 4 }]);
	expect(device.outbox(1e9)).toEqual(waiting);
	expect(device.returned()).toEqual([returned]);
	expect(await device.sent()).toEqual([sent]);
	expect(device.cursors()).toEqual({ [GROUP_3]: '4.x' });
	expect(device.draft('visit:1')).toEqual({ note: 'đang viết' });
	expect(device.meta('me')).toEqual({ name: 'Trần Thị Bưởi' });
	expect(device.meta('sent_at')).toBe(12);
}

test('a phone in the middle of its work keeps all of it when the application is renewed', async () => {
	const phone = aFullPhone();
	await leaveVersion1(BUOI, phone.held);
	const device = await openDevice();
	await expectAll(device, phone);
	await expectAll(await reopened(device), phone);
});

test('what is written after it comes after what was written before, also after a restore', async () => {
	const phone = aFullPhone();
	await leaveVersion1(BUOI, { ...phone.held, outbox: [] });
	const database = await openVersion1(BUOI);
	// Places up to 8 were given, and everything has been sent since.
	for (let n = 0; n < 8; n++) {
		const place = await database.add('outbox', { change: changed('gửi rồi') });
		await database.delete('outbox', place);
	}
	database.close();
	const device = await openDevice();
	await device.save([newVisit(null)]);
	await device.ingest(answer(pulled([], { reset: true })));
	const order = device.outbox(1e9);
	expect(order[0]).toEqual(phone.sent.change);
	expect(order).toHaveLength(2);
});

test('nothing of it lies in the clear afterwards', async () => {
	await leaveVersion1(BUOI, aFullPhone().held);
	(await openDevice()).close();
	const database = await openDB(`tung-nha-${BUOI}`);
	expect([...database.objectStoreNames]).not.toContain('records');
	let read = '';
	for (const store of database.objectStoreNames) {
		read += JSON.stringify(await database.getAll(store), (_, value: unknown) =>
			value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value
		);
	}
	database.close();
	expect(read).toContain(HOME.group_id);
	for (const name of ['cô Năm', 'Sáu', 'Tám', 'Chín', 'lượt cũ', 'đang viết', 'Bưởi', 'refused'])
		expect(read).not.toContain(name);
});

test('an upgrade that is killed half-way has changed nothing, and is done at the next opening', async () => {
	const phone = aFullPhone();
	await leaveVersion1(BUOI, phone.held);
	const put = IDBObjectStore.prototype.put;
	let calls = 0;
	vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
		this: IDBObjectStore,
		...args: Parameters<typeof put>
	) {
		if (++calls === 5) this.transaction.abort();
		return put.apply(this, args);
	});
	await expect(Device.open(BUOI)).rejects.toMatchObject({ code: 'storage_unavailable' });
	vi.restoreAllMocks();
	expect(calls).toBeGreaterThanOrEqual(5);

	const still = await openVersion1(BUOI);
	expect(await still.getAll('outbox')).toHaveLength(2);
	expect(await still.getAll('records')).toHaveLength(2);
	still.close();
	await expectAll(await openDevice(), phone);
});

test('a phone that is full during the upgrade loses nothing', async () => {
	const phone = aFullPhone();
	await leaveVersion1(BUOI, phone.held);
	vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
		throw new DOMException('no space', 'QuotaExceededError');
	});
	await expect(Device.open(BUOI)).rejects.toMatchObject({ code: 'storage_full' });
	vi.restoreAllMocks();
	await expectAll(await openDevice(), phone);
});

test('two tabs that upgrade at once both find everything', async () => {
	const phone = aFullPhone();
	await leaveVersion1(BUOI, phone.held);
	const [here, there] = await Promise.all([openDevice(), openDevice()]);
	await expectAll(here, phone);
	await expectAll(there, phone);
	await here.save([newVisit(null)]);
	await there.save([newVisit(null)]);
	expect((await reopened(here)).waiting().count).toBe(4);
});

test('what a tab with the old version writes during the upgrade is not lost', async () => {
	const phone = aFullPhone();
	await leaveVersion1(BUOI, phone.held);
	const late = changed('Nhà chú Mười');
	const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
	let written: Promise<void> | null = null;
	vi.spyOn(crypto.subtle, 'encrypt').mockImplementation(async (...args) => {
		// While it is being sealed, the old tab opens the database again and saves.
		written ??= openVersion1(BUOI).then(async (old) => {
			await old.add('outbox', { change: late });
		});
		await written;
		return encrypt(...args);
	});
	const device = await openDevice();
	expect(device.outbox(1e9)).toEqual([...phone.waiting, late]);
});

test('an old tab that does not make room is named as the cause', async () => {
	await leaveVersion1(BUOI, aFullPhone().held);
	const old = await openDB(`tung-nha-${BUOI}`, 1);
	await expect(Device.open(BUOI)).rejects.toMatchObject({ code: 'storage_blocked' });
	old.close();
	expect((await openDevice()).waiting().count).toBe(2);
});
