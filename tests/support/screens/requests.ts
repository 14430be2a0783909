import { expect } from '@playwright/test';
import { poster } from '../steps';
import type { Screen } from './screen';
import { at, field } from './ways';

export const requestScreens: Screen[] = [
	{
		name: 'poster',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/poster`);
			await expect(page.getByRole('img', { name: 'Mã để nhờ tổ đến giúp' })).toBeVisible();
		}
	},
	{
		name: 'ask',
		as: 'leader',
		show: async (page, url) => at(page, await poster(page, url))
	},
	{
		name: 'ask-error',
		as: 'leader',
		show: async (page, url) => {
			await at(page, await poster(page, url));
			await page.getByLabel('Đến đâu để giúp?').fill('mã OTP 123456');
			await page.getByRole('button', { name: 'Gửi lời nhờ' }).click();
			await expect(page.getByText('Hãy đánh dấu đồng ý')).toBeVisible();
		}
	},
	{
		name: 'ask-sent',
		as: 'leader',
		show: async (page, url) => at(page, `${await poster(page, url)}?sent`)
	},
	{ name: 'requests', as: 'leader', show: (page, url) => field(page, `${url}/log/requests`) },
	{
		name: 'request',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/log/requests`);
			await page.locator('main a[href^="/log/requests/0"]').first().click();
			await expect(page.getByText('Nhờ bằng cách')).toBeVisible();
			await page.getByText('Đóng mà không đến').click();
		}
	},
	{
		name: 'request-new-error',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/log/requests/new`);
			await page.getByRole('button', { name: 'LƯU' }).click();
			await expect(page.getByText('Hãy đánh dấu đồng ý')).toBeVisible();
		}
	},
	{
		name: 'guide',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/guides/service/vneid`);
			await expect(page.getByRole('heading', { name: 'Hay vướng' })).toBeVisible();
		}
	},
	{
		name: 'guides',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/guides`);
			await expect(page.getByRole('heading', { name: 'Theo bậc' })).toBeVisible();
		}
	},
	{
		name: 'visit-answers',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/log/requests`);
			await page.locator('main a[href^="/log/requests/0"]').first().click();
			await page.getByRole('button', { name: /^Thêm hộ/ }).click();
			await page.getByRole('link', { name: 'Ghi lượt hỗ trợ' }).click();
			const answers = page.getByRole('group', { name: 'Lời nhờ giúp đã xong?' });
			await answers.getByRole('checkbox').check();
			await answers.scrollIntoViewIfNeeded();
		}
	},
	{ name: 'ask-gone', as: 'leader', show: (page, url) => at(page, `${url}/ask/000000000000`) }
];
