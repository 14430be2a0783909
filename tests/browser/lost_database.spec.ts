import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { openPhone, type Phone } from '../support/phone';
import { startServer, type Server } from '../support/server';
import { go, openHousehold, openVisitSheet, settleIn } from '../support/steps';

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

const NOTE = 'Mất sóng ở cuối hẻm';

async function logVisit(page: Page) {
	const sheet = page.getByRole('dialog');
	await openVisitSheet(page);
	await sheet.getByRole('checkbox', { name: 'VNeID' }).first().check();
	await sheet.getByLabel('Ghi chú').fill(NOTE);
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(sheet).toHaveCount(0);
	await expect(page.getByText('Đã lưu trên máy: ')).toBeVisible();
}

/** The folder in which Chromium keeps all databases of the origin. */
function folder(): string {
	const all = join(phone.profile, 'Default', 'IndexedDB');
	const [ours = ''] = readdirSync(all).filter((name) => name.endsWith('.indexeddb.leveldb'));
	return join(all, ours);
}

const HARM = {
	'is gone': () => rmSync(folder(), { recursive: true }),
	'is damaged': () => {
		for (const name of readdirSync(folder()))
			if (/^(MANIFEST|CURRENT)/.test(name)) writeFileSync(join(folder(), name), 'damaged');
	}
};

for (const [what, harm] of Object.entries(HARM))
	test(`a visit that waited is brought back, told and sent when the database folder ${what}`, async () => {
		const label = await openHousehold(phone.page, server.url);
		await phone.context.setOffline(true);
		await logVisit(phone.page);

		await phone.restart(harm);
		await phone.context.setOffline(true);
		await phone.page.goto(`${server.url}/log`);
		const news = phone.page.getByRole('region', { name: 'Trình duyệt đã mất dữ liệu trên máy' });
		await expect(news).toContainText('Việc chưa gửi đã được khôi phục: 1 thay đổi');
		await expect(phone.page.getByText('1 lượt chờ gửi')).toBeVisible();

		await phone.context.setOffline(false);
		await expect(phone.page.getByText('Đã gửi hết')).toBeVisible();
		await news.getByRole('button', { name: 'Đã rõ' }).click();
		await expect(news).toHaveCount(0);
		await phone.page.reload();
		await expect(phone.page.getByText('Đã gửi hết')).toBeVisible();
		await expect(news).toHaveCount(0);
		await go(phone.page, 'Hộ dân');
		await phone.page.getByRole('link', { name: label }).first().click();
		await expect(phone.page.getByText(NOTE)).toHaveCount(1);
	});

test('where the browser has no place for a second copy, nobody is told that there is one', async () => {
	await phone.context.addInitScript(() => {
		Object.defineProperty(navigator, 'storageBuckets', { value: undefined });
	});
	await openHousehold(phone.page, server.url);
	await phone.context.setOffline(true);
	await logVisit(phone.page);
	await phone.page.goto(`${server.url}/mine`);
	await expect(phone.page.getByRole('heading', { name: 'Máy này', exact: true })).toBeVisible();
	await expect(phone.page.getByText('giữ thành hai bản')).toHaveCount(0);
});

test('a person sees that what is unsent is kept twice', async () => {
	await go(phone.page, 'Của tôi');
	await expect(phone.page.getByText('Việc chưa gửi được giữ thành hai bản')).toBeVisible();
});
