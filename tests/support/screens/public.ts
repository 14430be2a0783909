import { expect } from '@playwright/test';
import type { Screen } from './screen';
import { at } from './ways';

export const publicScreens: Screen[] = [
	{ name: 'home', as: null, show: (page, url) => at(page, `${url}/`) },
	{ name: 'demo', as: null, show: (page, url) => at(page, `${url}/demo`) },
	{ name: 'demo-member', as: null, show: (page, url) => at(page, `${url}/demo/member`) },
	{ name: 'no-such-page', as: null, show: (page, url) => at(page, `${url}/khong-co-trang-nay`) },
	{ name: 'open', as: null, show: (page, url) => at(page, `${url}/open`) },
	{ name: 'open-ward', as: null, show: (page, url) => at(page, `${url}/open?ward=20242`) },
	{ name: 'sign-in', as: null, show: (page, url) => at(page, `${url}/sign-in`) },
	{
		name: 'sign-in-error',
		as: null,
		show: async (page, url) => {
			await at(page, `${url}/sign-in`);
			await page.getByLabel('Tên đăng nhập').fill('khong.co');
			await page.getByLabel('Mật khẩu', { exact: true }).fill('không phải mật khẩu');
			await page.getByRole('button', { name: 'Đăng nhập' }).click();
			await expect(page.getByText('Tên đăng nhập hoặc mật khẩu chưa đúng.')).toBeVisible();
		}
	},
	{
		name: 'join-type',
		as: null,
		show: async (page, url) => {
			await page.goto(`${url}/join`);
			await expect(page.getByRole('heading', { name: 'Nhập mã mời' })).toBeVisible();
			await page.getByRole('button', { name: 'Tiếp tục' }).click();
			await expect(page.getByText('Mã gồm 26 chữ và số')).toBeVisible();
		}
	},
	{
		name: 'join-unknown',
		as: null,
		show: async (page, url) => {
			await page.goto(`${url}/join#0123456789ABCDEFGHJKMNPQRS`);
			await page.getByRole('button', { name: 'Nhận sổ ghi trên máy này' }).click();
			await expect(page.getByText('Không có mã này')).toBeVisible();
		}
	},
	{
		name: 'nobody-signed-in',
		as: null,
		show: async (page, url) => {
			await page.goto(`${url}/log`);
			await expect(page.getByText('Chưa có sổ ghi trên máy này')).toBeVisible();
		}
	}
];
