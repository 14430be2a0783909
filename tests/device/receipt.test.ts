import { expect, test } from 'vitest';
import { heldOf } from '../../src/lib/device/held';
import { receiptOf, spokenCode } from '../../src/lib/device/receipt';
import {
	BUOI,
	changeOf,
	emptyBrowser,
	newHousehold,
	newVisit,
	openDevice,
	reopened
} from './support';

emptyBrowser();

const ANSWERED = '2026-11-02T03:04:05.000Z';

test('what waits has no number yet; once taken, the receipt outlives a reload', async () => {
	const device = await openDevice();
	const visit = newVisit(null);
	await device.save([visit]);
	const [change] = device.outbox(1e6);
	const change_id = change?.change_id ?? '';
	expect(await receiptOf(device, visit.record_id)).toEqual({
		state: 'waiting',
		written_at: change?.at,
		taken_at: null,
		number: null,
		change_id
	});

	await device.settle([{ change_id, verdict: 'applied', seq: 128 }], ANSWERED);
	expect(await receiptOf(await reopened(device), visit.record_id)).toEqual({
		state: 'sent',
		written_at: change?.at,
		taken_at: ANSWERED,
		number: 128,
		change_id
	});
});

test('a correction has a receipt of its own', async () => {
	const device = await openDevice();
	const home = newHousehold('Nhà cô Nam');
	await device.save([home]);
	const [first] = device.outbox(1e6);
	await device.settle(
		[{ change_id: first?.change_id ?? '', verdict: 'applied', seq: 5 }],
		ANSWERED
	);
	await device.save([changeOf(device.record(home.record_id), { label: 'Nhà cô Năm' })]);
	const [second] = device.outbox(1e6);
	expect(await receiptOf(device, home.record_id)).toMatchObject({
		state: 'waiting',
		number: 5,
		change_id: second?.change_id
	});
	await device.settle(
		[{ change_id: second?.change_id ?? '', verdict: 'merged', seq: 9 }],
		ANSWERED
	);
	expect(await receiptOf(device, home.record_id)).toMatchObject({ state: 'sent', number: 9 });
});

test('what was sent back says so, and a record of another phone has no code here', async () => {
	const device = await openDevice();
	const visit = newVisit(null, { note: 'x' });
	await device.save([visit]);
	const [change] = device.outbox(1e6);
	const change_id = change?.change_id ?? '';
	await device.settle([{ change_id, verdict: 'invalid', code: 'too_long', field: 'note' }]);
	expect(await receiptOf(device, visit.record_id)).toMatchObject({
		state: 'look',
		number: null,
		change_id
	});
	expect(await receiptOf(device, 'no such record')).toBeUndefined();
});

test('a phone tells what it holds: everybody’s records, and which of mine the server has', async () => {
	const device = await openDevice(BUOI);
	const home = newHousehold('A');
	await device.save([home, newVisit(home.record_id)]);
	const sent = device.outbox(1e6).map(({ change_id }) => ({ change_id }));
	expect(heldOf(device)).toEqual({ households: 1, records: 1, sent: 0 });
	await device.settle(
		sent.map(({ change_id }, n) => ({ change_id, verdict: 'applied', seq: n + 1 })),
		ANSWERED
	);
	await device.save([newVisit(home.record_id)]);
	expect(heldOf(device)).toEqual({ households: 1, records: 2, sent: 1 });
});

test('the code that is read out is the part of the id that differs', () => {
	expect(spokenCode('019ab000-0000-7000-8000-1234567891bc')).toBe('5678 91bc');
});
