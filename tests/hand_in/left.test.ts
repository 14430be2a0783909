import { expect, test } from 'vitest';
import { leftOver } from '../../src/lib/hand_in/hand_in';
import { emptyBrowser, newHousehold, openDevice, reopened, spoil, tamper } from '../device/support';

emptyBrowser();

test('a phone whose work was all taken has nothing left', async () => {
	const device = await openDevice();
	await device.save([newHousehold('Nhà số 3')]);
	expect(leftOver(device)).toBe(true);
	const [change] = device.outbox(1e9);
	await device.settle([{ change_id: change?.change_id ?? '', verdict: 'applied', seq: 1 }]);
	expect(leftOver(device)).toBe(false);
});

test('a change that does not open any more is left on the phone: it is not emptied unasked', async () => {
	const device = await openDevice();
	await device.save([newHousehold('Nhà số 3')]);
	await tamper('outbox', spoil);
	const again = await reopened(device);
	expect(again.waiting().count).toBe(0);
	expect(leftOver(again)).toBe(true);
});
