import { expect } from '@playwright/test';
import type { Screen } from './screen';
import { at, field, household } from './ways';

export const leaderScreens: Screen[] = [
	{
		name: 'household-arrange',
		as: 'leader',
		show: async (page, url) => {
			await household(page, url);
			await page.getByRole('heading', { name: 'Việc của tổ trưởng' }).scrollIntoViewIfNeeded();
		}
	},
	{
		name: 'household-merge',
		as: 'leader',
		show: async (page, url) => {
			await household(page, url);
			await page.getByRole('button', { name: 'Gộp với hộ bị trùng' }).click();
			await page.getByRole('dialog').getByRole('searchbox').fill('nha');
			await page.getByRole('dialog').getByRole('radio').first().check();
			await expect(page.getByRole('group', { name: 'Giữ tên nào?' })).toBeVisible();
		}
	},
	{
		name: 'household-assigned',
		as: 'leader',
		show: async (page, url) => {
			await household(page, url);
			const given = page.getByLabel('Giao cho');
			await given.selectOption({ index: 1 });
			await expect(page.getByText(/^Đã giao cho/)).toBeVisible();
		}
	},
	{
		name: 'household-import',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/households/import`);
			await page.getByLabel('Chọn tệp Excel hoặc CSV').setInputFiles({
				name: 'ho.csv',
				mimeType: 'text/csv',
				buffer: Buffer.from('Tên gọi,Người lớn\nNhà thử 1,2\nNhà thử 2,99\n')
			});
			await expect(page.getByText('là quá nhiều cho một hộ')).toBeVisible();
		}
	},
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
		name: 'questions',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/questions`);
			await expect(page.getByRole('button', { name: 'Trả lời' }).first()).toBeVisible();
		}
	},
	{
		name: 'questions-records',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/questions`);
			await page.getByRole('button', { name: 'Xem các lượt ghi' }).first().click();
			await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
		}
	},
	{
		name: 'questions-answer-error',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/questions`);
			await page.getByRole('button', { name: 'Trả lời' }).first().click();
			await page.getByRole('dialog').getByRole('button', { name: 'LƯU', exact: true }).click();
			await expect(page.getByText('Hãy chọn một câu trả lời.')).toBeVisible();
		}
	},
	{
		name: 'questions-staff',
		as: 'ward_officer',
		show: async (page, url) => {
			await at(page, `${url}/questions`);
			await expect(page.getByRole('heading', { name: /^Đang chờ trả lời/ })).toBeVisible();
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
