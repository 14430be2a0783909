import { expect, test, type Page } from '@playwright/test';
import { signInAs } from '../support/phone';
import { startServer, type Server } from '../support/server';

let server: Server;
test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

async function choose(page: Page, text: string) {
	await page
		.locator('input[type=file]')
		.first()
		.setInputFiles({ name: 'to.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
	await expect(page.getByText('to.csv')).toBeVisible();
}

test('the city office imports groups: problems first, then all at once, and a second time nothing', async ({
	page
}) => {
	await signInAs(page, server.url, 'city_office');
	await page.goto(`${server.url}/units/import`);
	await choose(page, 'Phường;Tên tổ;Loại;Ghi chú;Số hộ\nHải Chau Hai;Tổ 71;Tổ dân phố;x;12\n');
	await expect(page.getByText('Không có đơn vị “Hải Chau Hai”')).toBeVisible();
	await expect(page.getByText('ô A2')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Ghi tất cả' })).toBeHidden();

	const mended = 'Phường;Tên tổ;Loại;Ghi chú;Số hộ\nhai chau;Tổ 71;Tổ dân phố;x;12\n';
	await choose(page, mended);
	await expect(page.getByText('Con số phải có nguồn').first()).toBeVisible();
	await page.getByRole('textbox', { name: 'Nguồn số liệu' }).fill('UBND phường Hải Châu');
	await page.getByRole('textbox', { name: 'Thời điểm số liệu' }).fill('2026-10-31');
	await page.getByRole('button', { name: 'Ghi tất cả' }).click();
	await expect(page.getByText('Đã ghi xong: 3 dòng mới, 0 dòng thay đổi.')).toBeVisible();

	await choose(page, mended);
	await page.getByRole('button', { name: 'Ghi tất cả' }).click();
	await expect(page.getByText('không có gì thay đổi')).toBeVisible();

	await page.getByRole('link', { name: 'Xem cây đơn vị' }).last().click();
	await page.getByRole('searchbox').fill('to 71');
	await page.getByRole('link', { name: /^Tổ 71/ }).click();
	await expect(page.getByText('UBND phường Hải Châu, thời điểm 31/10/2026')).toBeVisible();
});

test('the tree is opened by the keyboard, and shows the city as it was on a day', async ({
	page
}) => {
	await signInAs(page, server.url, 'city_office');
	await page.goto(`${server.url}/units?day=2024-06-01`);
	const district = page.getByRole('button', { name: 'Quận Hải Châu: đơn vị bên dưới' });
	await district.focus();
	await page.keyboard.press('Enter');
	await expect(district).toHaveAttribute('aria-expanded', 'true');
	await page.getByRole('link', { name: /^Phường Phước Ninh/ }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Phường Phước Ninh' })).toBeVisible();
	await expect(page.getByRole('heading', { name: 'Nay là' })).toBeVisible();
	await expect(page.getByText('Cùng mã 20242', { exact: false }).first()).toBeVisible();
});

test('the city names its teams, and a volunteer sees the name', async ({ page, browser }) => {
	await signInAs(page, server.url, 'city_office');
	await page.goto(`${server.url}/units/words`);
	await page.getByLabel('Tên của tổ').fill('Tổ chuyển đổi số cộng đồng');
	await page.getByRole('button', { name: 'Lưu tên gọi' }).click();
	await expect(page.getByText('Đã lưu.')).toBeVisible();
	const volunteer = await browser.newPage();
	await signInAs(volunteer, server.url, 'member');
	await volunteer.getByRole('link', { name: 'Của tôi' }).click();
	await expect(volunteer.getByText('Tổ chuyển đổi số cộng đồng')).toBeVisible();
	await volunteer.close();
});

test('who may not manage units is told so', async ({ page }) => {
	await signInAs(page, server.url, 'area_coordinator');
	await expect(page.getByRole('link', { name: 'Đơn vị', exact: true })).toBeHidden();
	await page.goto(`${server.url}/units/import`);
	await expect(page.getByText('Không được xem số liệu này')).toBeVisible();
});
