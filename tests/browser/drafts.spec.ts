import { expect, test, type Page } from '@playwright/test';
import { openPhone, type Phone } from '../support/phone';
import { startServer, type Server } from '../support/server';
import { go, settleIn } from '../support/steps';

const WORDS = 'Cô hẹn chủ nhật chỉ thêm';

let server: Server;
let phone: Phone;

test.beforeAll(async () => {
	server = await startServer();
});
test.beforeEach(async ({}, info) => {
	phone = await openPhone(info);
	await settleIn(phone.page, server.url);
});
test.afterEach(async () => {
	await phone.close();
	expect(phone.complaints).toEqual([]);
});
test.afterAll(() => server.stop());

/** A form that can be left half-typed, and how it is finished. */
type Form = {
	name: string;
	/** Where it is filled in. */
	find: (page: Page) => Promise<string>;
	field: string;
	/** What is missing besides the words, before it can be saved. */
	finish?: (page: Page) => Promise<void>;
	saved: RegExp;
};

const forms: Form[] = [
	{
		name: 'a visit',
		async find(page) {
			await go(page, 'Hộ dân');
			const household = page.getByRole('list', { name: 'Hộ dân' }).getByRole('link').first();
			return `${await household.getAttribute('href')}?visit`;
		},
		field: 'Ghi chú',
		finish: (page) => page.getByRole('checkbox', { name: 'VNeID' }).first().check(),
		saved: /^Đã lưu trên máy: /
	},
	{
		name: 'a training',
		find: () => Promise.resolve('/log/training'),
		field: 'Ghi chú',
		finish: (page) => page.getByRole('checkbox', { name: 'VNeID' }).first().check(),
		saved: /^Đã lưu trên máy: /
	},
	{
		name: 'a new household',
		find: () => Promise.resolve('/households/new'),
		field: 'Tên gọi hoặc số nhà',
		saved: /^Đã lưu hộ trên máy$/
	}
];

/** Opens the form and types all but the last key. */
async function typeInto({ find, field }: Form): Promise<string> {
	const address = server.url + (await find(phone.page));
	await phone.page.goto(address);
	await phone.page.getByLabel(field).pressSequentially(WORDS.slice(0, -1));
	return address;
}

/** Types the last key; in the same moment, before anything else can happen, the page is loaded again. */
async function typeAndReload(page: Page) {
	await page.evaluate(() => addEventListener('input', () => location.reload()));
	await Promise.all([page.waitForEvent('load'), page.keyboard.press(WORDS.slice(-1))]);
}

async function expectRestored(page: Page, field: string) {
	await expect(page.getByText('Đang viết dở')).toBeVisible();
	await expect(page.getByLabel(field)).toHaveValue(WORDS);
}

const bar = (page: Page) => page.getByText('Đang viết dở: ');

for (const form of forms) {
	test(`${form.name} survives a reload in the moment of the last key, also offline`, async () => {
		const { page, context } = phone;
		await typeInto(form);
		await typeAndReload(page);
		await expectRestored(page, form.field);

		await context.setOffline(true);
		await page.getByLabel(form.field).fill(WORDS.slice(0, -1));
		await page.getByLabel(form.field).press('End');
		await typeAndReload(page);
		await expectRestored(page, form.field);
	});

	test(`${form.name} survives the browser, is found from the home, and is gone once saved`, async () => {
		const address = await typeInto(form);
		await phone.page.keyboard.press(WORDS.slice(-1));
		await phone.restart();
		await phone.page.goto(address);
		await expectRestored(phone.page, form.field);

		await phone.page.getByLabel(form.field).press('End');
		await phone.page.keyboard.press('!');
		await phone.kill();
		await phone.context.setOffline(true);
		const { page } = phone;
		await page.goto(`${server.url}/log`);
		await expect(bar(page)).toHaveCount(1);
		await page.getByRole('link', { name: 'Tiếp tục' }).click();
		await expect(page.getByLabel(form.field)).toHaveValue(`${WORDS}!`);

		await form.finish?.(page);
		await page.getByRole('button', { name: 'LƯU' }).click();
		await expect(page.getByText(form.saved)).toBeVisible();
		// The form leaves by itself; going elsewhere in the middle of that would be called off.
		await page.waitForURL((url) => url.href !== address);
		await page.goto(`${server.url}/log`);
		await expect(page.getByRole('searchbox')).toBeVisible();
		await expect(bar(page)).toHaveCount(0);
		await page.goto(address);
		await expect(page.getByLabel(form.field)).toHaveValue('');
		await expect(page.getByText('Đang viết dở')).toHaveCount(0);
	});

	test(`${form.name} can be dropped, in the form and from the home`, async () => {
		const { page } = phone;
		const address = await typeInto(form);
		await page.reload();
		await page.getByRole('button', { name: 'Bỏ', exact: true }).click();
		await expect(page.getByLabel(form.field)).toHaveValue('');
		await page.reload();
		await expect(page.getByLabel(form.field)).toHaveValue('');

		await page.getByLabel(form.field).fill(WORDS);
		await page.goto(`${server.url}/log`);
		await expect(bar(page)).toHaveCount(1);
		await page.getByRole('button', { name: 'Bỏ', exact: true }).click();
		await expect(bar(page)).toHaveCount(0);
		await page.goto(address);
		await expect(page.getByLabel(form.field)).toHaveValue('');
		await expect(page.getByText('Đang viết dở')).toHaveCount(0);
	});
}

test('forms left half-typed in two tabs are both found from the home', async () => {
	const { page, context } = phone;
	await page.goto(`${server.url}/households/new`);
	const other = await context.newPage();
	await other.goto(`${server.url}/log/training`);
	await expect(other.getByLabel('Ghi chú')).toBeVisible();
	await page.getByLabel('Tên gọi hoặc số nhà').fill(WORDS);
	await other.getByLabel('Ghi chú').fill(WORDS);
	await other.close();
	await page.goto(`${server.url}/log`);
	await expect(bar(page)).toHaveCount(2);
});

test('a number is kept while it is typed, and is not rewritten under the fingers', async () => {
	const { page } = phone;
	await page.goto(`${server.url}/log/training`);
	const headcount = page.getByLabel('Số người dự', { exact: true });
	await headcount.focus();
	await page.keyboard.press('Backspace');
	await expect(headcount).toHaveValue('');
	await page.keyboard.type('1');
	await expect(headcount).toHaveValue('1');
	await page.keyboard.type('5');
	await expect(headcount).toHaveValue('15');
	await page.evaluate(() => addEventListener('input', () => location.reload()));
	await Promise.all([page.waitForEvent('load'), page.keyboard.press('3')]);
	await expect(page.getByText('Đang viết dở')).toBeVisible();
	await expect(headcount).toHaveValue('153');

	// Beyond what can be: it stands as typed until the field is left.
	await headcount.fill('99999');
	await expect(headcount).toHaveValue('99999');
	await headcount.blur();
	await expect(headcount).toHaveValue('2000');
});

/** Logs a visit to a household and opens its correction; resolves with the household's label. */
async function openCorrection(page: Page): Promise<string> {
	const again = page.getByRole('button', { name: /^Ghi lại cho/ }).first();
	const label = (await again.getAttribute('aria-label'))?.replace('Ghi lại cho ', '') ?? '';
	await again.click();
	await expect(page.getByText(/^Đã lưu trên máy/)).toBeVisible();
	await go(page, 'Của tôi');
	await page.getByRole('button', { name: 'Sửa', exact: true }).first().click();
	await expect(page.getByRole('dialog')).toContainText(label);
	return label;
}

test('a correction left half-typed is still open after a reload, and is found from the home under its household', async () => {
	const { page, context } = phone;
	const label = await openCorrection(page);
	const sheet = page.getByRole('dialog');
	await sheet.getByLabel('Ghi chú').fill(WORDS);
	await sheet.getByLabel('Vì sao sửa?').fill('Ghi thiếu lời hẹn');
	await context.setOffline(true);
	await page.reload();
	await expect(sheet.getByLabel('Ghi chú')).toHaveValue(WORDS);

	await page.goto(`${server.url}/log`);
	await expect(bar(page)).toContainText(label);
	await page.getByRole('link', { name: 'Tiếp tục' }).click();
	await expect(sheet).toContainText(label);
	await expect(sheet.getByLabel('Ghi chú')).toHaveValue(WORDS);
	await expect(sheet.getByLabel('Vì sao sửa?')).toHaveValue('Ghi thiếu lời hẹn');
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(page.getByText(/^Đã lưu chỗ sửa trên máy/)).toContainText(label);
	await expect(sheet).toHaveCount(0);
	await page.goto(`${server.url}/log`);
	await expect(page.getByRole('searchbox')).toBeVisible();
	await expect(bar(page)).toHaveCount(0);
});

test('a correction that changes nothing says so, and stays open', async () => {
	const { page } = phone;
	await openCorrection(page);
	const sheet = page.getByRole('dialog');
	await sheet.getByLabel('Vì sao sửa?').fill('Không rõ');
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(sheet.getByText('Chưa có gì được sửa')).toBeVisible();
	await expect(page.getByText(/^Đã lưu chỗ sửa/)).toHaveCount(0);
	await page.keyboard.press('Escape');
	await expect(sheet).toHaveCount(0);
	await expect(page).toHaveURL(/\/mine$/);
});
