import { expect, type Page } from '@playwright/test';

export async function at(page: Page, address: string) {
	await page.goto(address);
	await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
}

/** A screen of the volunteer, with the records of the group on it. */
export async function field(page: Page, address: string) {
	await page.goto(address);
	await expect(page.getByRole('navigation', { name: 'Ba nơi chính' })).toBeVisible();
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** The page from which unsent work is passed on, with some: the last help is logged once more offline. */
export async function unsent(page: Page, url: string) {
	await page.context().setOffline(false);
	await field(page, `${url}/log`);
	await expect(page.getByText('Đã gửi hết')).toBeVisible();
	await page.evaluate(() => navigator.serviceWorker.ready);
	await page.context().setOffline(true);
	await page.getByRole('button', { name: 'Ghi lại cho' }).first().click();
	await expect(page.getByText('Đã lưu trên máy')).toBeVisible();
	await page.getByRole('link', { name: 'Của tôi' }).click();
	await page.getByRole('link', { name: 'Chuyển việc chưa gửi' }).click();
	await expect(page.getByRole('button', { name: 'Lưu thành tệp' })).toBeVisible();
}

export async function household(page: Page, url: string) {
	await field(page, `${url}/households`);
	await page.getByRole('list', { name: 'Hộ dân' }).getByRole('link').first().click();
	await expect(page.getByRole('heading', { name: 'Đã làm gì ở đây' })).toBeVisible();
}

export async function visitSheet(page: Page, url: string) {
	await household(page, url);
	await page.getByRole('link', { name: 'Ghi lượt hỗ trợ' }).click();
	await expect(page.getByRole('dialog')).toBeVisible();
}

export async function team(page: Page, url: string) {
	await page.goto(`${url}/people`);
	await page.getByRole('searchbox').fill('to 3 hai chau');
	const found = page.getByRole('list', { name: 'Tổ và thành viên' }).getByRole('link');
	await expect(found).toHaveCount(1);
	await found.click();
	await expect(page.getByRole('list', { name: 'Thành viên', exact: true })).toBeVisible();
}

export async function figures(page: Page, address: string) {
	await page.goto(address);
	await expect(page.getByRole('table').first()).toBeVisible();
}

export async function units(page: Page, url: string) {
	await at(page, `${url}/units`);
	await expect(page.getByRole('searchbox')).toBeVisible();
}

/** The import of units with a file chosen. */
export async function chosen(page: Page, url: string, text: string) {
	await at(page, `${url}/units/import`);
	await page
		.getByLabel('Chọn tệp CSV hoặc Excel')
		.setInputFiles({ name: 'to-dan-pho.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
	await expect(page.getByRole('heading', { name: '2. Cột nào là gì' })).toBeVisible();
}

/** One plan, by its name in the list. */
export async function plan(page: Page, url: string, name: string | RegExp) {
	await at(page, `${url}/plans`);
	await page.getByRole('link', { name }).click();
	// A plan of twenty indicators is counted when it is asked for: a busy machine takes its time.
	await expect(page.getByRole('heading', { name: 'Chỉ tiêu', exact: true })).toBeVisible({
		timeout: 30_000
	});
}

/** The officer's import of households, with the first group chosen. */
export async function groupForImport(page: Page, url: string) {
	await at(page, `${url}/coverage/import`);
	await page.getByLabel('Nhập vào tổ nào?').selectOption({ index: 1 });
	await expect(page.getByText(/^Tổ này đang có/)).toBeVisible();
}

/** A file of households, chosen and read. */
export async function householdFile(page: Page, text: string) {
	await page
		.getByLabel(/tệp/)
		.setInputFiles({ name: 'ho.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
	await expect(page.getByText('ho.csv')).toBeVisible();
}
