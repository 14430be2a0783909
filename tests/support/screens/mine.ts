import { expect } from '@playwright/test';
import type { Screen } from './screen';
import { field, unsent } from './ways';

export const mineScreens: Screen[] = [
	{ name: 'mine', as: 'member', show: (page, url) => field(page, `${url}/mine`) },
	{
		name: 'mine-logged',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/mine`);
			await page.getByRole('heading', { name: 'Việc đã ghi' }).scrollIntoViewIfNeeded();
		}
	},
	{
		name: 'mine-this-phone',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/mine`);
			await expect(page.getByText(/Đã dùng .* trong/)).toBeVisible();
			await page.getByRole('heading', { name: 'Máy này', exact: true }).scrollIntoViewIfNeeded();
		}
	},
	{
		name: 'rights',
		as: 'member',
		show: (page, url) => field(page, `${url}/mine/rights`)
	},
	{
		name: 'receipt',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/mine`);
			await page.getByRole('button', { name: 'Biên nhận' }).first().click();
			await expect(page.getByRole('dialog').getByText('Số trong sổ')).toBeVisible();
		}
	},
	{
		name: 'hand-over-none',
		as: 'member',
		show: (page, url) => field(page, `${url}/mine/hand-over`)
	},
	{
		name: 'hand-over',
		as: 'member',
		show: async (page, url) => {
			await unsent(page, url);
			await page.getByRole('button', { name: 'Lưu thành tệp' }).click();
			await expect(page.getByText('Đã lưu tệp')).toBeVisible();
		}
	},
	{
		name: 'hand-over-codes',
		as: 'member',
		show: async (page, url) => {
			await unsent(page, url);
			await page.getByRole('button', { name: 'Hiện mã QR' }).click();
			await expect(page.getByRole('dialog').getByText(/^Mã 1 trên/)).toBeVisible();
		}
	},
	{
		name: 'receive',
		as: 'member',
		show: async (page, url) => {
			await page.context().setOffline(false);
			await field(page, `${url}/mine/receive`);
			const choosing = page.waitForEvent('filechooser');
			await page.getByRole('button', { name: 'Mở tệp' }).click();
			await (await choosing).setFiles('package.json');
			await expect(page.getByText('không phải việc chưa gửi')).toBeVisible();
		}
	},
	{
		name: 'receive-no-camera',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/mine/receive`);
			await page.getByRole('button', { name: 'Quét mã QR' }).click();
			await expect(page.getByText('Không mở được máy ảnh')).toBeVisible();
		}
	},
	{
		name: 'mine-devices',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/mine/devices`);
			await expect(page.getByText('(máy này)')).toBeVisible();
		}
	},
	{
		name: 'sign-out',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/mine`);
			await page.getByRole('button', { name: 'Đăng xuất' }).click();
			await expect(page.getByRole('dialog')).toBeVisible();
		}
	}
];
