import { describe, expect, test } from 'vitest';
import { pictureOf } from '../../src/lib/device/cards';
import { doorsOf } from '../../src/lib/device/to_visit';
import { search } from '../../src/lib/device/search';
import { mineOf, timelineOf } from '../../src/lib/device/timeline';
import {
	answer,
	BUOI,
	CAM,
	emptyBrowser,
	newHousehold,
	newVisit,
	openDevice,
	pulled,
	pulledRow,
	TODAY
} from './support';

emptyBrowser();

const OCTOBER = '2026-10-05';
const SEPTEMBER = '2026-09-05';

/** Five households: one never visited, one found closed, three helped at different times. */
async function aGroup() {
	const device = await openDevice();
	const homes = Object.fromEntries(
		['Đỗ', 'An', 'Ánh', 'K10', 'K9'].map((label, n) => [
			label,
			pulledRow('household', n + 1, { label })
		])
	);
	const visit = (label: string, seq: number, fields: object) =>
		pulledRow('visit', seq, { household_id: homes[label]?.id, author_id: BUOI, ...fields });
	await device.ingest(
		answer(
			pulled([
				...Object.values(homes),
				visit('An', 11, { day: OCTOBER, outcome: 'helped', topics: ['qr'] }),
				visit('An', 12, { day: TODAY, outcome: 'not_home' }),
				visit('Ánh', 13, { day: SEPTEMBER, outcome: 'helped' }),
				visit('K9', 14, { day: SEPTEMBER, outcome: 'not_home' }),
				visit('K10', 15, { day: OCTOBER, outcome: 'helped', author_id: CAM })
			])
		)
	);
	return { device, homes };
}

const labels = (cards: { household: { label: string } }[]) =>
	cards.map((card) => card.household.label);

describe('the first screen', () => {
	test('lists households in Vietnamese order, and numbers as numbers', async () => {
		const { device } = await aGroup();
		expect(labels(pictureOf(device, TODAY).households)).toEqual(['An', 'Ánh', 'Đỗ', 'K9', 'K10']);
	});

	test('suggests whom nobody met; nobody twice a day', async () => {
		const { device } = await aGroup();
		const doors = doorsOf(device, pictureOf(device, TODAY).households, TODAY);
		expect(labels(doors.map(({ card }) => card))).toEqual(['Đỗ', 'K9']);
	});

	test('offers whom I helped last, and what with', async () => {
		const { device } = await aGroup();
		const { recent } = pictureOf(device, TODAY);
		expect(labels(recent)).toEqual(['An', 'Ánh']);
		expect(recent[0]?.last_help?.topics).toEqual(['qr']);
		expect(recent[0]?.last_visit?.outcome).toBe('not_home');
	});

	test('counts my visits of today, and no longer those that I took back', async () => {
		const { device, homes } = await aGroup();
		const visit = newVisit(homes['Đỗ']?.id ?? '');
		await device.save([visit]);
		expect(pictureOf(device, TODAY).today).toBe(2);
		await device.save([{ ...visit, fields: { discarded: true, reason: 'undo' } }]);
		expect(pictureOf(device, TODAY).today).toBe(1);
		expect(pictureOf(device, '2026-11-03').today).toBe(0);
	});

	test('finds a household without marks', async () => {
		const { device } = await aGroup();
		const found = search(pictureOf(device, TODAY).households, 'do');
		expect(labels(found)).toEqual(['Đỗ']);
	});

	test('marks what waits', async () => {
		const { device, homes } = await aGroup();
		await device.save([newVisit(homes['Đỗ']?.id ?? '')]);
		const waiting = pictureOf(device, TODAY).households.filter((card) => card.waiting);
		expect(labels(waiting)).toEqual(['Đỗ']);
		expect(waiting[0]?.reached).toBe(true);
	});
});

test('a household’s story is told newest first, with what was not sent', async () => {
	const { device, homes } = await aGroup();
	const visit = newVisit(homes.An?.id ?? '');
	await device.save([visit]);
	const story = timelineOf(device, homes.An?.id ?? '');
	expect(story.map((entry) => entry.sent)).toEqual([false, true, true]);
	expect(story[0]?.record.id).toBe(visit.record_id);
});

test('my own work is mine alone, households apart', async () => {
	const { device } = await aGroup();
	await device.save([newHousehold('Mới')]);
	const mine = mineOf(device);
	expect(mine).toHaveLength(4);
	expect(new Set(mine.map((entry) => entry.record.author_id))).toEqual(new Set([BUOI]));
});
