import { expect, test, type Page } from '@playwright/test';
import { startDeployment, type Deployment } from '../support/deploy';
import { openPhone, type Phone } from '../support/phone';
import { go, openHousehold, openVisitSheet, settleIn } from '../support/steps';

const NOTE = 'Cô hẹn chủ nhật chỉ thêm';

let deployment: Deployment;
let phone: Phone;

test.beforeAll(async () => {
	deployment = await startDeployment();
});
test.beforeEach(async ({}, info) => {
	deployment.deploy('');
	phone = await openPhone(info);
	await settleIn(phone.page, deployment.url);
});
test.afterEach(async () => {
	await phone.close();
	expect(phone.complaints).toEqual([]);
});
test.afterAll(() => deployment.stop());

/** Deploys a version, and lets the browser find it, as it does by itself after some page loads. */
async function deploy(page: Page, version: string) {
	deployment.deploy(version);
	await page.evaluate(async () => {
		const registration = await navigator.serviceWorker.ready;
		await registration.update();
	});
	await waiting(page);
}

/** Resolves when a new version is on the phone and waits for the word. */
async function waiting(page: Page) {
	await page.waitForFunction(async () => {
		const registration = await navigator.serviceWorker.ready;
		return registration.waiting?.state === 'installed' && !registration.installing;
	});
}

/** Taps on the prompt; resolves when the page has started again, as a page of that version. */
async function update(page: Page, version: string) {
	await page.getByRole('button', { name: 'Cập nhật' }).click();
	await expect(page.locator('html')).toHaveAttribute('data-version', version);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Which versions the phone holds, oldest first. */
function versions(page: Page) {
	return page.evaluate(async () => {
		const names = await caches.keys();
		return names.filter((name) => name.startsWith('tung-nha-pages-'));
	});
}

const prompt = (page: Page) => page.getByText('Có bản mới');

test('a new version waits while something is being typed, then takes over without losing it', async () => {
	const { page } = phone;
	let label = '';

	await test.step('nothing moves while a visit is half typed', async () => {
		label = await openHousehold(page, deployment.url);
		await openVisitSheet(page);
		await page.getByLabel('Ghi chú').fill(NOTE);
		await deploy(page, 'two');
		await expect(prompt(page)).toBeHidden();
		await expect(page.getByLabel('Ghi chú')).toHaveValue(NOTE);
	});

	await test.step('it is offered as soon as the form is put aside', async () => {
		await page.getByRole('button', { name: 'Đóng' }).click();
		await expect(prompt(page)).toBeVisible();
		await update(page, 'two');
		await expect(prompt(page)).toBeHidden();
	});

	await test.step('under the new version the form is offered again, as it was', async () => {
		await go(page, 'Ghi nhanh');
		await expect(page.getByText(`Đang viết dở: ${label}`)).toBeVisible();
		await page.getByRole('link', { name: 'Tiếp tục' }).click();
		const sheet = page.getByRole('dialog');
		await expect(sheet.getByText('Đang viết dở')).toBeVisible();
		await expect(sheet.getByRole('button', { name: 'Tiếp tục' })).toBeVisible();
		await expect(sheet.getByRole('button', { name: 'Bỏ', exact: true })).toBeVisible();
		await expect(sheet.getByLabel('Ghi chú')).toHaveValue(NOTE);
		await sheet.getByRole('button', { name: 'LƯU' }).click();
		await expect(page.getByText(`Đã lưu trên máy: ${label}`)).toBeVisible();
	});
});

test('a new version that nobody taps for loses nothing', async () => {
	const { page } = phone;
	const label = await openHousehold(page, deployment.url);
	await openVisitSheet(page);
	await page.getByLabel('Ghi chú').fill(NOTE);
	await deploy(page, 'two');
	await page.getByRole('checkbox').first().check();
	await page.getByRole('button', { name: 'LƯU' }).click();
	await expect(page.getByText(`Đã lưu trên máy: ${label}`)).toBeVisible();
	await expect(prompt(page)).toBeVisible();
	await go(page, 'Ghi nhanh');
	await expect(page.getByText('Đã gửi hết')).toBeVisible();

	await go(page, 'Hộ dân');
	await page.getByRole('link', { name: 'Thêm hộ' }).click();
	await page.getByLabel('Tên gọi hoặc số nhà', { exact: true }).fill('Nhà cô Năm');
	await expect(prompt(page)).toBeHidden();
	// With no page of the old version left, the browser starts the new one by itself.
	await phone.restart();
	await phone.page.goto(`${deployment.url}/households/new`);
	await expect(phone.page.getByLabel('Tên gọi hoặc số nhà', { exact: true })).toHaveValue(
		'Nhà cô Năm'
	);
	await expect(phone.page.getByText('Đang viết dở')).toBeVisible();
});

test('a phone keeps this version and the one before it, and no older one', async () => {
	const { page } = phone;
	await page.goto(`${deployment.url}/log`);
	const held = await versions(page);
	expect(held).toHaveLength(1);
	await deploy(page, 'two');
	await update(page, 'two');
	expect(await versions(page)).toEqual([...held, expect.stringMatching(/two$/)]);
	await deploy(page, 'three');
	await update(page, 'three');
	await expect
		.poll(() => versions(page))
		.toEqual([expect.stringMatching(/two$/), expect.stringMatching(/three$/)]);
});

test('a phone that is looked at again after half an hour asks for a new version', async () => {
	const { page } = phone;
	await page.goto(`${deployment.url}/log`);
	await expect(page.getByText('Đã gửi hết')).toBeVisible();
	deployment.deploy('two');
	await page.clock.setSystemTime(Date.now() + 31 * 60 * 1000);
	await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	await expect(prompt(page)).toBeVisible();
});
