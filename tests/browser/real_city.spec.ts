import { expect, test } from '@playwright/test';
import {
	setPassword,
	signInByPassword as signIn,
	startRealCity,
	type RealCity
} from '../support/real_city';

let city: RealCity;

const PASSWORD = 'đi từng ngõ gõ từng nhà';

test.beforeAll(async () => {
	city = await startRealCity();
});
test.afterAll(() => city.stop());

test('a real city begins with a printed code; its staff sign in by a password', async ({
	page,
	browser
}) => {
	expect(city.printed).toContain('Quản trị của Đà Nẵng');

	await test.step('the first administrator sets a name and a password', async () => {
		await page.goto(`${city.url}/join#${city.code}`);
		await page.getByRole('button', { name: 'Nhận sổ ghi trên máy này' }).click();
		await expect(page.getByRole('heading', { name: 'Chào Quản trị!' })).toBeVisible();
		await page.getByLabel('Tên đăng nhập').fill('quan.tri');
		await page.getByLabel('Mật khẩu', { exact: true }).fill('matkhau12345678');
		await page.getByRole('button', { name: 'Bắt đầu' }).click();
		await expect(page.getByText('Mật khẩu này dễ đoán')).toBeVisible();
		await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD);
		await page.getByRole('button', { name: 'Bắt đầu' }).click();
		await page.waitForURL(/\/wards$/);
	});

	await test.step('a wrong password is told without saying which part was wrong', async () => {
		const other = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
		await signIn(other, city.url, 'quan.tri', 'một mật khẩu sai hẳn');
		await expect(other.getByText('Tên đăng nhập hoặc mật khẩu chưa đúng.')).toBeVisible();
		await signIn(other, city.url, 'khong.co', 'một mật khẩu sai hẳn');
		await expect(other.getByText('Tên đăng nhập hoặc mật khẩu chưa đúng.')).toBeVisible();
		await signIn(other, city.url, 'Quản.Trị', PASSWORD);
		await other.waitForURL(/\/wards$/);
		await other.context().close();
	});

	await test.step('the administrator invites an officer, who sees the own ward alone', async () => {
		await page.goto(`${city.url}/people/staff`);
		await page.getByRole('searchbox').fill('hai chau');
		await page.getByRole('link', { name: /^Phường Hải Châu|^Hải Châu/ }).click();
		await page.getByRole('button', { name: 'Thêm người' }).click();
		await page.getByRole('dialog').getByLabel('Họ và tên').fill('Phạm Văn Khế');
		await page.getByRole('dialog').getByRole('button', { name: 'Lưu' }).click();
		await page.getByRole('button', { name: /Phạm Văn Khế/ }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Mời', exact: true }).click();
		const code = (
			await page
				.getByRole('article')
				.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{2,4}){6}$/)
				.innerText()
		).replaceAll('-', '');
		const officer = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
		await setPassword(officer, { url: city.url, code, name: 'pham.khe', password: PASSWORD });
		await officer.waitForURL(/\/coverage$/);
		await officer.goto(`${city.url}/people/staff`);
		await expect(
			officer.getByRole('list', { name: 'Cán bộ của đơn vị' }).getByRole('link')
		).toHaveCount(1);
		await officer.goto(`${city.url}/audit`);
		await expect(officer.getByText('Không được xem')).toBeVisible();
		await officer.context().close();
	});

	await test.step('what was done is in the log, and no page of another site can act for them', async () => {
		await page.goto(`${city.url}/audit`);
		await expect(page.getByRole('rowheader', { name: 'Mời' }).first()).toBeVisible();
		const cookies = (await page.context().cookies())
			.map((one) => `${one.name}=${one.value}`)
			.join('; ');
		for (const path of [
			'/api/join',
			'/api/join/look',
			'/api/sign-in-again',
			'/sign-in',
			'/api/sign-out'
		]) {
			const answer = await fetch(city.url + path, {
				method: 'POST',
				headers: {
					cookie: cookies,
					origin: 'https://elsewhere.example',
					'content-type': 'application/json'
				},
				body: '{}'
			});
			expect([path, answer.status]).toEqual([path, 403]);
		}
	});
});
