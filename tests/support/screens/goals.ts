import { expect, type Page } from '@playwright/test';
import { signInAs } from '../phone';
import type { Screen } from './screen';
import { field } from './ways';

/** The leader thanks the whole team; what is sent stands on the page of both. */
async function thank(page: Page, url: string) {
	await field(page, `${url}/mine/thanks`);
	await page.getByRole('button', { name: 'Tuần này tổ mình làm rất tốt' }).click();
	await page.getByRole('button', { name: 'Gửi lời cảm ơn' }).click();
	await expect(page.getByRole('heading', { name: 'Gửi cả tổ' }).first()).toBeVisible();
}

export const goalScreens: Screen[] = [
	{
		name: 'mine-goal',
		as: 'leader',
		show: (page, url) => field(page, `${url}/mine/goal`)
	},
	{
		name: 'mine-thanks',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/thanks`);
			await expect(page.getByRole('radio', { name: 'Cả tổ' })).toBeChecked();
		}
	},
	{
		name: 'mine-thanks-error',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/thanks`);
			await page.getByLabel('Lời nhắn').fill('Cảm ơn, mã OTP 123456');
			await page.getByRole('button', { name: 'Gửi lời cảm ơn' }).click();
			await expect(page.getByLabel('Lời nhắn')).toHaveAttribute('aria-invalid', 'true');
			await page.getByLabel('Lời nhắn').fill('');
			await page.getByRole('button', { name: 'Gửi lời cảm ơn' }).click();
			await expect(page.getByText('Hãy viết lời nhắn, hoặc chọn')).toBeVisible();
		}
	},
	{
		name: 'mine-week',
		as: 'leader',
		show: async (page, url) => {
			await thank(page, url);
			await field(page, `${url}/mine`);
			const ours = page.getByRole('heading', { name: 'Cả tổ trong tuần này' });
			await ours.evaluate((heading) => heading.scrollIntoView());
			await expect(page.getByRole('progressbar')).toBeVisible();
		}
	}
];

/** A member is told once, above whatever screen is open; so it comes last of theirs. */
export const thankedScreens: Screen[] = [
	{
		name: 'thanked',
		as: 'member',
		show: async (page, url) => {
			const context = await page.context().browser()?.newContext();
			const leader = await context?.newPage();
			if (!context || !leader) throw new Error('the page belongs to no browser');
			await signInAs(leader, url, 'leader');
			await thank(leader, url);
			await expect(leader.getByText('Đã gửi hết')).toBeVisible();
			await context.close();
			await field(page, `${url}/log`);
			await expect(page.getByRole('region', { name: 'Lời cảm ơn tuần này' })).toBeVisible();
		}
	}
];
