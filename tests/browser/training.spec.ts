import { expect, test, type Page } from '@playwright/test';
import { openPhone, type Phone } from '../support/phone';
import { startServer, type Server } from '../support/server';
import { settleIn } from '../support/steps';

let server: Server;
let phone: Phone;

test.beforeEach(async ({}, info) => {
	server = await startServer();
	phone = await openPhone(info);
	await settleIn(phone.page, server.url);
});
test.afterEach(async () => {
	await phone.close();
	await server.stop();
	expect(phone.complaints).toEqual([]);
});

const households = (page: Page) => page.getByRole('group', { name: 'Hộ nào dự?' });

/** Taps so many households, in the order of the list; resolves with their labels. */
async function tapHouseholds(page: Page, count: number): Promise<string[]> {
	const names: string[] = [];
	for (let n = 0; n < count; n++) {
		const box = households(page).getByRole('checkbox').nth(n);
		await box.click();
		await expect(box).toBeChecked();
		names.push((await households(page).locator('label').nth(n).innerText()).trim());
	}
	return names;
}

test('a training with its households is taps alone, offline, and stands in each of their pages', async () => {
	const { page, context } = phone;
	await page.goto(`${server.url}/log/training`);
	await expect(page.getByText('Hộ nào dự?').first()).toBeVisible();
	await context.setOffline(true);
	await page.getByRole('checkbox', { name: 'VNeID' }).first().check();
	await page.getByText('Hộ nào dự?').first().click();
	const names = await tapHouseholds(page, 12);
	// There cannot be fewer people than households.
	await expect(page.getByLabel('Số người dự', { exact: true })).toHaveValue('12');
	await page.getByRole('button', { name: 'LƯU' }).click();
	await expect(page.getByText('Đã lưu trên máy: Buổi tập huấn')).toBeVisible();
	await page.waitForURL(`${server.url}/log`);

	await context.setOffline(false);
	await page.reload();
	await expect(page.getByText('Đã gửi hết')).toBeVisible();
	await page.goto(`${server.url}/households`);
	await page
		.getByRole('link', { name: names[11] ?? '' })
		.first()
		.click();
	await expect(page.getByText(/^Buổi tập huấn: /).first()).toBeVisible();
});

test('a chosen group, its households and who was there come back after a reload', async () => {
	const { page } = phone;
	await page.goto(`${server.url}/log/training`);
	await page.getByText('Hộ nào dự?').first().click();
	const [name] = await tapHouseholds(page, 1);
	await page.reload();
	await expect(page.getByText('Đang viết dở')).toBeVisible();
	await page.getByText('Hộ nào dự?').first().click();
	await expect(households(page).getByRole('checkbox', { name })).toBeChecked();
});

test('the code of a session opens on another phone, which attaches its households without a network', async () => {
	const { page, context } = phone;
	await page.goto(`${server.url}/log/training`);
	await page.getByRole('checkbox', { name: 'VNeID' }).first().check();
	await page.getByRole('button', { name: 'LƯU' }).click();
	await page.waitForURL(`${server.url}/log`);
	await page.goto(`${server.url}/mine`);
	await page.getByRole('button', { name: 'Mã QR của buổi' }).first().click();
	await expect(
		page.getByRole('dialog').getByRole('img', { name: 'Mã QR của buổi tập huấn này' })
	).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toHaveCount(0);

	const session = [1, '0199aaaa-0000-7000-8000-000000000001', today(), ['vneid'], 'market', ''];
	const code = Buffer.from(JSON.stringify(session)).toString('base64url');
	await context.setOffline(true);
	await page.goto(`${server.url}/log/training/attach#${code}`);
	await expect(page.getByText('Chợ').first()).toBeVisible();
	await page.getByRole('button', { name: 'LƯU' }).click();
	await expect(page.getByText('Hãy chọn ít nhất một hộ.')).toBeVisible();
	await tapHouseholds(page, 2);
	await page.getByRole('button', { name: 'LƯU' }).click();
	await expect(page.getByText('Đã lưu trên máy: Buổi tập huấn')).toBeVisible();
	await page.waitForURL(`${server.url}/log`);
	await context.setOffline(false);
	await page.reload();
	await expect(page.getByText('Đã gửi hết')).toBeVisible();
});

test('a code of anything else is said to be none', async () => {
	const { page } = phone;
	await page.goto(`${server.url}/log/training/attach#bm90aGluZyBvZiB0aGUga2luZA`);
	await expect(page.getByRole('button', { name: 'Quét mã QR' })).toBeVisible();
});

/** The day in Vietnam. */
function today(): string {
	return new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
}
