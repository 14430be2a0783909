import { expect, test } from 'vitest';
import type { Row } from '../../src/lib/domain/record';
import {
	answer,
	changeOf,
	emptyBrowser,
	GROUP_3,
	GROUP_4,
	newVisit,
	openDevice,
	pulled,
	pulledRow,
	reopened
} from './support';

emptyBrowser();

const toGroup4 = { group_id: GROUP_4 };

test('a household that moved to a group of others leaves the phone with what was done at its door', async () => {
	const { device, home, helped, other } = await settled();
	await device.ingest(answer(pulled([], gone(home, helped))));
	for (const phone of [device, await reopened(device)]) {
		expect(phone.households().map(({ id }) => id)).toEqual([other.id]);
		expect(phone.visits()).toEqual([]);
	}
});

test('a phone that holds both groups keeps it, whichever of them is told first', async () => {
	const there = (row: object) => ({ ...row, ...toGroup4, seq: 1 }) as never;
	for (const old_first of [true, false]) {
		const { device, home, helped } = await settled();
		const old = pulled([], gone(home, helped));
		const now = pulled([there(home), there(helped)], toGroup4);
		await device.ingest(answer(...(old_first ? [old, now] : [now, old])));
		expect(device.household(home.id)?.group_id).toBe(GROUP_4);
		expect(device.visitsOf(home.id)).toHaveLength(1);
	}
});

test('when the group that it moved to leaves the phone too, it does not come to light again in the old one', async () => {
	const { device, home, helped, other } = await settled();
	const there = (row: object) => ({ ...row, ...toGroup4, seq: 1 }) as never;
	const now = pulled([there(home), there(helped)], toGroup4);
	await device.ingest(answer(pulled([], gone(home, helped)), now));
	await device.ingest(answer(pulled([], { cursor: '9.x' })));
	for (const phone of [device, await reopened(device)]) {
		expect(phone.households().map(({ id }) => id)).toEqual([other.id]);
		expect(phone.visits()).toEqual([]);
	}
});

test('what was written for it and not sent yet still waits, and is not looked for in the old group once it was taken', async () => {
	const { device, home, helped } = await settled();
	await device.save([newVisit(home.id), changeOf(helped, { note: 'hẹn lại' })]);
	await device.ingest(answer(pulled([], gone(home, helped))));
	const sent = device.outbox(1e6);
	expect(sent).toHaveLength(2);

	await device.settle(
		sent.map(({ change_id }, n) => ({
			change_id,
			verdict: 'applied' as const,
			seq: 70 + n,
			...toGroup4
		}))
	);
	expect(device.waiting().count).toBe(0);
	expect(device.visits()).toEqual([]);
	// The pull proves nothing lost: the group is not begun anew, and nothing is sent twice.
	await device.ingest(answer(pulled([], { cursor: '12.x' })));
	expect(device.cursors()).toEqual({ [GROUP_3]: '12.x' });
	expect(device.outbox(1e6)).toEqual([]);
});

test('what was sent before it moved is proven by its departure', async () => {
	const { device, home, helped } = await settled();
	await device.save([changeOf(device.household(home.id), { note: 'gọi cửa sau' })]);
	const [change] = device.outbox(1e6);
	await device.settle([{ change_id: change?.change_id ?? '', verdict: 'applied', seq: 8 }]);
	await device.ingest(answer(pulled([], gone(home, helped))));
	expect(device.cursors()).toEqual({ [GROUP_3]: '9.x' });
});

/** A phone with a household, a visit to it, and a neighbour. */
async function settled() {
	const device = await openDevice();
	const home = pulledRow('household', 1, { label: 'Nhà sắp chuyển' });
	const helped = pulledRow('visit', 2, { household_id: home.id });
	const other = pulledRow('household', 3, { label: 'Nhà bên cạnh' });
	await device.ingest(answer(pulled([home, helped, other])));
	return { device, home, helped, other };
}

function gone(...rows: { kind: Row['kind']; id: string }[]) {
	return { cursor: '9.x', moved: rows.map(({ kind, id }) => ({ kind, id, seq: 9 })) };
}
