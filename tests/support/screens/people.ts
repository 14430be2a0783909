import { expect } from '@playwright/test';
import type { Screen } from './screen';
import { field, team } from './ways';

export const peopleScreens: Screen[] = [
	{
		name: 'mine-people',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/people`);
			await expect(page.getByRole('list', { name: 'Thành viên', exact: true })).toBeVisible();
		}
	},
	{
		name: 'mine-people-replace',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/people`);
			await page.getByRole('button', { name: /Lê Văn Cam/ }).click();
			await page.getByRole('dialog').getByRole('button', { name: 'Thay người' }).click();
			await page.getByRole('button', { name: 'Thay và tạo mã mời' }).click();
			await expect(page.getByText('Hãy điền chỗ này.')).toBeVisible();
		}
	},
	{
		name: 'mine-people-disable',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/people`);
			await page.getByRole('button', { name: /Lê Văn Cam/ }).click();
			await page
				.getByRole('dialog')
				.getByRole('button', { name: /^Ngừng cho dùng/ })
				.click();
			await expect(page.getByText('vẫn được nhận')).toBeVisible();
		}
	},
	{
		name: 'people',
		as: 'administrator',
		show: async (page, url) => {
			await page.goto(`${url}/people`);
			await expect(page.getByRole('list', { name: 'Tổ và thành viên' })).toBeVisible();
		}
	},
	{ name: 'people-team', as: 'administrator', show: team },
	{
		name: 'people-person',
		as: 'administrator',
		show: async (page, url) => {
			await team(page, url);
			await page
				.getByRole('list', { name: 'Thành viên', exact: true })
				.getByRole('button')
				.first()
				.click();
			await expect(page.getByRole('dialog')).toBeVisible();
		}
	},
	{
		name: 'people-cards',
		as: 'administrator',
		show: async (page, url) => {
			await team(page, url);
			await page.getByRole('button', { name: /^Mời \d+ người/ }).click();
			await expect(page.getByRole('heading', { name: /thư mời/ })).toBeVisible();
		}
	},
	{
		name: 'people-team-change',
		as: 'administrator',
		show: async (page, url) => {
			await team(page, url);
			await page.getByRole('button', { name: 'Sửa tổ' }).click();
			await expect(page.getByLabel('Tên tổ')).toBeVisible();
		}
	},
	{
		name: 'people-team-end',
		as: 'administrator',
		show: async (page, url) => {
			await team(page, url);
			await page.getByRole('button', { name: 'Sửa tổ' }).click();
			await page.getByRole('button', { name: 'Giải thể tổ' }).click();
			await expect(page.getByText('người thôi vai trò trong tổ')).toBeVisible();
		}
	},
	{
		name: 'people-team-new',
		as: 'administrator',
		show: async (page, url) => {
			await page.goto(`${url}/people/new`);
			await page.getByRole('searchbox').fill('to 3 hai chau');
			await page.getByRole('checkbox').first().check();
			await page.getByLabel('Số điện thoại').first().fill('12');
			await page.getByRole('button', { name: 'Lưu tổ' }).click();
			await expect(page.getByText('Hãy điền chỗ này.')).toBeVisible();
		}
	},
	{
		name: 'people-ward-invite',
		as: 'administrator',
		show: async (page, url) => {
			await page.goto(`${url}/people/invite`);
			await expect(page.getByRole('combobox', { name: 'Chọn nơi xem' })).toBeVisible();
			await expect(page.getByRole('status').getByText('chưa vào máy')).toBeVisible();
		}
	},
	{
		name: 'password-error',
		as: 'administrator',
		show: async (page, url) => {
			await page.goto(`${url}/password`);
			await page.getByLabel('Mật khẩu mới').fill('ngắn quá');
			await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();
			await expect(page.getByText('Cần ít nhất 15 ký tự')).toBeVisible();
		}
	},
	{
		name: 'people-staff',
		as: 'administrator',
		show: async (page, url) => {
			await page.goto(`${url}/people/staff`);
			await expect(page.getByRole('list', { name: 'Cán bộ của đơn vị' })).toBeVisible();
		}
	},
	{
		name: 'people-import-error',
		as: 'administrator',
		show: async (page, url) => {
			await page.goto(`${url}/people/import`);
			const text = 'Họ và tên;Vai trò;SĐT;Tổ dân phố;Phường\nLý Văn Mít;Giám đốc;12;Tổ 99;Hải Châu';
			await page.locator('input[type=file]').setInputFiles({
				name: 'thanh-vien.csv',
				mimeType: 'text/csv',
				buffer: Buffer.from(text)
			});
			await expect(page.getByText('Không hiểu vai trò')).toBeVisible();
		}
	},
	{
		name: 'audit',
		as: 'administrator',
		show: async (page, url) => {
			await page.goto(`${url}/audit`);
			await expect(page.getByRole('table')).toBeVisible();
		}
	}
];
