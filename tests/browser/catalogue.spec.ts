import { expect, test } from '@playwright/test';
import { signInAs } from '../support/phone';
import { startServer, type Server } from '../support/server';
import { openHousehold, openVisitSheet, settleIn } from '../support/steps';

let server: Server;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

test('a market that the city office adds is chosen at the next visit, with a part of a topic', async ({
	browser
}) => {
	const office = await browser.newPage();
	const phone = await browser.newPage();

	await test.step('the office is told what is missing, then it is there', async () => {
		await signInAs(office, server.url, 'city_office');
		await office.getByRole('link', { name: 'Danh mục' }).click();
		await office.getByLabel('Danh sách nào').selectOption('Nơi hỗ trợ, chợ');
		await office.getByRole('button', { name: 'Thêm mục' }).click();
		const sheet = office.getByRole('dialog');
		await sheet.getByLabel('Tên tiếng Việt').fill('Chợ Thử Nghiệm');
		await sheet.getByRole('button', { name: 'LƯU' }).click();
		await expect(sheet.getByLabel('Tên tiếng Anh')).toHaveAttribute('aria-invalid', 'true');
		await sheet.getByLabel('Tên tiếng Anh').fill('Test market');
		await sheet.getByLabel('Là phần của').selectOption('Chợ');
		await sheet.getByRole('button', { name: 'LƯU' }).click();
		await expect(sheet).toHaveCount(0);
		const row = office.getByRole('row').filter({ hasText: 'Chợ Thử Nghiệm' });
		await expect(row).toContainText('cho_thu_nghiem');
	});

	await test.step('a volunteer says where it was, and what for', async () => {
		await settleIn(phone, server.url);
		await openHousehold(phone, server.url);
		await openVisitSheet(phone);
		const sheet = phone.getByRole('dialog');
		const before = await sheet.getByRole('checkbox', { checked: true }).all();
		// From the end: each one that goes shifts the places of those after it.
		for (const topic of before.reverse()) await topic.uncheck();
		// Which topics stand first depends on what this household asked for last time.
		await sheet.getByRole('button', { name: 'Xem thêm việc khác' }).click();
		const paying = sheet.getByRole('checkbox', { name: 'Thanh toán không dùng tiền mặt' });
		await paying.check();
		await sheet.getByRole('checkbox', { name: 'Học phí' }).check();
		await sheet.getByText('Nơi và ngày').click();
		await sheet.getByRole('radio', { name: 'Chợ', exact: true }).check();
		await sheet.getByRole('radio', { name: 'Chợ Thử Nghiệm' }).check();
		await sheet.getByRole('radio', { name: 'Chợ 4.0' }).check();
		await expect(sheet.getByText('Chợ Thử Nghiệm · hôm nay · Chợ 4.0')).toBeVisible();
		await sheet.getByRole('button', { name: 'LƯU' }).click();
		await expect(sheet).toHaveCount(0);
		await expect(phone.getByRole('main').getByText('Học phí').first()).toBeVisible();
	});

	await test.step('an entry that has ended is offered no more, and its word stays', async () => {
		await office.getByRole('button', { name: 'Sửa Chợ Thử Nghiệm' }).click();
		const sheet = office.getByRole('dialog');
		await sheet.getByLabel('Thôi cho chọn từ ngày').fill('2026-01-01');
		await sheet.getByRole('button', { name: 'LƯU' }).click();
		await expect(sheet).toHaveCount(0);
		const other = await browser.newPage();
		await settleIn(other, server.url, 'leader');
		await openHousehold(other, server.url);
		await openVisitSheet(other);
		await other.getByRole('dialog').getByText('Nơi và ngày').click();
		await other.getByRole('radio', { name: 'Chợ', exact: true }).check();
		await expect(other.getByRole('radio', { name: 'Chợ Thử Nghiệm' })).toHaveCount(0);
	});
});

test('an entry half-typed is there again after Escape and after a reload', async ({ browser }) => {
	const office = await browser.newPage();
	await signInAs(office, server.url, 'city_office');
	const sheet = office.getByRole('dialog');
	const word = sheet.getByLabel('Tên tiếng Việt');
	await office.goto(`${server.url}/catalogue`);
	await office.getByRole('button', { name: 'Thêm mục' }).click();
	await word.fill('Việc mới viết dở');
	await office.keyboard.press('Escape');
	await expect(sheet).toHaveCount(0);
	await office.reload();
	await office.getByRole('button', { name: 'Thêm mục' }).click();
	await expect(sheet.getByText('Đang viết dở')).toBeVisible();
	await expect(word).toHaveValue('Việc mới viết dở');
	await office.close();
});
