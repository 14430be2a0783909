import { expect } from '@playwright/test';
import type { Screen } from './screen';
import { field, visitSheet } from './ways';

export const visitScreens: Screen[] = [
	{ name: 'visit', as: 'member', show: visitSheet },
	{
		name: 'visit-error',
		as: 'member',
		show: async (page, url) => {
			await visitSheet(page, url);
			const chosen = await page.getByRole('checkbox', { checked: true }).all();
			// From the end: each one that goes shifts the places of those after it.
			for (const topic of chosen.reverse()) await topic.uncheck();
			await page.getByLabel('Ghi chú').fill('số căn cước 012 345 678 901');
			await page.getByRole('button', { name: 'LƯU' }).click();
			await expect(page.getByText('Hãy chọn ít nhất một việc đã hỗ trợ.')).toBeVisible();
		}
	},
	{
		name: 'visit-all-open',
		as: 'member',
		show: async (page, url) => {
			await visitSheet(page, url);
			for (const part of await page.getByRole('dialog').locator('summary').all())
				await part.click();
			await page.getByRole('button', { name: 'Xem thêm việc khác' }).click();
			await page.getByRole('checkbox', { name: 'Thanh toán không dùng tiền mặt' }).check();
			await page.getByRole('checkbox', { name: 'Học phí' }).check();
			const services = page.getByRole('group', { name: 'Dịch vụ nào?' });
			await services.getByRole('checkbox').first().check();
			await expect(page.getByRole('radio', { name: 'Tạo mới' })).toBeVisible();
		}
	},
	{
		name: 'visit-unfinished',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/log`);
			await expect(page.getByText('Đang viết dở: ').first()).toBeVisible();
		}
	},
	{
		name: 'saved',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/log`);
			await page.getByRole('button', { name: 'Ghi lại cho' }).first().click();
			await expect(page.getByRole('button', { name: 'Hoàn tác' })).toBeVisible();
		}
	},
	{
		name: 'training-all-open',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/log/training`);
			for (const part of await page.locator('main summary').all()) await part.click();
			const households = page.getByRole('group', { name: 'Hộ nào dự?' });
			await households.getByRole('checkbox').nth(1).check();
			await expect(page.getByRole('group', { name: 'Thành viên có mặt' })).toBeVisible();
		}
	},
	{
		name: 'training-attach',
		as: 'member',
		show: async (page, url) => {
			const session = [1, '0199aaaa-0000-7000-8000-000000000001', today(), ['vneid'], 'market', ''];
			const code = Buffer.from(JSON.stringify(session)).toString('base64url');
			await field(page, `${url}/log/training/attach#${code}`);
			await page.getByRole('button', { name: 'LƯU' }).click();
			await expect(page.getByText('Hãy chọn ít nhất một hộ.')).toBeVisible();
		}
	},
	{
		name: 'training-attach-scan',
		as: 'member',
		show: (page, url) => field(page, `${url}/log/training/attach`)
	},
	{
		name: 'not-home',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/log/not-home`);
			const doors = page.getByRole('group', { name: 'Không ai ở nhà' }).getByRole('checkbox');
			await doors.nth(0).check();
			await doors.nth(2).check();
			await expect(page.getByRole('button', { name: 'LƯU 2 hộ' })).toBeVisible();
		}
	},
	{
		name: 'correct-error',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/mine`);
			await page.getByRole('button', { name: 'Sửa', exact: true }).first().click();
			await page.getByRole('dialog').getByRole('button', { name: 'LƯU' }).click();
			await expect(page.getByText('Hãy ghi lý do, vài chữ là đủ.')).toBeVisible();
		}
	},
	{
		name: 'session-code',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/log/training`);
			await page.getByRole('checkbox', { name: 'VNeID' }).first().check();
			await page.getByRole('button', { name: 'LƯU' }).click();
			await page.waitForURL(`${url}/log`);
			await field(page, `${url}/mine`);
			await page.getByRole('button', { name: 'Mã QR của buổi' }).first().click();
			await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
		}
	}
];

/** The day in Vietnam. */
function today(): string {
	return new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
}
