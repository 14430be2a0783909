import { expect, test } from '@playwright/test';
import { signInAs } from '../support/phone';
import { startServer, type Server } from '../support/server';
import { poster } from '../support/steps';

let server: Server;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

test('somebody without scripts asks for help by the poster; what must not be kept is explained first', async ({
	browser
}) => {
	const leader = await browser.newPage();
	await signInAs(leader, server.url, 'leader');
	const address = await poster(leader, server.url);

	const old = await browser.newContext({
		javaScriptEnabled: false,
		viewport: { width: 360, height: 740 }
	});
	const page = await old.newPage();
	await page.goto(address);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cần giúp về công nghệ số?');
	await page.getByLabel('Đến đâu để giúp?').fill('Nhà tôi, căn cước 012345678901');
	await page.getByLabel('Cần giúp việc gì?').selectOption({ index: 1 });
	await page.getByLabel('Tối').check();
	await page.getByLabel('Chủ nhật').check();
	await page.getByRole('button', { name: 'Gửi lời nhờ' }).click();

	await expect(page.getByText('Hãy đánh dấu đồng ý')).toBeVisible();
	await expect(page.getByLabel('Đến đâu để giúp?')).toHaveAttribute('aria-invalid', 'true');
	// What was written is still there, but for nobody else: neither in the address nor in a store.
	await expect(page.getByLabel('Tối')).toBeChecked();
	expect(page.url()).toBe(address);
	await page.getByLabel('Đến đâu để giúp?').fill('K32/6, sau chợ');
	await page.getByLabel('Tôi đồng ý').check();
	await page.getByRole('button', { name: 'Gửi lời nhờ' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Đã gửi tới tổ');
	expect(new URL(page.url()).search).toBe('?sent');
	expect(server.output()).not.toContain('K32/6');
	await old.close();
});

test('in English with one tap, and a code that is no longer in use says what to do', async ({
	browser
}) => {
	const leader = await browser.newPage();
	await signInAs(leader, server.url, 'leader');
	const address = await poster(leader, server.url);
	const page = await browser.newPage();
	await page.goto(address);
	await page.getByRole('link', { name: 'English' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Need help with digital things?'
	);
	expect(page.url()).toBe(address);

	await leader.getByText('Đổi mã mới').first().click();
	await leader.getByRole('button', { name: 'Đổi mã mới' }).click();
	await expect(leader.getByText('Đã đổi mã.')).toBeVisible();
	await page.reload();
	await expect(page.getByText('This code is no longer in use')).toBeVisible();
});
