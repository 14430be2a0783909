import { expect, test } from '@playwright/test';
import { signInAs } from '../support/phone';
import { startServer, type Server } from '../support/server';

let server: Server;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

test('anybody reads the open figures without scripts, month by month and ward by ward, in either language', async ({
	browser
}) => {
	const context = await browser.newContext({
		javaScriptEnabled: false,
		viewport: { width: 360, height: 740 }
	});
	const page = await context.newPage();
	await page.goto(`${server.url}/open`);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Số liệu mở');
	await expect(page.getByText('Số liệu minh họa')).toBeVisible();
	const wards = page.getByRole('table', { name: /theo phường, xã/ });
	await expect(wards.getByRole('row')).toHaveCount(95);
	await expect(wards.getByRole('row', { name: /Hoàng Sa/ })).toContainText('Không có tổ');
	await expect(page.getByRole('heading', { name: 'Mọi người được bảo vệ thế nào' })).toBeVisible();

	const months = page.getByRole('navigation', { name: 'Chọn tháng' }).getByRole('link');
	await months.last().click();
	expect(new URL(page.url()).searchParams.get('month')).toMatch(/^20\d\d-\d\d$/);
	await wards.getByRole('link', { name: 'Phường Hải Châu' }).click();
	await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('Phường Hải Châu');
	await page.getByRole('link', { name: 'English' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Open figures');
	await expect(page.getByText('Sample figures')).toBeVisible();
	await context.close();
});

test('the city office withdraws its figures, and the page says so at once', async ({ browser }) => {
	const office = await browser.newPage();
	await signInAs(office, server.url, 'city_office');
	await office.goto(`${server.url}/publishing`);
	await office.getByRole('button', { name: 'Ngừng công bố' }).click();
	await expect(office.getByText('Chưa công bố: người ngoài')).toBeVisible();
	const page = await browser.newPage();
	await page.goto(`${server.url}/open`);
	await expect(page.getByText('Chưa công bố số liệu')).toBeVisible();
	await expect(page.getByRole('table')).toHaveCount(0);

	await office.getByRole('button', { name: 'Bắt đầu công bố' }).click();
	await expect(office.getByText('Đang công bố từ ngày')).toBeVisible();
	await page.reload();
	await expect(page.getByRole('table').first()).toBeVisible();
});

test('whoever asks without end is asked to wait', async ({ request }) => {
	const answers = await Promise.all(
		Array.from({ length: 80 }, () => request.get(`${server.url}/open`))
	);
	const statuses = new Set(answers.map((answer) => answer.status()));
	expect([...statuses].sort()).toEqual([200, 429]);
});
