import { afterEach, describe, expect, test, vi } from 'vitest';
import {
	answer,
	BUOI,
	CAM,
	changeOf,
	emptyBrowser,
	GROUP_3,
	GROUP_4,
	newHousehold,
	newVisit,
	openDevice,
	pulled,
	pulledRow,
	reopened
} from './support';

emptyBrowser();
afterEach(() => {
	vi.restoreAllMocks();
	vi.useRealTimers();
});

describe('saving', () => {
	test('a visit saved offline survives a reload, and still waits to be sent', async () => {
		const device = await openDevice();
		const home = newHousehold('Nhà cô Năm');
		await device.save([home, newVisit(home.record_id)]);

		const again = await reopened(device);
		expect(again.household(home.record_id)?.label).toBe('Nhà cô Năm');
		expect(again.visitsOf(home.record_id)).toMatchObject([{ topics: ['vneid'], author_id: BUOI }]);
		expect(again.waiting().count).toBe(2);
		expect(again.outbox(1e6).map((change) => change.kind)).toEqual(['household', 'visit']);
	});

	test('a form is gone with what was saved from it, and comes back with what was not', async () => {
		const device = await openDevice();
		const [home, note] = [newHousehold('Nhà cô Năm'), { note: 'Cô hẹn chủ nhật' }];
		void device.keepDraft('visit:nam', note);
		await device.saveDraft('visit:nam', [home]);
		expect(device.drafts()).toEqual([]);
		expect((await reopened(device)).drafts()).toEqual([]);

		const again = await reopened(device);
		await again.keepDraft('visit:nam', note);
		const { put } = IDBObjectStore.prototype;
		const full = vi.spyOn(IDBObjectStore.prototype, 'put');
		full.mockImplementation(function (this: IDBObjectStore, ...given) {
			if (this.name === 'counts') throw new DOMException('', 'QuotaExceededError');
			return put.apply(this, given);
		});
		const save = again.saveDraft('visit:nam', [newHousehold('Nhà bác Sáu')]);
		await expect(save).rejects.toMatchObject({ code: 'storage_full' });
		full.mockRestore();
		expect(again.draft('visit:nam')).toEqual(note);
		const later = await reopened(again);
		expect(later.draft('visit:nam')).toEqual(note);
		expect(later.households().map(({ label }) => label)).toEqual(['Nhà cô Năm']);
	});

	test('a record that was not filled in completely has no absent field', async () => {
		const device = await openDevice();
		const home = newHousehold('K32/6');
		await device.save([home]);
		expect(device.household(home.record_id)).toMatchObject({
			smartphone: null,
			priority: false,
			note: '',
			seq: null
		});
	});

	test('the answer comes only when the disk has it', async () => {
		const device = await openDevice();
		const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
		await device.save([newVisit(null)]);
		expect(transaction).toHaveBeenCalledWith(expect.anything(), 'readwrite', {
			durability: 'strict'
		});
	});

	test('a full phone keeps all of a save or nothing, and says which', async () => {
		const device = await openDevice();
		await device.save([newHousehold('Nhà bác Sáu')]);
		failAt(2, () => {
			throw new DOMException('no space', 'QuotaExceededError');
		});
		const save = device.save([newHousehold('A'), newVisit(null), newVisit(null)]);
		await expect(save).rejects.toMatchObject({ code: 'storage_full' });

		for (const phone of [device, await reopened(device)]) {
			expect(phone.households().map((row) => row.label)).toEqual(['Nhà bác Sáu']);
			expect(phone.visits()).toEqual([]);
			expect(phone.waiting().count).toBe(1);
		}
	});

	test('a transaction that the browser gives up leaves nothing half-written', async () => {
		const device = await openDevice();
		failAt(2, (store) => store.transaction.abort());
		const save = device.save([newHousehold('A'), newVisit(null)]);
		await expect(save).rejects.toMatchObject({ name: 'DeviceError' });

		for (const phone of [device, await reopened(device)]) {
			expect(phone.households()).toEqual([]);
			expect(phone.waiting().count).toBe(0);
		}
		await device.save([newHousehold('B')]);
		expect(device.households()).toHaveLength(1);
	});

	test('what cannot be stored is refused, and the rest of the save with it', async () => {
		const device = await openDevice();
		const broken = newVisit(null, { note: () => 'not data' });
		await expect(device.save([newHousehold('A'), broken])).rejects.toMatchObject({
			code: 'storage_failed'
		});
		expect((await reopened(device)).waiting().count).toBe(0);
	});

	test('a correction is sent after the record even when the clock was set back', async () => {
		vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-12-07T02:00:00Z') });
		const device = await openDevice();
		const home = newHousehold('Nhà cô Nam');
		await device.save([home]);
		vi.setSystemTime(new Date('2026-11-02T02:00:00Z'));
		await device.save([changeOf(device.household(home.record_id), { label: 'Nhà cô Năm' })]);

		const again = await reopened(device);
		expect(again.household(home.record_id)?.label).toBe('Nhà cô Năm');
		expect(again.outbox(1e6).map((change) => change.fields.label)).toEqual([
			'Nhà cô Nam',
			'Nhà cô Năm'
		]);
	});

	test('a batch is as large as it may be, and never empty', async () => {
		const device = await openDevice();
		await device.save([newVisit(null, { note: 'ễ'.repeat(900) }), newVisit(null), newVisit(null)]);
		expect(device.outbox(10)).toHaveLength(1);
		expect(device.outbox(3200)).toHaveLength(1);
		expect(device.outbox(1e6)).toHaveLength(3);
	});
});

describe('settling', () => {
	test('takes exactly the changes out that were answered', async () => {
		const device = await openDevice();
		await device.save([newVisit(null), newVisit(null), newVisit(null)]);
		const [first, second, third] = device.outbox(1e6).map((change) => change.change_id);
		await device.settle([
			{ change_id: second ?? '', verdict: 'applied', seq: 7 },
			{ change_id: 'never-heard-of', verdict: 'applied', seq: 8 }
		]);
		for (const phone of [device, await reopened(device)]) {
			expect(phone.outbox(1e6).map((change) => change.change_id)).toEqual([first, third]);
			expect(phone.visits()).toHaveLength(3);
		}
	});

	test('does nothing on a word that this version does not know', async () => {
		const device = await openDevice();
		await device.save([newVisit(null)]);
		const [change] = device.outbox(1);
		const verdict = { change_id: change?.change_id ?? '', verdict: 'postponed' as never };
		await device.settle([verdict]);
		expect(device.waiting().count).toBe(1);
	});

	test('that breaks off half-way has settled nothing: it will be sent again', async () => {
		const device = await openDevice();
		const home = newHousehold('Nhà cô Năm');
		await device.save([home, newVisit(home.record_id)]);
		const verdicts = device.outbox(1e6).map(({ change_id }, n) => ({
			change_id,
			verdict: 'applied' as const,
			seq: n + 1
		}));
		const remove = IDBObjectStore.prototype.delete;
		vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(function (
			this: IDBObjectStore,
			key
		) {
			const removing = remove.call(this, key);
			// By now both lie among what was sent, too.
			if (this.name === 'outbox') this.transaction.abort();
			return removing;
		});
		await expect(device.settle(verdicts)).rejects.toThrow();
		vi.restoreAllMocks();

		const again = await reopened(device);
		expect(again.waiting().count).toBe(2);
		expect(again.isConfirmed(home.record_id)).toBe(false);
		await again.settle(verdicts.map((verdict) => ({ ...verdict, verdict: 'duplicate' })));
		expect(again.waiting().count).toBe(0);
		expect(again.household(home.record_id)?.seq).toBe(1);
	});

	test('that comes late does not put an old value over what was pulled since', async () => {
		const device = await openDevice();
		const row = pulledRow('household', 3, { label: 'A' });
		await device.ingest(answer(pulled([row])));
		await device.save([changeOf(device.household(row.id), { label: 'B' })]);
		const [change] = device.outbox(1);
		const newer = { ...row, seq: 7, label: 'C' };
		await device.ingest(answer(pulled([newer])));
		await device.settle([{ change_id: change?.change_id ?? '', verdict: 'duplicate', seq: 5 }]);
		for (const phone of [device, await reopened(device)])
			expect(phone.household(row.id)).toMatchObject({ label: 'C', seq: 7 });
	});

	test('bases what was written meanwhile on the record that was created', async () => {
		const device = await openDevice();
		const home = newHousehold('Nhà cô Nam');
		await device.save([home]);
		const [creation] = device.outbox(1);
		await device.save([changeOf(device.household(home.record_id), { label: 'Nhà cô Năm' })]);
		await device.settle([{ change_id: creation?.change_id ?? '', verdict: 'applied', seq: 5 }]);

		expect(device.outbox(1e6)).toMatchObject([{ base: 5, fields: { label: 'Nhà cô Năm' } }]);
		expect(device.household(home.record_id)).toMatchObject({ label: 'Nhà cô Năm', seq: 5 });
	});
});

describe('pulling', () => {
	test('does not overwrite what waits, and shows what it does not touch', async () => {
		const device = await openDevice();
		const row = pulledRow('household', 3, { label: 'Nhà cô Năm', note: 'cũ' });
		await device.ingest(answer(pulled([row])));
		await device.save([changeOf(device.household(row.id), { note: 'của tôi' })]);
		const newer = { ...row, seq: 4, label: 'Nhà bà Năm', note: 'của người khác' };
		await device.ingest(answer(pulled([newer])));

		for (const phone of [device, await reopened(device)])
			expect(phone.household(row.id)).toMatchObject({ label: 'Nhà bà Năm', note: 'của tôi' });
		expect(device.outbox(1e6)).toMatchObject([{ base: 3, fields: { note: 'của tôi' } }]);
	});

	test('fills empty columns, and writes times as the phone does', async () => {
		const device = await openDevice();
		const row = { ...pulledRow('household', 1, { label: 'A' }), note: null, priority: null };
		await device.ingest(answer(pulled([row as never])));
		expect(device.household(row.id)).toMatchObject({
			note: '',
			priority: false,
			recorded_at: '2026-11-01T02:00:00.000Z'
		});
	});

	test('keeps rows and cursor together or neither', async () => {
		const device = await openDevice();
		const put = IDBObjectStore.prototype.put;
		vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
			this: IDBObjectStore,
			value,
			key
		) {
			if (this.name === 'cursors') this.transaction.abort();
			return put.call(this, value, key);
		});
		const row = pulledRow('household', 3, { label: 'A' });
		await expect(device.ingest(answer(pulled([row])))).rejects.toThrow();
		vi.restoreAllMocks();
		for (const phone of [device, await reopened(device)]) {
			expect(phone.households()).toEqual([]);
			expect(phone.cursors()).toEqual({});
		}
	});

	test('a discarded record leaves the lists and is remembered', async () => {
		const device = await openDevice();
		const row = pulledRow('household', 3, { label: 'A' });
		await device.ingest(answer(pulled([row])));
		await device.ingest(answer(pulled([{ ...row, seq: 4, discarded: true }])));
		expect(device.households()).toEqual([]);
		expect(device.household(row.id)).toBeUndefined();
		expect((await reopened(device)).record(row.id)?.discarded).toBe(true);
	});

	test('a group that left the scope is dropped, but not what waits of it', async () => {
		const device = await openDevice();
		const mine = pulledRow('household', 3, { label: 'A' });
		const theirs = pulledRow('household', 9, { label: 'B', group_id: GROUP_4 });
		await device.ingest(answer(pulled([mine]), pulled([theirs], { group_id: GROUP_4 })));
		const born = newHousehold('C', GROUP_4);
		await device.save([born, changeOf(device.household(theirs.id), { note: 'x' })]);
		await device.ingest(answer(pulled([])));

		for (const phone of [device, await reopened(device)]) {
			expect(phone.households().map((row) => row.label)).toEqual(['A', 'C']);
			expect(Object.keys(phone.cursors())).toEqual([GROUP_3]);
			expect(phone.waiting().count).toBe(2);
		}
	});

	test('a server that was restored gets again what it lost, in the old order', async () => {
		const device = await openDevice();
		const home = newHousehold('Nhà cô Nam');
		await device.save([home]);
		await device.save([changeOf(device.household(home.record_id), { label: 'Nhà cô Năm' })]);
		const sent = device.outbox(1e6);
		await device.settle(
			sent.map(({ change_id }, n) => ({ change_id, verdict: 'applied' as const, seq: n + 1 }))
		);
		await device.save([newVisit(home.record_id)]);
		await device.ingest(answer(pulled([], { reset: true })));

		for (const phone of [device, await reopened(device)]) {
			const order = phone.outbox(1e6).map((change) => change.change_id);
			expect(order.slice(0, 2)).toEqual(sent.map((change) => change.change_id));
			expect(order).toHaveLength(3);
			expect(phone.household(home.record_id)?.label).toBe('Nhà cô Năm');
		}
	});

	test('what was sent is kept for two weeks by the clock of the server, and the last thousand longer', async () => {
		const device = await openDevice();
		const send = async (count: number, day: string) => {
			await device.save(Array.from({ length: count }, () => newVisit(null)));
			const verdicts = device
				.outbox(1e9)
				.map(({ change_id }, n) => ({ change_id, verdict: 'applied' as const, seq: n + 1 }));
			await device.settle(verdicts, `${day}T02:00:00Z`);
		};
		const again = async () => {
			await device.ingest(answer(pulled([], { reset: true })));
			return device.waiting().count;
		};
		await send(1100, '2026-11-01');
		await send(1, '2026-11-14');
		expect(await again()).toBe(1101);
		await send(0, '2026-11-14');
		await send(1, '2026-11-30');
		expect(await again()).toBe(1000);
	});
});

describe('the people of one phone', () => {
	test('never see or send each other’s work', async () => {
		const buoi = await openDevice(BUOI);
		await buoi.save([newHousehold('Nhà cô Năm')]);
		const cam = await openDevice(CAM);
		expect(cam.households()).toEqual([]);
		expect(cam.outbox(1e6)).toEqual([]);
		await cam.save([newHousehold('Nhà bác Sáu')]);

		const again = await reopened(buoi);
		expect(again.households().map((row) => row.label)).toEqual(['Nhà cô Năm']);
		expect(again.outbox(1e6)).toHaveLength(1);
	});

	test('leave behind only what was not sent, when they sign out', async () => {
		const device = await openDevice();
		const row = pulledRow('household', 3, { label: 'A' });
		await device.ingest(answer(pulled([row])));
		await device.keepMeta('me', { name: 'Trần Thị Bưởi' });
		await device.keepDraft('visit', { note: 'đang viết' });
		const born = newHousehold('B');
		await device.save([born, newVisit(row.id)]);
		await device.forget();

		for (const phone of [device, await reopened(device)]) {
			expect(phone.households().map((home) => home.label)).toEqual(['B']);
			expect(phone.cursors()).toEqual({});
			expect(phone.meta('me')).toBeUndefined();
			expect(phone.draft('visit')).toEqual({ note: 'đang viết' });
			expect(phone.waiting().count).toBe(2);
		}
	});
});

test('a draft survives a reload until it is dropped', async () => {
	const device = await openDevice();
	await device.keepDraft('visit:1', { topics: ['qr'] });
	const again = await reopened(device);
	expect(again.draft('visit:1')).toEqual({ topics: ['qr'] });
	await again.dropDraft('visit:1');
	expect((await reopened(again)).draft('visit:1')).toBeUndefined();
});

/** Lets the n-th record of a save fail. */
function failAt(n: number, fail: (store: IDBObjectStore) => void): void {
	const add = IDBObjectStore.prototype.add;
	let calls = 0;
	vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (
		this: IDBObjectStore,
		value,
		key
	) {
		if (++calls === n) fail(this);
		return add.call(this, value, key);
	});
}
