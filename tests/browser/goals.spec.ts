import { expect, test, type Page } from '@playwright/test';
import { startServer, type Server } from '../support/server';
import { go, settleIn } from '../support/steps';

const phone = { viewport: { width: 360, height: 740 } };
const READY = 'Cảm ơn đã kiên nhẫn hướng dẫn người lớn tuổi.';
const TEAM = ['Trần Thị Bưởi', 'Lê Văn Cam', 'Nguyễn Thị Dừa'];

let server: Server;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

test('the leader sets a goal and says thanks offline; the team sees both, and nobody the number of another', async ({
	browser
}) => {
	const context = await browser.newContext(phone);
	const leader = await context.newPage();
	await settleIn(leader, server.url, 'leader');
	await go(leader, 'Của tôi');
	const households = leader.getByLabel('Số hộ giúp trong một tuần', { exact: true });
	const setGoal = async (count: string) => {
		await leader.getByRole('link', { name: 'Đặt mục tiêu của tổ' }).click();
		await households.fill(count);
		await leader.getByRole('button', { name: 'LƯU' }).click();
	};
	await setGoal('40');
	await expect(leader.getByText(/^\d+ \/ 40 hộ đã giúp$/)).toBeVisible();
	await leader.getByRole('button', { name: 'Hoàn tác' }).click();
	await expect(leader.getByText(/^\d+ \/ 14 hộ đã giúp$/)).toBeVisible();

	await context.setOffline(true);
	await setGoal('30');
	await expect(leader.getByText('Đã lưu mục tiêu trên máy')).toBeVisible();
	await expect(leader.getByText(/^\d+ \/ 30 hộ đã giúp$/)).toBeVisible();

	await leader.getByRole('link', { name: 'Gửi lời cảm ơn' }).click();
	await leader.getByRole('radio', { name: 'Trần Thị Bưởi' }).check();
	await leader.getByLabel('Lời nhắn').fill('Cảm ơn, mã OTP 123456');
	await leader.getByRole('button', { name: 'Gửi lời cảm ơn' }).click();
	await expect(leader.getByLabel('Lời nhắn')).toHaveAttribute('aria-invalid', 'true');
	await leader.getByRole('button', { name: READY }).click();
	await leader.getByRole('button', { name: 'Gửi lời cảm ơn' }).click();
	await expect(leader.getByText('Đã lưu lời cảm ơn')).toBeVisible();
	await expect(leader.getByRole('heading', { name: 'Gửi Trần Thị Bưởi' })).toBeVisible();
	await nobodysNumber(leader);

	await context.setOffline(false);
	await expect(leader.getByText('Đã gửi hết')).toBeVisible();

	const page = await (await browser.newContext(phone)).newPage();
	await settleIn(page, server.url);
	const news = page.getByRole('region', { name: 'Lời cảm ơn tuần này' });
	await expect(news).toContainText(`Nguyễn Thị Dừa cảm ơn: “${READY}”`);
	await news.getByRole('button', { name: 'Đã rõ' }).click();
	await expect(news).toHaveCount(0);
	await page.reload();
	await go(page, 'Của tôi');
	await expect(page.getByRole('heading', { name: 'Nguyễn Thị Dừa cảm ơn' })).toBeVisible();
	await expect(page.getByText(READY)).toHaveCount(1);
	await expect(page.getByText(/^\d+ \/ 30 hộ đã giúp$/)).toBeVisible();
	await expect(page.getByRole('link', { name: 'Đặt mục tiêu của tổ' })).toHaveCount(0);
	await nobodysNumber(page);
	await context.close();
	await page.context().close();
});

test('what a member does moves the goal of the team and their own week, on no other phone the week of anybody', async ({
	browser
}) => {
	const context = await browser.newContext(phone);
	const page = await context.newPage();
	await settleIn(page, server.url);
	await go(page, 'Của tôi');
	const [mine, team] = [await helped(page, 'Tuần này của tôi'), await helped(page, 'Cả tổ')];
	await context.setOffline(true);
	await go(page, 'Hộ dân');
	await page.getByRole('radio', { name: 'Chưa ghé' }).check();
	await page.getByRole('list', { name: 'Hộ dân' }).getByRole('link').first().click();
	await page.getByRole('link', { name: 'Ghi lượt hỗ trợ' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('checkbox', { name: 'VNeID' }).first().check();
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(sheet).toHaveCount(0);
	await go(page, 'Của tôi');
	expect(await helped(page, 'Tuần này của tôi')).toBe(mine + 1);
	expect(await helped(page, 'Cả tổ')).toBe(team + 1);
	await context.setOffline(false);
	await expect(page.getByText('Đã gửi hết')).toBeVisible();
	await context.close();

	const other = await (await browser.newContext(phone)).newPage();
	await settleIn(other, server.url, 'leader');
	await go(other, 'Của tôi');
	expect(await helped(other, 'Cả tổ')).toBe(team + 1);
	expect(await helped(other, 'Tuần này của tôi')).toBe(0);
	await other.context().close();
});

/** How many households a block of this week counts. */
async function helped(page: Page, heading: string): Promise<number> {
	const block = page
		.locator('section')
		.filter({ has: page.getByRole('heading', { name: heading }) });
	const fact = block.locator('dl > div').filter({ hasText: 'Hộ đã giúp' }).locator('dd');
	return Number(await fact.innerText());
}

/** Names stand in thank-yous alone: no line of figures has one. */
async function nobodysNumber(page: Page) {
	const lines = await page.locator('main dl > div, main .figure').allInnerTexts();
	expect(lines.length).toBeGreaterThan(7);
	for (const name of TEAM) expect(lines.join('\n')).not.toContain(name);
}
