import { expect } from '@playwright/test';
import type { Screen } from './screen';
import { field } from './ways';

export const logScreens: Screen[] = [
	{ name: 'log', as: 'member', show: (page, url) => field(page, `${url}/log`) },
	{
		name: 'log-search',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/log`);
			await page.getByRole('searchbox').fill('nha');
			await expect(page.getByRole('link', { name: 'Thêm hộ “nha”' })).toBeVisible();
		}
	},
	{
		name: 'help',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/log`);
			await page.getByRole('button', { name: 'Giúp', exact: true }).click();
			await expect(page.getByRole('dialog')).toBeVisible();
		}
	},
	{
		name: 'training',
		as: 'member',
		show: (page, url) => field(page, `${url}/log/training`)
	},
	{
		name: 'training-error',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/log/training`);
			await page.getByRole('button', { name: 'LƯU' }).click();
			await expect(page.getByText('Hãy chọn ít nhất một việc đã hỗ trợ.')).toBeVisible();
		}
	}
];
