import { expect } from '@playwright/test';
import type { Screen } from './screen';
import { field, household } from './ways';

export const householdScreens: Screen[] = [
	{ name: 'households', as: 'member', show: (page, url) => field(page, `${url}/households`) },
	{
		name: 'households-filtered',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/households`);
			await page.getByRole('radio', { name: 'Chưa ghé' }).check();
			await page.getByRole('searchbox').fill('nha');
		}
	},
	{
		name: 'household-new-error',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/households/new`);
			await page.getByRole('button', { name: 'LƯU, rồi ghi lượt' }).click();
			await expect(page.getByText('Hãy ghi tên gọi hoặc số nhà.')).toBeVisible();
		}
	},
	{ name: 'household', as: 'member', show: household },
	{
		name: 'household-ladder',
		as: 'member',
		show: async (page, url) => {
			await household(page, url);
			await page.getByRole('heading', { name: 'Bậc thang số' }).scrollIntoViewIfNeeded();
		}
	},
	{
		name: 'household-contact',
		as: 'member',
		show: async (page, url) => {
			await household(page, url);
			await page.getByRole('button', { name: 'Ghi số điện thoại' }).click();
			await page.getByRole('button', { name: 'LƯU' }).click();
			await expect(page.getByText('Cần bà con đồng ý trước khi ghi số.')).toBeVisible();
		}
	},
	{
		name: 'households-to-visit',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/households`);
			await page.getByRole('radio', { name: 'Nên ghé' }).check();
			await expect(page.getByRole('button', { name: /^Nhận ghé/ }).first()).toBeVisible();
			// Few rows: what is far below the screen is not painted, and keeps the colours of before.
			await page.getByRole('searchbox').fill('hai');
		}
	},
	{
		name: 'household-new-alike',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/households`);
			const first = page.getByRole('list', { name: 'Hộ dân' }).getByRole('link').first();
			const [label = ''] = (await first.innerText()).split('\n');
			await field(page, `${url}/households/new`);
			await page.getByLabel('Tên gọi hoặc số nhà').fill(label);
			await expect(page.getByText('Có phải hộ này không?')).toBeVisible();
			// Leaves no draft for the screens after this one.
			await page.getByLabel('Tên gọi hoặc số nhà').fill('');
			await page.getByLabel('Tên gọi hoặc số nhà').fill(label);
		}
	},
	{
		name: 'flats',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/households/flats`);
			await page
				.getByLabel('Chung cư, tầng, số căn')
				.fill('Chung cư Thử, tầng 3–7, 8 căn mỗi tầng');
			await expect(page.getByText('Sẽ thêm 40 căn.')).toBeVisible();
		}
	},
	{
		name: 'walk-sheet',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/households/walk-sheet`);
			await page.getByRole('radio', { name: 'Tất cả' }).check();
			await expect(
				page.getByRole('img', { name: 'Mã để nhập lại phiếu này' }).first()
			).toBeVisible();
		}
	},
	{
		name: 'walk-sheet-enter',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/households/walk-sheet`);
			await page.getByRole('radio', { name: 'Tất cả' }).check();
			await page.getByRole('link', { name: 'Nhập lại phiếu này' }).first().click();
			await page.getByRole('radio', { name: 'Đã hỗ trợ' }).first().check();
			await expect(page.getByRole('button', { name: 'LƯU 1 dòng' })).toBeVisible();
		}
	},
	{
		name: 'household-edit',
		as: 'member',
		show: async (page, url) => {
			await household(page, url);
			await page.getByRole('link', { name: 'Sửa thông tin hộ' }).click();
			await page.getByText('Nhà có gì?').click();
			await expect(page.getByRole('group', { name: 'Địa chỉ số' })).toBeVisible();
		}
	},
	{
		name: 'history',
		as: 'member',
		show: async (page, url) => {
			await household(page, url);
			await page.getByRole('button', { name: 'Xem lịch sử' }).first().click();
			await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
		}
	}
];
