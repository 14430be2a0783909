import { expect, test, type Page } from '@playwright/test';
import { openPhone, signInAs, type Phone } from './support/phone';
import { startServer, type Server } from './support/server';

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
});

/** The figures of a ward's row in the city's table, by the heading of their column. */
async function wardRow(page: Page, name: string): Promise<Record<string, number>> {
	const table = page.getByRole('table').first();
	const row = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
	await expect(row).toHaveCount(1);
	const heads = await table.getByRole('columnheader').allInnerTexts();
	const cells = await row.getByRole('cell').allInnerTexts();
	const words = heads
		.slice(heads.length - cells.length)
		.map((head) => head.replace(/[^\p{L} ]/gu, '').trim());
	return Object.fromEntries(
		words.map((word, i) => [
			word,
			Number((cells[i] ?? '').split(/\s/)[0]?.replaceAll('.', '').replace(/,.*/, ''))
		])
	);
}

async function openCity(page: Page) {
	await page.goto(`${server.url}/wards`);
	await expect(page.getByRole('table').first()).toBeVisible();
}

// The steps and the words are those of the journey table in the README.
test("a visit logged without signal reaches the city's ward table", async ({ page: city }) => {
	const note = 'Cô hẹn chủ nhật chỉ thêm';
	let household = '';
	let label = '';
	let before: Record<string, number> = {};

	await test.step('the city sees the ward as it was', async () => {
		await signInAs(city, server.url, 'city_office');
		await openCity(city);
		before = await wardRow(city, 'Hải Châu');
	});

	await test.step("a volunteer signs in and the group's households come to the phone", async () => {
		const { page } = volunteer;
		await signInAs(page, server.url, 'member');
		await expect(page.getByText('Đã gửi hết')).toBeVisible();
		await page.evaluate(() => navigator.serviceWorker.ready);
		await page.goto(`${server.url}/households`);
		await page.getByRole('radio', { name: 'Chưa ghé' }).check();
		const link = page.getByRole('main').getByRole('link').filter({ hasText: 'Chưa thăm' }).first();
		household = (await link.getAttribute('href')) ?? '';
		expect(household).toMatch(/^\/households\/[0-9a-f-]{36}$/);
	});

	await test.step('without signal and without server, a page never visited opens', async () => {
		await server.kill();
		await volunteer.context.setOffline(true);
		await volunteer.page.goto(server.url + household);
		const title = volunteer.page.getByRole('heading', { level: 1 });
		await expect(title).toHaveText(/\S/);
		label = (await title.innerText()).trim();
	});

	await test.step('1 form · 2 checkVisit: what is missing is said beside the field', async () => {
		const { page } = volunteer;
		await page.getByRole('link', { name: 'Ghi lượt hỗ trợ' }).click();
		await page.getByRole('button', { name: 'LƯU' }).click();
		await expect(page.getByText('Hãy chọn ít nhất một việc đã hỗ trợ.')).toBeVisible();
		await page.getByRole('checkbox', { name: 'VNeID' }).first().check();
		await page.getByLabel('Ghi chú').fill('căn cước 012345678901');
		await page.getByRole('button', { name: 'LƯU' }).click();
		await expect(
			page.getByRole('alert').or(page.locator('[aria-invalid="true"]')).first()
		).toBeVisible();
		await page.getByLabel('Ghi chú').fill(note);
		await page.getByText('Đăng ký tài khoản').click();
		const services = page.getByRole('group', { name: 'Dịch vụ nào?' });
		await services.getByRole('checkbox', { name: /VNeID/ }).check();
		await page.getByRole('radio', { name: 'Tạo mới' }).check();
	});

	await test.step('3 save: record and change are kept on the phone', async () => {
		const { page } = volunteer;
		await page.getByRole('button', { name: 'LƯU' }).click();
		await expect(page.getByText(`Đã lưu trên máy: ${label}`)).toBeVisible();
		await expect(page.getByText('Chờ gửi')).toHaveCount(2);
		// The sheet closes by going back in the history; a reload in the middle of that never ends.
		await expect(page.getByRole('dialog')).toHaveCount(0);
		await page.reload();
		await expect(page.getByText(note)).toBeVisible();
		await volunteer.restart();
		await volunteer.context.setOffline(true);
		await volunteer.page.goto(server.url + household);
		await expect(volunteer.page.getByText(note)).toBeVisible();
		await expect(volunteer.page.getByText('Chờ gửi')).toHaveCount(2);
		await volunteer.page.goto(`${server.url}/log`);
		await expect(volunteer.page.getByText('Mất mạng: vẫn ghi được · 2 lượt chờ gửi')).toBeVisible();
	});

	await test.step('4 push · 5 api.push · 6 app.apply_change: sent as soon as there is signal', async () => {
		await server.restart();
		await volunteer.context.setOffline(false);
		await expect(volunteer.page.getByText('Đã gửi hết')).toBeVisible({ timeout: 20_000 });
		await volunteer.page.goto(server.url + household);
		await expect(volunteer.page.getByText('Đã gửi', { exact: true })).toHaveCount(2);
	});

	await test.step('9 pull: a second phone of the team has it', async () => {
		await signInAs(leader.page, server.url, 'leader');
		await expect(leader.page.getByText('Đã gửi hết')).toBeVisible();
		await leader.page.goto(server.url + household);
		await expect(leader.page.getByText(note)).toBeVisible();
	});

	await test.step("7 visits · 8 group_days · 10 compare: the ward's row has changed", async () => {
		await openCity(city);
		const after = await wardRow(city, 'Hải Châu');
		const gain = (word: string) => (after[word] ?? NaN) - (before[word] ?? NaN);
		expect(gain('Hộ đã đến')).toBe(1);
		expect(gain('Lượt hỗ trợ')).toBe(1);
		expect(gain('Người được giúp')).toBe(1);
		expect(gain('Người đăng ký')).toBe(1);
	});

	await test.step('what the worker caches is the app alone, and no page complained', async () => {
		const cached = await volunteer.page.evaluate(async () => {
			const names = await caches.keys();
			const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
			return keys.flat().map((request) => new URL(request.url).pathname);
		});
		expect(cached.length).toBeGreaterThan(10);
		expect(cached.filter((path) => /^\/(api|rest|demo|households)/.test(path))).toEqual([]);
		expect([...volunteer.complaints, ...leader.complaints]).toEqual([]);
	});
});
