import { expect } from '@playwright/test';
import type { Screen } from './screen';
import { field } from './ways';

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
	}
];
