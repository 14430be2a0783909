import { expect, test, type Page } from '@playwright/test';
import { openPhone, signInAs, type Phone } from '../support/phone';
import { startServer, type Server } from '../support/server';

let server: Server;
let leader: Phone;
let member: Phone;

test.beforeAll(async ({}, info) => {
	server = await startServer();
	leader = await openPhone(info);
	member = await openPhone(info);
	await signInAs(leader.page, server.url, 'leader');
	await joinAgain();
});
test.afterAll(async () => {
	await leader.close();
	await member.close();
	await server.stop();
	expect([...leader.complaints, ...member.complaints]).toEqual([]);
});

/** Opens what may be done about Bưởi; resolves with the sheet. */
async function sheetOf(page: Page) {
	await page.goto(`${server.url}/mine/people`);
	await page.getByRole('button', { name: /Trần Thị Bưởi/ }).click();
	return page.getByRole('dialog');
}

/** Bưởi comes in on her phone by a card of the leader. */
async function joinAgain() {
	const sheet = await sheetOf(leader.page);
	await sheet.getByRole('button', { name: /^(Mời|Máy mới)/ }).click();
	const code = await leader.page
		.getByRole('article')
		.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{2,4}){6}$/)
		.innerText();
	await member.page.goto(`${server.url}/join#${code}`);
	await member.page.getByRole('button', { name: 'Nhận sổ ghi trên máy này' }).click();
	await expect(member.page.getByRole('heading', { name: 'Chào Trần Thị Bưởi!' })).toBeVisible();
	await expect(member.page.getByText(/Đã xong: \d+ hộ có trên máy/)).toBeVisible();
}

/** What is logged next on the member's phone finds that the phone is signed out. */
async function expectSignedOut() {
	await member.page.goto(`${server.url}/log`);
	await member.page.getByRole('button', { name: 'Ghi lại cho' }).first().click();
	await expect(member.page.getByText('Cần đăng nhập lại để gửi')).toBeVisible();
}

test('a lost phone is blocked by the leader, and let in again when it is found', async () => {
	const sheet = await sheetOf(leader.page);
	await sheet.getByRole('button', { name: 'Máy đang đăng nhập' }).click();
	await expect(sheet.getByRole('heading', { name: 'Máy có thể còn giữ bài ghi' })).toBeVisible();
	await sheet.getByRole('button', { name: /^Chặn / }).click();
	await expect(sheet.getByText('Đang bị chặn')).toBeVisible();
	await expectSignedOut();
	await sheet.getByRole('button', { name: /^Bỏ chặn / }).click();
	await expect(sheet.getByText('Đang bị chặn')).toHaveCount(0);
	await expect(sheet.getByRole('button', { name: /^Chặn / })).toBeVisible();
	await joinAgain();
});

test('who must not use the app any more is out, keeps the place, and is let in again', async () => {
	const sheet = await sheetOf(leader.page);
	await sheet.getByRole('button', { name: /^Ngừng cho dùng ứng dụng/ }).click();
	await expect(sheet.getByText('lượt chưa gửi trên máy vẫn được nhận')).toBeVisible();
	await sheet.getByRole('button', { name: 'Ngừng cho dùng', exact: true }).click();
	await expect(
		leader.page.getByRole('button', { name: /Trần Thị Bưởi.*Đã ngừng cho dùng/ })
	).toBeVisible();
	await expectSignedOut();
	await (await sheetOf(leader.page)).getByRole('button', { name: /^Cho dùng lại/ }).click();
	await expect(
		leader.page.getByRole('button', { name: /Trần Thị Bưởi.*Đã ngừng cho dùng/ })
	).toHaveCount(0);
	await joinAgain();
});

test('who was silent for a week is called at the number that is kept, and only there', async ({
	page
}) => {
	await signInAs(page, server.url, 'ward_officer');
	await page.goto(`${server.url}/phones`);
	const silent = page.getByRole('region', { name: /7 ngày/ });
	const calls = silent.getByRole('link', { name: /^Gọi / });
	await expect(calls.first()).toBeVisible();
	for (const href of await calls.evaluateAll((links) =>
		links.map((one) => one.getAttribute('href'))
	))
		// Numbers of the demo are nobody's.
		expect(href).toMatch(/^tel:0000\d{6}$/);
	expect(await calls.count(), 'some keep no number').toBeLessThan(
		await silent.getByRole('listitem').count()
	);
});
