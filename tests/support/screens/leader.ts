import { expect } from '@playwright/test';
import type { Screen } from './screen';
import { at, field } from './ways';

export const leaderScreens: Screen[] = [
	{
		name: 'team-phones',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/team`);
			await expect(page.getByRole('heading', { name: 'Từng người' })).toBeVisible();
		}
	},
	{
		name: 'team-phones-members',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/team`);
			await page.getByRole('heading', { name: 'Từng người' }).scrollIntoViewIfNeeded();
		}
	},
	{
		name: 'activity-days',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/days`);
			await expect(page.getByRole('button', { name: 'Xác nhận' })).toBeVisible();
			await page.locator('main summary').first().click();
			await expect(page.getByRole('checkbox').first()).toBeVisible();
		}
	},
	{
		name: 'periods',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/periods`);
			await expect(page.getByRole('button', { name: /^Chốt tháng / }).first()).toBeVisible();
		}
	},
	{
		name: 'periods-ask',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/periods`);
			await page
				.getByRole('button', { name: /^Chốt tháng / })
				.first()
				.click();
			await expect(page.getByRole('dialog')).toBeVisible();
		}
	},
	{
		name: 'corrections',
		as: 'ward_officer',
		show: async (page, url) => {
			await at(page, `${url}/periods`);
			await expect(page.getByText('Không có yêu cầu nào chờ.')).toBeVisible();
		}
	}
];
