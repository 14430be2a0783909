import { expect, test, type Page } from '@playwright/test';
import { openPhone, signInAs, type Phone } from '../support/phone';
import { startServer, type Server } from '../support/server';
import { go, settleIn } from '../support/steps';

let server: Server;
let volunteer: Phone;
let leader: Phone;

test.beforeAll(async ({}, info) => {
	server = await startServer();
	volunteer = await openPhone(info);
	leader = await openPhone(info);
});
test.afterAll(async () => {
	await volunteer.close();
	await leader.close();
	await server.stop();
	expect([...volunteer.complaints, ...leader.complaints]).toEqual([]);
});

/** The fact of this name in the list of facts in sight. */
function fact(page: Page, name: string) {
	return page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd');
}

/** Opens the receipt of the record that was written last. */
async function openReceipt(page: Page) {
	await page.getByRole('button', { name: 'Biên nhận' }).first().click();
	await expect(page.getByRole('dialog')).toBeVisible();
}

test('a volunteer sees what waits and what was taken, and those who look after the team see the phone', async ({
	page: coordinator
}) => {
	await test.step('a visit logged without signal waits on the phone, and says so', async () => {
		const { page, context } = volunteer;
		await settleIn(page, server.url);
		// The page of the volunteer comes from the worker from here on.
		await page.reload();
		await expect(page.getByText('Đã gửi hết')).toBeVisible();
		await context.setOffline(true);
		await page.getByRole('button', { name: 'Ghi lại cho' }).first().click();
		await expect(page.getByText('Đã lưu trên máy')).toBeVisible();
		await go(page, 'Của tôi');
		await expect(fact(page, 'Chờ gửi')).toHaveText('1');
		await expect(page.getByRole('article').first().getByText('Chờ gửi')).toBeVisible();
		await openReceipt(page);
		await expect(page.getByText('Lượt này đang nằm trên máy')).toBeVisible();
		await expect(fact(page, 'Số trong sổ')).toHaveText('Chưa có');
	});

	await test.step('while the receipt is open the network comes back: it shows the number', async () => {
		const { page, context } = volunteer;
		await context.setOffline(false);
		await expect(fact(page, 'Số trong sổ')).toHaveText(/^[\d.]+$/);
		const number = await fact(page, 'Số trong sổ').innerText();
		const code = await fact(page, 'Mã đọc qua điện thoại').innerText();
		expect(code).toMatch(/^[0-9a-f]{4} [0-9a-f]{4}$/);
		await expect(page.getByText(`Lượt số ${number} trong sổ của Tổ 3, mã ${code}.`)).toBeVisible();
		await page.getByRole('button', { name: 'Đóng' }).click();
		await expect(fact(page, 'Chờ gửi')).toHaveText('0');
		await expect(page.getByRole('article').first().getByText('Đã gửi')).toBeVisible();
	});

	await test.step('a volunteer is offered nobody else’s phone', async () => {
		const { page } = volunteer;
		await expect(page.getByRole('link', { name: 'Máy của tổ' })).toHaveCount(0);
		await page.goto(`${server.url}/mine/team`);
		const own = page.getByRole('article');
		await expect(own).toHaveCount(1);
		await expect(own.getByRole('heading')).toHaveText('Trần Thị Bưởi');
	});

	await test.step('the leader sees when that phone was last in contact, also without signal', async () => {
		const { page, context } = leader;
		await settleIn(page, server.url, 'leader');
		await go(page, 'Của tôi');
		await page.getByRole('link', { name: 'Máy của tổ' }).click();
		const member = page.getByRole('article').filter({ hasText: 'Trần Thị Bưởi' });
		await expect(member.getByText(/Liên lạc \d\d:\d\d, hôm nay/)).toBeVisible();
		await expect(member.getByText('Không còn lượt chưa gửi').first()).toBeVisible();
		await expect(page.getByRole('heading', { name: 'Chưa liên lạc 7 ngày' })).toBeVisible();

		await context.setOffline(true);
		await page.reload();
		await expect(page.getByText('Mất mạng. Đây là danh sách lúc')).toBeVisible();
		await expect(member.getByText(/Liên lạc \d\d:\d\d, hôm nay/)).toBeVisible();
	});

	await test.step('the coordinator finds it from the figures, and puts the longest silent first', async () => {
		await coordinator.clock.install();
		await signInAs(coordinator, server.url, 'area_coordinator');
		await coordinator.goto(`${server.url}/coverage`);
		await coordinator.getByRole('link', { name: 'Máy của các tổ' }).click();
		const rows = coordinator.getByRole('row');
		const today = new Intl.DateTimeFormat('vi-VN', {
			timeZone: 'Asia/Ho_Chi_Minh',
			day: '2-digit',
			month: '2-digit',
			year: 'numeric'
		}).format(new Date());
		await expect(rows.filter({ hasText: 'Trần Thị Bưởi' }).first()).toContainText(today);
		await coordinator.getByRole('button', { name: 'Liên lạc gần nhất' }).click();
		await expect(rows.nth(1)).toContainText('ngày trước');
		await coordinator.getByRole('searchbox').fill('buoi');
		await expect(rows.filter({ hasText: 'Lê Văn Cam' })).toHaveCount(0);
		await expect(rows.filter({ hasText: 'Trần Thị Bưởi' }).first()).toBeVisible();
	});

	await test.step('whose name was looked for stands in no address', async () => {
		// Places are looked for in the address; that writes it a moment after the last letter.
		await coordinator.clock.fastForward(1000);
		await coordinator.getByRole('button', { name: 'Liên lạc gần nhất' }).click();
		await expect(coordinator).toHaveURL(/[?&]sort=-/);
		expect(new URL(coordinator.url()).searchParams.has('find')).toBe(false);
	});
});

test('a phone with little memory left says so before a visit is captured', async () => {
	const { page } = volunteer;
	await page.addInitScript(() => {
		const estimate = async () => ({ usage: 100 * 1024 * 1024, quota: 140 * 1024 * 1024 });
		Object.defineProperty(navigator.storage, 'estimate', { value: estimate });
	});
	const warning = page.getByText('Bộ nhớ cho sổ ghi sắp đầy, còn khoảng 40 MB.');
	await page.goto(`${server.url}/log`);
	await expect(warning).toBeVisible();
	await page.goto(`${server.url}/households`);
	await page.getByRole('list', { name: 'Hộ dân' }).getByRole('link').first().click();
	await page.getByRole('link', { name: 'Ghi lượt hỗ trợ' }).click();
	await expect(page.getByRole('dialog').getByText('còn khoảng 40 MB')).toBeVisible();
	await page.goto(`${server.url}/mine`);
	await expect(warning).toBeVisible();
});
