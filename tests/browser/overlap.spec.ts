import { expect, test, type Page } from '@playwright/test';
import { openPhone, type Phone } from '../support/phone';
import { startServer, type Server } from '../support/server';
import { openHousehold, settleIn } from '../support/steps';

let server: Server;
let volunteer: Phone;
let leader: Phone;

test.beforeAll(async () => {
	server = await startServer();
});
test.beforeEach(async ({}, info) => {
	volunteer = await openPhone(info);
	leader = await openPhone(info);
});
test.afterEach(async () => {
	await volunteer.close();
	await leader.close();
	expect([...volunteer.complaints, ...leader.complaints]).toEqual([]);
});
test.afterAll(() => server.stop());

/** Writes a note about the household in sight and saves. */
async function writeNote(page: Page, note: string) {
	await page.getByRole('link', { name: 'Sửa thông tin hộ' }).click();
	await page.getByLabel('Ghi chú về hộ').fill(note);
	await page.getByRole('button', { name: 'LƯU' }).click();
	await expect(page.getByText(note)).toBeVisible();
}

/** Resolves when the phone has sent and fetched everything, and shows the household again. */
async function sendAndOpen(page: Page, address: string) {
	const fetched = page.waitForResponse((answer) => answer.url().endsWith('/rpc/pull'));
	await page.goto(`${server.url}/log`);
	await fetched;
	await expect(page.getByText(/Đã gửi hết|1 lượt cần xem lại/)).toBeVisible();
	await page.goto(address);
	await expect(page.getByRole('heading', { name: 'Đã làm gì ở đây' })).toBeVisible();
}

test('two people who changed the same thing offline both see it, and what stood before', async () => {
	await settleIn(volunteer.page, server.url, 'member');
	await settleIn(leader.page, server.url, 'leader');
	await openHousehold(volunteer.page, server.url);
	const address = volunteer.page.url();
	await leader.page.goto(address);

	await leader.context.setOffline(true);
	await volunteer.context.setOffline(true);
	await writeNote(leader.page, 'gọi cửa trước');
	await writeNote(volunteer.page, 'gọi cửa sau');
	await leader.context.setOffline(false);
	await sendAndOpen(leader.page, address);
	await volunteer.context.setOffline(false);
	await sendAndOpen(volunteer.page, address);
	await sendAndOpen(leader.page, address);

	for (const { page } of [volunteer, leader]) {
		await expect(page.getByText('gọi cửa sau')).toBeVisible();
		await expect(page.getByText('Hai người cùng sửa')).toBeVisible();
	}
	await leader.page.getByRole('button', { name: 'Xem lịch sử' }).first().click();
	const sheet = leader.page.getByRole('dialog');
	await expect(sheet.getByText('trước: gọi cửa trước')).toBeVisible();
	await sheet.getByRole('button', { name: 'Đóng' }).click();

	await leader.page.getByRole('button', { name: 'Đã xem, giữ như vậy' }).click();
	await expect(leader.page.getByText('Hai người cùng sửa')).toHaveCount(0);
	await sendAndOpen(leader.page, address);
	await sendAndOpen(volunteer.page, address);
	await expect(volunteer.page.getByText('Hai người cùng sửa')).toHaveCount(0);
});

test('an edit that was left unfinished does not take back what a teammate wrote meanwhile', async () => {
	await settleIn(volunteer.page, server.url, 'member');
	await settleIn(leader.page, server.url, 'leader');
	await openHousehold(volunteer.page, server.url);
	const address = volunteer.page.url();
	await volunteer.page.getByRole('link', { name: 'Sửa thông tin hộ' }).click();
	await volunteer.page.getByLabel('Tên gọi hoặc số nhà', { exact: true }).fill('Nhà bà Tư đầu hẻm');

	await leader.page.goto(address);
	await writeNote(leader.page, 'có cụ già, nói to');
	await sendAndOpen(leader.page, address);
	await sendAndOpen(volunteer.page, address);
	await expect(volunteer.page.getByText('có cụ già, nói to')).toBeVisible();

	await volunteer.page.getByRole('link', { name: 'Sửa thông tin hộ' }).click();
	await volunteer.page.getByRole('button', { name: 'LƯU' }).click();
	await expect(volunteer.page.getByRole('heading', { level: 1 })).toHaveText('Nhà bà Tư đầu hẻm');
	await sendAndOpen(volunteer.page, address);
	await sendAndOpen(leader.page, address);
	for (const { page } of [volunteer, leader]) {
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nhà bà Tư đầu hẻm');
		await expect(page.getByText('có cụ già, nói to')).toBeVisible();
	}
});
