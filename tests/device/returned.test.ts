import { expect, test } from 'vitest';
import type { Verdict } from '../../src/lib/domain/change';
import type { Device } from '../../src/lib/device/device';
import {
	answer,
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

test('a refused change is kept for a look, and the server’s values are shown', async () => {
	const device = await openDevice();
	const row = pulledRow('household', 3, { label: 'Nhà cô Năm' });
	await device.ingest(answer(pulled([row])));
	await device.save([changeOf(device.household(row.id), { label: '048090001234' })]);
	await answerAll(device, { verdict: 'invalid', code: 'id_number_in_note', field: 'label' });

	for (const phone of [device, await reopened(device)]) {
		expect(phone.household(row.id)?.label).toBe('Nhà cô Năm');
		expect(phone.waiting().count).toBe(0);
		expect(phone.looks(row.id)).toBe(true);
		expect(phone.returned()).toMatchObject([
			{ change: { fields: { label: '048090001234' } }, verdict: { code: 'id_number_in_note' } }
		]);
	}
});

test('a record that was refused stays in sight', async () => {
	const device = await openDevice();
	const home = newHousehold('Nhà cô Năm');
	await device.save([home]);
	await answerAll(device, { verdict: 'refused', code: 'not_your_group' });
	for (const phone of [device, await reopened(device)]) {
		expect(phone.household(home.record_id)?.label).toBe('Nhà cô Năm');
		expect(phone.looks(home.record_id)).toBe(true);
	}
});

test('a record that was refused is sent whole again once it is mended', async () => {
	const device = await openDevice();
	const visit = newVisit(null, { note: 'CCCD 048090001234', topics: ['vneid', 'qr'] });
	await device.save([visit]);
	const [first] = device.outbox(1);
	await answerAll(device, { verdict: 'invalid', code: 'id_number_in_note', field: 'note' });
	await device.save([changeOf(device.record(visit.record_id), { note: '' })]);

	for (const phone of [device, await reopened(device)]) {
		expect(phone.returned()).toEqual([]);
		const [again] = phone.outbox(1e6);
		expect(again).toMatchObject({ base: null, at: first?.at });
		expect(again?.fields).toEqual({ ...visit.fields, note: '' });
		expect(again?.change_id).not.toBe(first?.change_id);
	}
});

test('two changes in one save do not undo each other when the record was sent back', async () => {
	const device = await openDevice();
	const visit = newVisit(null, { note: 'a' });
	await device.save([visit]);
	await answerAll(device, { verdict: 'invalid' });
	const change = (note: string, place: string) =>
		changeOf(device.record(visit.record_id), note ? { note } : { place });
	await device.save([change('b', ''), change('', 'market')]);
	expect(device.record(visit.record_id)).toMatchObject({ note: 'b', place: 'market' });
});

test('a change can be sent once more when its cause has gone', async () => {
	const device = await openDevice();
	const row = pulledRow('household', 3, { label: 'A' });
	await device.ingest(answer(pulled([row])));
	await device.save([changeOf(device.household(row.id), { label: 'B' })]);
	const [first] = device.outbox(1);
	await answerAll(device, { verdict: 'refused', code: 'not_your_group' });
	await device.resend(first?.change_id ?? '');

	expect(device.returned()).toEqual([]);
	expect(device.household(row.id)?.label).toBe('B');
	const [again] = device.outbox(1e6);
	expect(again).toMatchObject({ base: 3, fields: { label: 'B' } });
	expect(again?.change_id).not.toBe(first?.change_id);
});

test('after the look a refused change is let go, with all of a record that never was', async () => {
	const device = await openDevice();
	const home = newHousehold('A');
	await device.save([home]);
	await device.save([changeOf(device.household(home.record_id), { note: 'x' })]);
	const [first] = device.outbox(1);
	await answerAll(device, { verdict: 'refused', code: 'unknown_group' });
	await device.dismiss(first?.change_id ?? '');
	for (const phone of [device, await reopened(device)]) {
		expect(phone.returned()).toEqual([]);
		expect(phone.households()).toEqual([]);
	}
});

test('what was written over someone else’s words asks for a look, and is taken', async () => {
	const device = await openDevice();
	const row = pulledRow('household', 3, { label: 'A' });
	await device.ingest(answer(pulled([row])));
	await device.save([changeOf(device.household(row.id), { label: 'B' })]);
	await answerAll(device, { verdict: 'merged', fields: ['label'], seq: 5 });
	expect(device.household(row.id)?.label).toBe('B');
	expect(device.returned()).toMatchObject([{ verdict: { fields: ['label'] } }]);
});

test('what was written to a record that someone discarded asks for a look', async () => {
	const device = await openDevice();
	const row = pulledRow('household', 3, { label: 'A' });
	await device.ingest(answer(pulled([row])));
	await device.save([changeOf(device.household(row.id), { note: 'đã hỏi' })]);
	await answerAll(device, { verdict: 'discarded' });
	expect(device.returned()).toMatchObject([{ change: { fields: { note: 'đã hỏi' } } }]);
});

test('discarding what someone else discarded is no trouble', async () => {
	const device = await openDevice();
	const row = pulledRow('household', 3, { label: 'A' });
	await device.ingest(answer(pulled([row])));
	await device.save([changeOf(device.household(row.id), { discarded: true, reason: 'undo' })]);
	expect(device.households()).toEqual([]);
	expect(device.record(row.id)).not.toHaveProperty('reason');
	await answerAll(device, { verdict: 'discarded' });
	expect(device.returned()).toEqual([]);
});

async function answerAll(device: Device, verdict: Omit<Verdict, 'change_id'>): Promise<void> {
	await device.settle(device.outbox(1e6).map(({ change_id }) => ({ change_id, ...verdict })));
}

test('a merge whose first answer was lost is told as a merge, and once', async () => {
	const device = await openDevice();
	const home = pulledRow('household', 1, { label: 'Nhà cô Năm' });
	await device.ingest(answer(pulled([home])));
	await device.save([changeOf(device.household(home.id), { note: 'của tôi' })]);
	const again: Omit<Verdict, 'change_id'> = {
		verdict: 'duplicate',
		was: 'merged',
		seq: 3,
		fields: ['note']
	};
	await answerAll(device, again);
	const [look] = device.returned();
	expect(look?.verdict.verdict).toBe('merged');
	await device.dismiss(look?.change.change_id ?? '');

	// The server is restored and gets it again: it has been looked at.
	await device.ingest(answer(pulled([], { reset: true })));
	expect(device.waiting().count).toBe(1);
	await answerAll(device, again);
	expect(device.returned()).toEqual([]);
});
