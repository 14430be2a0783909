import { expect, test } from '@playwright/test';
import { signInAs } from '../support/phone';
import { startServer, type Server } from '../support/server';
import { openHousehold, openVisitSheet, settleIn } from '../support/steps';

let server: Server;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

test('at a door without a network a volunteer opens the card of what is being helped with', async ({
	browser
}) => {
	const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
	const page = await context.newPage();
	await settleIn(page, server.url);
	await openHousehold(page, server.url);
	await context.setOffline(true);
	await openVisitSheet(page);
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('checkbox', { name: 'VNeID' }).first().check();
	await sheet.getByRole('link', { name: 'Thẻ: Định danh điện tử VNeID (mức 2)' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Định danh điện tử VNeID (mức 2)'
	);
	await expect(page.getByText('phải ra công an làm trực tiếp')).toBeVisible();
	await expect(page.getByText(/23\/11\/2026/)).toBeVisible();
	await context.close();
});

test('what the city office writes reaches the phones; markup in it stays text; an old card says so', async ({
	browser
}) => {
	const office = await browser.newPage();
	await signInAs(office, server.url, 'city_office');
	await office.goto(`${server.url}/catalogue/guides`);
	await office.getByRole('button', { name: /^Bậc 1/ }).click();
	const sheet = office.getByRole('dialog');
	await sheet.getByLabel('Tiếng Việt').fill('## Thẻ thử\n1. Bước <b>một</b>\n\n> Cẩn thận');
	await sheet.getByLabel('Nguồn').fill('');
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(sheet.getByLabel('Nguồn')).toHaveAttribute('aria-invalid', 'true');
	await sheet.getByLabel('Nguồn').fill('Kiểm thử');
	await sheet.getByLabel('Ngày xem lại').fill('2026-01-15');
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(sheet).toHaveCount(0);
	await expect(office.getByText(/Quá 6 tháng chưa xem lại/)).toBeVisible();

	const phone = await browser.newPage();
	await settleIn(phone, server.url);
	await phone.goto(`${server.url}/guides/rung/1`);
	await expect(phone.getByRole('heading', { name: 'Thẻ thử' })).toBeVisible();
	await expect(phone.getByText('Bước <b>một</b>')).toBeVisible();
	await expect(phone.getByText(/Quá 6 tháng chưa xem lại/)).toBeVisible();
});

test('a guide half-written is there again after Escape and after a reload, until it is dropped or its writer signs out', async ({
	browser
}) => {
	const office = await browser.newPage();
	await signInAs(office, server.url, 'city_office');
	const sheet = office.getByRole('dialog');
	const text = sheet.getByLabel('Tiếng Việt');
	const open = async () => {
		await office.getByRole('button', { name: /^Bậc 2/ }).click();
		await expect(text).toBeVisible();
	};
	await office.goto(`${server.url}/catalogue/guides`);
	await open();
	const before = await text.inputValue();
	await text.fill('## Viết dở');
	await office.keyboard.press('Escape');
	await expect(sheet).toHaveCount(0);
	await open();
	await expect(text).toHaveValue('## Viết dở');
	await office.reload();
	await open();
	await expect(text).toHaveValue('## Viết dở');
	await sheet.getByRole('button', { name: 'Bỏ', exact: true }).click();
	await expect(text).toHaveValue(before);
	await text.fill('## Viết lại');
	await office.keyboard.press('Escape');
	await expect(sheet).toHaveCount(0);
	const kept = () => office.evaluate(() => JSON.stringify({ ...localStorage }));
	expect(await kept()).toContain('Viết lại');

	await office.getByRole('button', { name: 'Tùy chọn' }).click();
	await sheet.getByRole('button', { name: 'Đăng xuất' }).click();
	await expect(office.getByText('Viết lại')).toHaveCount(0);
	await expect.poll(kept).not.toContain('Viết lại');
	await office.close();
});
