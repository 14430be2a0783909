import { expect, test } from 'vitest';
import { pictureOf } from '../../src/lib/device/cards';
import type { Device } from '../../src/lib/device/device';
import { endedRequests, openRequests, unplacedRequests } from '../../src/lib/device/requests';
import { doorsOf } from '../../src/lib/device/to_visit';
import { RESIDENT, stateOf } from '../../src/lib/domain/request';
import {
	answer,
	BUOI,
	CAM,
	changeOf,
	emptyBrowser,
	newVisit,
	openDevice,
	pulled,
	pulledRow,
	reopened,
	TODAY
} from './support';

emptyBrowser();

const asked = { author_id: RESIDENT, asked_on: '2026-11-01', source: 'poster', consent: 'form_1' };

async function settled() {
	const device = await openDevice();
	const home = pulledRow('household', 1, { label: 'Nhà cô Năm' });
	const one = pulledRow('request', 2, { ...asked, label: 'Nhà cô Năm, cổng xanh' });
	const two = pulledRow('request', 3, { ...asked, label: 'Quán nước', asked_on: '2026-10-20' });
	await device.ingest(answer(pulled([home, one, two])));
	return { device, home, one, two };
}

const labels = (requests: { label: string }[]) => requests.map(({ label }) => label);
const doors = (device: Device) =>
	doorsOf(device, pictureOf(device, TODAY).households, TODAY).map(
		({ card, call }) => `${card.household.label}: ${call.reason} ${call.day}`
	);

test('what somebody asked is on the phone, offline too, the eldest first', async () => {
	const { device } = await settled();
	expect(labels(openRequests(await reopened(device)))).toEqual([
		'Quán nước',
		'Nhà cô Năm, cổng xanh'
	]);
});

test('whoever takes one sees it first, and what a teammate took comes last', async () => {
	const { device, one, two } = await settled();
	await device.save([changeOf(one, { taken_by: BUOI })]);
	expect(labels(unplacedRequests(device))).toEqual(['Nhà cô Năm, cổng xanh', 'Quán nước']);
	await device.save([changeOf(device.record(one.id), { taken_by: null })]);
	await device.save([changeOf(two, { taken_by: CAM })]);
	expect(labels(unplacedRequests(device))).toEqual(['Nhà cô Năm, cổng xanh', 'Quán nước']);
});

test('once its household is known, the door is to be visited because somebody there asked', async () => {
	const { device, home, one } = await settled();
	expect(doors(device)).toEqual(['Nhà cô Năm: never ']);
	await device.save([changeOf(one, { household_id: home.id })]);
	expect(labels(unplacedRequests(device))).toEqual(['Quán nước']);
	expect(doors(device)).toEqual(['Nhà cô Năm: asked 2026-11-01']);
	// Helped since: nobody is sent there again, though it is still to be marked as done.
	await device.save([newVisit(home.id, { day: TODAY })]);
	expect(doors(device)).toEqual([]);
	expect(openRequests(device)).toHaveLength(2);
});

test('a request that was done or closed leaves the list and can be opened again', async () => {
	const { device, one } = await settled();
	await device.save([changeOf(one, { ended_as: 'solved', ended_on: TODAY, taken_by: BUOI })]);
	expect(labels(openRequests(device))).toEqual(['Quán nước']);
	expect(endedRequests(device, TODAY).map(stateOf)).toEqual(['closed']);
	expect(endedRequests(device, '2027-01-15')).toEqual([]);
	await device.save([changeOf(device.record(one.id), { ended_as: '', ended_on: null })]);
	expect(openRequests(device).map(stateOf)).toEqual(['open', 'taken']);
});

test('the household of a request may have left: then the request is without a door again', async () => {
	const { device, one } = await settled();
	await device.save([changeOf(one, { household_id: 'a0000000-0000-7000-8000-000000000009' })]);
	expect(unplacedRequests(device)).toHaveLength(2);
});
