import { expect, test, type Browser, type Page } from '@playwright/test';
import { openPhone, signInAs, type Phone } from '../support/phone';
import { startServer, type Server } from '../support/server';
import { go, openHousehold, openVisitSheet, settleIn } from '../support/steps';

const NO_LOGBOOK = 'Chưa có sổ ghi trên máy này';

let server: Server;
let phone: Phone;

test.beforeEach(async ({}, info) => {
	server = await startServer();
	phone = await openPhone(info);
	await settleIn(phone.page, server.url);
});
test.afterEach(async () => {
	await phone.close();
	await server.stop();
	expect(phone.complaints).toEqual([]);
});

/** Logs a visit to a household that nobody knew before. */
async function logNew(page: Page, label: string, note: string) {
	await go(page, 'Hộ dân');
	await page.getByRole('link', { name: 'Thêm hộ' }).click();
	await page.getByLabel('Tên gọi hoặc số nhà', { exact: true }).fill(label);
	await page.getByRole('button', { name: 'LƯU, rồi ghi lượt' }).click();
	await logVisit(page, note);
}

/** Fills in the sheet in sight. */
async function logVisit(page: Page, note: string) {
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('checkbox', { name: 'VNeID' }).first().check();
	await sheet.getByLabel('Ghi chú').fill(note);
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(sheet).toHaveCount(0);
	await expect(page.getByText('Đã lưu trên máy: ')).toBeVisible();
}

/** Ends the session on the server; the phone does not hear of it. */
async function endSession() {
	const cookies = await phone.context.cookies(server.url);
	const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
	const headers = { cookie, origin: server.url };
	const answer = await fetch(`${server.url}/api/sign-out`, { method: 'POST', headers });
	expect(answer.status).toBe(204);
}

/** Leaves the phone from the volunteer's own page, with so many records unsent. */
async function signOut(page: Page, unsent: number) {
	await go(page, 'Của tôi');
	await page.getByRole('button', { name: 'Đăng xuất' }).click();
	const sheet = page.getByRole('dialog');
	if (unsent > 0) await expect(sheet).toContainText(`Còn ${unsent} lượt chưa gửi`);
	await sheet.getByRole('button', { name: unsent > 0 ? 'Vẫn đăng xuất' : 'Đăng xuất' }).click();
}

/** What the leader sees of a household on a phone of their own: who wrote it, and what. */
async function expectAtLeader(browser: Browser, label: string, note: string) {
	const page = await browser.newPage();
	await settleIn(page, server.url, 'leader');
	await openFound(page, label);
	const entry = page.getByRole('article').filter({ hasText: note });
	await expect(entry).toHaveCount(1);
	await expect(entry).toContainText('Người khác trong tổ ghi');
	await page.close();
}

async function openFound(page: Page, label: string) {
	await page.goto(`${server.url}/households`);
	await page.getByRole('searchbox').fill(label);
	await page.getByRole('list', { name: 'Hộ dân' }).getByRole('link', { name: label }).click();
	await expect(page.getByRole('heading', { level: 1, name: label })).toBeVisible();
}

test('a session that has ended loses nothing: the person is told, signs in again, and it is sent', async ({
	browser
}) => {
	const { page, context } = phone;
	await context.setOffline(true);
	await logNew(page, 'Nhà bà Ngoan xóm Đình', 'hẹn chủ nhật');
	await endSession();

	await context.setOffline(false);
	await page.goto(`${server.url}/log`);
	await expect(
		page.getByText('Cần đăng nhập lại để gửi. Các lượt đã ghi vẫn còn trên máy.')
	).toBeVisible();
	await openFound(page, 'Nhà bà Ngoan xóm Đình');
	await expect(page.getByText('Chờ gửi')).toHaveCount(1);
	await openVisitSheet(page);
	await logVisit(page, 'ghi sau khi hết phiên');

	await go(page, 'Ghi nhanh');
	await page.getByRole('link', { name: 'Đăng nhập' }).click();
	await page.getByRole('button', { name: 'Thành viên tổ' }).first().click();
	await expect(page.getByText('Đã gửi hết')).toBeVisible();
	await expectAtLeader(browser, 'Nhà bà Ngoan xóm Đình', 'hẹn chủ nhật');
	await expectAtLeader(browser, 'Nhà bà Ngoan xóm Đình', 'ghi sau khi hết phiên');
});

test('whoever signs in next sees nothing of the first one, whose work waits for them', async ({
	browser
}) => {
	const { page, context } = phone;
	await test.step('the first one leaves a record and a half-typed form behind', async () => {
		await context.setOffline(true);
		await logNew(page, 'Nhà bà Ngoan xóm Đình', 'hẹn chủ nhật');
		await page.goto(`${server.url}/log/training`);
		await page.getByLabel('Ghi chú').fill('đang viết dở');
		await page.goto(`${server.url}/log`);
		await expect(page.getByText('Nhà bà Ngoan xóm Đình')).toBeVisible();
		await expect(page.getByText('Đang viết dở: ')).toBeVisible();
	});

	await test.step('the second one never has them on the screen, not for a moment', async () => {
		await context.addInitScript(() => {
			const seen = () => {
				const text = document.documentElement.textContent;
				if (/Nhà bà Ngoan xóm Đình|Đang viết dở/.test(text))
					localStorage.setItem('seen', location.pathname);
			};
			new MutationObserver(seen).observe(document, {
				subtree: true,
				childList: true,
				characterData: true
			});
		});
		// Before there is a line: what the first one's phone could send, the team would see by right.
		await endSession();
		await context.setOffline(false);
		await settleIn(page, server.url, 'leader');
		await page.goto(`${server.url}/log/training`);
		await expect(page.getByLabel('Ghi chú')).toHaveValue('');
		await page.goto(`${server.url}/households`);
		await page.getByRole('searchbox').fill('ngoan xom dinh');
		await expect(page.getByRole('main').getByRole('status').last()).toHaveText(/\S/);
		await openHousehold(page, server.url);
		await openVisitSheet(page);
		await logVisit(page, 'của tổ trưởng');
		await go(page, 'Ghi nhanh');
		await expect(page.getByText('Đã gửi hết')).toBeVisible();
		expect(await page.evaluate(() => localStorage.getItem('seen'))).toBeNull();
	});

	await test.step("when the first one is back, it is sent under the first one's name", async () => {
		await settleIn(page, server.url, 'member');
		await expect(page.getByText('Đang viết dở: ')).toBeVisible();
		await openFound(page, 'Nhà bà Ngoan xóm Đình');
		const entry = page.getByRole('article').filter({ hasText: 'hẹn chủ nhật' });
		await expect(entry).toContainText('Tôi ghi');
		await expect(entry.getByText('Đã gửi')).toBeVisible();
		await expectAtLeader(browser, 'Nhà bà Ngoan xóm Đình', 'hẹn chủ nhật');
	});
});

for (const [when, lose] of [
	['without signal', () => phone.context.setOffline(true)],
	['while the server is down', () => server.kill()]
] as const)
	test(`signing out ${when} keeps what is unsent, and opens a page that works`, async ({
		browser
	}) => {
		const { page, context } = phone;
		await lose();
		await logNew(page, 'Nhà bà Ngoan xóm Đình', 'hẹn chủ nhật');
		await signOut(page, 2);
		await expect(page.getByText(NO_LOGBOOK)).toBeVisible();
		await page.waitForURL(`${server.url}/log`);
		await page.reload();
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await expect(page.getByText('Nhà bà Ngoan xóm Đình')).toHaveCount(0);

		await context.setOffline(false);
		await server.restart();
		await page.goto(`${server.url}/log`);
		await expect(page.getByText(NO_LOGBOOK)).toBeVisible();
		await signInAs(page, server.url, 'member');
		await expect(page.getByText('Đã gửi hết')).toBeVisible();
		await expectAtLeader(browser, 'Nhà bà Ngoan xóm Đình', 'hẹn chủ nhật');
	});

test('two tabs of one person show the same, and sign out together', async () => {
	const { page, context } = phone;
	const other = await context.newPage();
	await openHousehold(page, server.url);
	await other.goto(page.url());
	await expect(other.getByRole('heading', { name: 'Đã làm gì ở đây' })).toBeVisible();
	await openVisitSheet(page);
	await logVisit(page, 'ghi ở thẻ này');
	await expect(other.getByText('ghi ở thẻ này')).toBeVisible();
	await expect(other.getByText('Đã gửi', { exact: true }).first()).toBeVisible();

	await signOut(page, 0);
	await page.waitForURL(`${server.url}/`);
	await expect(other.getByText(NO_LOGBOOK)).toBeVisible();
	await expect(other.getByText('ghi ở thẻ này')).toHaveCount(0);
});
