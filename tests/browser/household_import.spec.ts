import { expect, test } from '@playwright/test';
import { signInAs } from '../support/phone';
import { groupForImport, householdFile } from '../support/screens/ways';
import { startServer, type Server } from '../support/server';

let server: Server;
test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

test('an officer brings the households of a group: problems first, then all, and a second time none', async ({
	page
}) => {
	await signInAs(page, server.url, 'ward_officer');
	await page.getByRole('link', { name: 'Nhập danh sách hộ' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Nhập danh sách hộ' })).toBeVisible();
	await groupForImport(page, server.url);
	await householdFile(page, 'Tên gọi;Người lớn\nNhà số 012345678901;2\nQuán Sáu Lành 7719;99\n');
	await expect(page.getByText('ô A2')).toBeVisible();
	await expect(page.getByText('ô B3')).toBeVisible();
	await expect(page.getByRole('button', { name: /^LƯU/ })).toBeHidden();

	const mended = 'Tên gọi;Người lớn\nNhà Mười Lúa xóm trên;2\nQuán Sáu Lành 7719;9\n';
	await householdFile(page, mended);
	await page.getByRole('button', { name: 'LƯU 2 hộ' }).click();
	await expect(page.getByText('Đã lưu 2 hộ. Điện thoại của tổ sẽ nhận khi có mạng.')).toBeVisible();

	await householdFile(page, mended.replace('Mười Lúa', 'muoi lua'));
	await expect(page.getByText('0 hộ mới. 2 hộ đã có sẵn')).toBeVisible();
	await expect(page.getByRole('button', { name: /^LƯU/ })).toBeHidden();

	// One letter off is told, and it is for the officer to say.
	await householdFile(page, 'Tên gọi\nQuán Sáu Làng 7719\n');
	await expect(page.getByText('có thể là hộ “Quán Sáu Lành 7719” đã có trong tổ')).toBeVisible();
	await expect(page.getByRole('button', { name: 'LƯU 1 hộ' })).toBeVisible();
});

test('whoever may not bring households is told so', async ({ page }) => {
	await signInAs(page, server.url, 'area_coordinator');
	await expect(page.getByRole('link', { name: 'Nhập danh sách hộ' })).toBeHidden();
	await page.goto(`${server.url}/coverage/import`);
	await expect(page.getByText('Không được xem số liệu này')).toBeVisible();
});
