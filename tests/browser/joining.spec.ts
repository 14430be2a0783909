import { expect, test, type Page } from '@playwright/test';
import { openPhone, signInAs, type Phone } from '../support/phone';
import { startServer, type Server } from '../support/server';

let server: Server;
let volunteer: Phone;
let another: Phone;

test.beforeAll(async ({}, info) => {
	server = await startServer();
	volunteer = await openPhone(info);
	another = await openPhone(info);
});
test.afterAll(async () => {
	await volunteer.close();
	await another.close();
	await server.stop();
	expect([...volunteer.complaints, ...another.complaints]).toEqual([]);
});

/** The typed form of the code on the card in sight. */
const codeOnCard = (page: Page) =>
	page
		.getByRole('article')
		.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{2,4}){6}$/)
		.innerText();

test('an administrator invites, a volunteer is at work a minute later, and the officer sees it', async ({
	page: administrator,
	browser
}) => {
	let code = '';

	await test.step('the administrator finds the team without marks and adds a member', async () => {
		await signInAs(administrator, server.url, 'administrator');
		await administrator.getByRole('searchbox').fill('to 3 hai chau');
		const team = administrator.getByRole('list', { name: 'Tổ và thành viên' }).getByRole('link');
		await expect(team).toHaveCount(1);
		await team.click();
		await administrator.getByRole('button', { name: 'Thêm người' }).click();
		const form = administrator.getByRole('dialog');
		await form.getByLabel('Họ và tên').fill('Đỗ Thị Lê');
		await form.getByLabel('Số điện thoại').fill('0905 12');
		await form.getByRole('button', { name: 'Lưu' }).click();
		await expect(form.getByText('Số điện thoại gồm 10 hoặc 11 chữ số')).toBeVisible();
		await form.getByLabel('Số điện thoại').fill('0905 123 456');
		await form.getByRole('button', { name: 'Lưu' }).click();
		await administrator.getByRole('button', { name: /Đỗ Thị Lê/ }).click();
		await administrator
			.getByRole('dialog')
			.getByRole('button', { name: 'Mời', exact: true })
			.click();
		await expect(administrator.getByRole('heading', { name: 'Thư mời' })).toBeFocused();
		await expect(administrator.getByRole('img', { name: /Đường dẫn/ })).toBeVisible();
		code = await codeOnCard(administrator);
	});

	await test.step('a code of another city, and nonsense, are told so', async () => {
		const { page } = another;
		await page.goto(`${server.url}/join#0123456789ABCDEFGHJKMNPQRS`);
		await page.getByRole('button', { name: 'Nhận sổ ghi trên máy này' }).click();
		await expect(page.getByText('Không có mã này')).toBeVisible();
		await page.goto(`${server.url}/join#abc`);
		await expect(page.getByText('Mã gồm 26 chữ và số')).toBeVisible();
	});

	await test.step('the second phone opens the link: greeted by name and group, with the households', async () => {
		const { page } = volunteer;
		await page.goto(`${server.url}/join#${code.toLowerCase()}`);
		await page.getByRole('button', { name: 'Nhận sổ ghi trên máy này' }).click();
		await expect(page.getByRole('heading', { name: 'Chào Đỗ Thị Lê!' })).toBeVisible();
		await expect(page.getByText('Tổ 3, phường Hải Châu')).toBeVisible();
		expect(page.url(), 'the code does not stay in the address').not.toContain('#');
		await expect(page.getByText(/Đã xong: \d+ hộ có trên máy/)).toBeVisible();
	});

	await test.step('a practice visit is taken back, and counts nowhere', async () => {
		const { page } = volunteer;
		await page.getByRole('button', { name: 'LƯU (thử)' }).click();
		await expect(page.getByText('Hãy chọn ít nhất một việc.')).toBeVisible();
		await page.getByText('Cài VNeID').click();
		await page.getByRole('button', { name: 'LƯU (thử)' }).click();
		await page.getByRole('button', { name: 'Hoàn tác' }).click();
		await expect(page.getByText('Đã hoàn tác.')).toBeVisible();
		await page.getByRole('link', { name: 'Vào sổ ghi' }).click();
		await expect(page.getByText('Hôm nay: 0 lượt')).toBeVisible();
	});

	await test.step('the same code lets nobody else in', async () => {
		const { page } = another;
		await page.goto(`${server.url}/join`);
		await page.getByLabel('Mã mời').fill(code);
		await page.getByRole('button', { name: 'Tiếp tục' }).click();
		await page.getByRole('button', { name: 'Nhận sổ ghi trên máy này' }).click();
		await expect(page.getByText('Mã này đã được dùng trên một máy khác')).toBeVisible();
	});

	await test.step('a real visit is logged, sent, and on the officer’s page', async () => {
		const { page } = volunteer;
		await page.goto(`${server.url}/households`);
		const household = page.getByRole('list', { name: 'Hộ dân' }).getByRole('link').first();
		await household.click();
		await page.getByRole('link', { name: 'Ghi lượt hỗ trợ' }).click();
		const topic = page.getByRole('dialog').getByRole('checkbox').first();
		await topic.check();
		await page.getByRole('button', { name: 'LƯU' }).click();
		await expect(page.getByText('Đã lưu trên máy')).toBeVisible();
		// The sheet closes by going back in the history; only then is the page left.
		await expect(page.getByRole('dialog')).toHaveCount(0);
		await page.goto(`${server.url}/log`);
		await expect(page.getByText('Hôm nay: 1 lượt')).toBeVisible();
		await expect(page.getByText('Đã gửi hết')).toBeVisible();

		const officer = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
		await signInAs(officer, server.url, 'ward_officer');
		await officer.goto(`${server.url}/people`);
		await officer.getByRole('searchbox').fill('do thi le');
		const team = officer.getByRole('list', { name: 'Tổ và thành viên' }).getByRole('link');
		await expect(team).toHaveCount(1);
		expect(new URL(officer.url()).search).toBe('');
		await team.click();
		await expect(
			officer.getByRole('button', { name: /Đỗ Thị Lê.*0905123456.*Đã vào máy/ })
		).toBeVisible();
		await officer.goto(`${server.url}/phones`);
		await officer.getByRole('searchbox').fill('do thi le');
		await expect(officer.getByRole('table').getByText('Đỗ Thị Lê')).toBeVisible();
	});
});

test('in the browser of a chat the code is kept for a browser proper', async ({ browser }) => {
	const context = await browser.newContext({
		locale: 'vi-VN',
		userAgent:
			'Mozilla/5.0 (Linux; Android 13; SM-A135F; wv) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 Zalo android/12100711',
		viewport: { width: 360, height: 740 }
	});
	const page = await context.newPage();
	await page.goto(`${server.url}/join#0123456789ABCDEFGHJKMNPQRS`);
	await expect(page.getByRole('heading', { name: 'Mở bằng Chrome' })).toBeVisible();
	await expect(page.getByText('Trang này đang mở trong Zalo')).toBeVisible();
	await expect(page.getByText(`${server.url}/join#0123456789ABCDEFGHJKMNPQRS`)).toBeVisible();
	await expect(page.getByRole('button', { name: 'Nhận sổ ghi trên máy này' })).toHaveCount(0);
	await context.close();
});

test('a leader gives a member a new phone with one code; the old one is signed out at its next request', async ({}, info) => {
	const old = await openPhone(info);
	const leader = await openPhone(info);
	const fresh = await openPhone(info);
	await signInAs(old.page, server.url, 'member');
	await expect(old.page.getByText('Đã gửi hết')).toBeVisible();
	await signInAs(leader.page, server.url, 'leader');
	await leader.page.goto(`${server.url}/mine/people`);
	await leader.page.getByRole('button', { name: /Trần Thị Bưởi/ }).click();
	await leader.page
		.getByRole('dialog')
		.getByRole('button', { name: /Máy mới/ })
		.click();
	const code = await codeOnCard(leader.page);
	await fresh.page.goto(`${server.url}/join#${code}`);
	await fresh.page.getByRole('button', { name: 'Nhận sổ ghi trên máy này' }).click();
	await expect(fresh.page.getByRole('heading', { name: 'Chào Trần Thị Bưởi!' })).toBeVisible();
	await old.page.getByRole('button', { name: 'Ghi lại cho' }).first().click();
	await expect(old.page.getByText('Cần đăng nhập lại để gửi')).toBeVisible();
	await fresh.page.goto(`${server.url}/mine/devices`);
	await expect(fresh.page.getByText('(máy này)')).toBeVisible();
	for (const phone of [old, leader, fresh]) {
		expect(phone.complaints).toEqual([]);
		await phone.close();
	}
});

test('a name and a role are changed in one go', async ({ page }) => {
	await signInAs(page, server.url, 'leader');
	await page.goto(`${server.url}/mine/people`);
	await page.getByRole('button', { name: /Lê Văn Cam.*Thành viên/ }).click();
	const form = page.getByRole('dialog');
	await form.getByRole('button', { name: 'Sửa' }).click();
	await form.getByLabel('Họ và tên').fill('Lê Văn Cam Sành');
	await form.getByRole('radio', { name: 'Tổ phó' }).check();
	await form.getByRole('button', { name: 'Lưu' }).click();
	await expect(page.getByRole('button', { name: /Lê Văn Cam Sành.*Tổ phó/ })).toBeVisible();
});
