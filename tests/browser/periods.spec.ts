import { expect, test } from '@playwright/test';
import { openPhone, signInAs, type Phone } from '../support/phone';
import { startServer, type Server } from '../support/server';
import { settleIn } from '../support/steps';

let server: Server;
let phone: Phone;

test.beforeEach(async ({}, info) => {
	server = await startServer();
	phone = await openPhone(info);
	await settleIn(phone.page, server.url, 'leader');
});
test.afterEach(async () => {
	await phone.close();
	await server.stop();
	expect(phone.complaints).toEqual([]);
});

/** The fifth day of last month. */
function lastMonth(): string {
	const now = new Date(Date.now() + 7 * 3_600_000);
	return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 5))
		.toISOString()
		.slice(0, 10);
}

test('a closed month is known offline; what is written about it reaches the officer, who lets it in', async ({
	browser
}) => {
	const { page, context } = phone;
	await page.goto(`${server.url}/mine/periods`);
	await page
		.getByRole('button', { name: /^Chốt tháng / })
		.first()
		.click();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: /^Chốt tháng / })
		.click();
	await expect(page.getByRole('dialog')).toHaveCount(0);
	await expect(page.getByText(/^Đã chốt: /).first()).toBeVisible();
	await page.goto(`${server.url}/households`);
	await expect(page.getByRole('list', { name: 'Hộ dân' })).toBeVisible();
	await page.getByRole('list', { name: 'Hộ dân' }).getByRole('link').first().click();
	await page.getByRole('link', { name: 'Ghi lượt hỗ trợ' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('checkbox', { name: 'VNeID' }).first().check();
	await sheet.getByText('Nơi và ngày').click();
	await sheet.getByLabel('Ngày', { exact: true }).fill(lastMonth());
	const notice = sheet.getByText('thành yêu cầu gửi cán bộ phường');
	await expect(notice).toBeVisible();
	await context.setOffline(true);
	await page.reload();
	await expect(notice).toBeVisible();
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(page.getByText(/^Đã lưu trên máy/)).toBeVisible();
	await expect(sheet).toHaveCount(0);
	await context.setOffline(false);
	await page.goto(`${server.url}/mine`);
	await expect(page.getByText('Tháng này đã chốt. Yêu cầu đã gửi')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Gửi lại' })).toHaveCount(0);

	const desk = await browser.newPage();
	await signInAs(desk, server.url, 'ward_officer');
	await desk.goto(`${server.url}/periods`);
	await expect(desk.getByText('Ghi thêm sau khi chốt')).toHaveCount(1);
	await desk.getByRole('button', { name: 'Nhận', exact: true }).click();
	await expect(desk.getByText('Không có yêu cầu nào chờ.')).toBeVisible();
	await desk.close();
});

test('a leader confirms who took part on which day, adds one by hand, and prints the list to sign', async () => {
	const { page } = phone;
	await page.goto(`${server.url}/mine/days`);
	await page
		.getByRole('radio', { name: /^tháng / })
		.nth(1)
		.check();
	await expect(page.getByText('Chưa xác nhận.')).toBeVisible();
	const first = page.locator('main details').first();
	await first.locator('summary').click();
	await first.getByRole('checkbox', { checked: false }).first().check();
	await expect(first.getByRole('checkbox', { name: /thêm tay/ })).toBeChecked();
	await page.getByRole('button', { name: 'Xác nhận' }).click();
	await expect(page.getByText('Đã xác nhận ngày hoạt động')).toBeVisible();
	await expect(page.getByRole('button', { name: 'In danh sách ký nhận' })).toBeVisible();
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('columnheader', { name: 'Ký nhận' })).toBeVisible();
	await expect(page.getByRole('navigation', { name: 'Ba nơi chính' })).toBeHidden();
});
