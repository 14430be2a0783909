import { expect, test } from '@playwright/test';
import { setPassword, signInByPassword, startRealCity, type RealCity } from '../support/real_city';

let city: RealCity;

const OLD = 'đi từng ngõ gõ từng nhà';
const NEW = 'bốn con vịt bơi qua sông';
const SIGN_IN = 'Tên đăng nhập hoặc mật khẩu chưa đúng.';

test.beforeAll(async () => {
	city = await startRealCity();
});
test.afterAll(() => city.stop());

test('staff change their own password: the old one is asked for, a weak one refused, and other computers are out', async ({
	page,
	browser
}) => {
	const other = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
	const change = async (old: string, fresh: string) => {
		await page.getByLabel('Mật khẩu đang dùng').fill(old);
		await page.getByLabel('Mật khẩu mới').fill(fresh);
		await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();
	};
	await setPassword(page, { url: city.url, code: city.code, name: 'quan.tri', password: OLD });
	await page.waitForURL(/\/wards$/);
	await signInByPassword(other, city.url, 'quan.tri', OLD);
	await other.waitForURL(/\/wards$/);
	await page.goto(`${city.url}/password`);
	await expect(page.getByRole('heading', { name: 'Đổi mật khẩu' })).toBeVisible();

	await test.step('too short, and too easily guessed', async () => {
		await change(OLD, 'ngắn quá');
		await expect(page.getByText('Cần ít nhất 15 ký tự.')).toBeVisible();
		await change(OLD, 'matkhau12345678');
		await expect(page.getByText('Mật khẩu này dễ đoán.')).toBeVisible();
	});

	await test.step('without the old one nothing changes', async () => {
		await change('một mật khẩu sai hẳn', NEW);
		await expect(page.getByText('mật khẩu chưa đúng')).toBeVisible();
		await other.reload();
		await expect(other.getByRole('heading', { level: 1 })).toBeVisible();
		await expect(other).toHaveURL(/\/wards$/);
	});

	await test.step('with it: this computer goes on, the other one signs in again', async () => {
		await change(OLD, NEW);
		await expect(page.getByText('Đã đổi mật khẩu.')).toBeVisible();
		await expect(page.getByLabel('Mật khẩu mới')).toHaveValue('');
		await page.goto(`${city.url}/audit`);
		await expect(page.getByRole('rowheader', { name: 'Đặt mật khẩu' }).first()).toBeVisible();
		await other.goto(`${city.url}/audit`);
		await expect(other.getByText('Chưa đăng nhập')).toBeVisible();
		await signInByPassword(other, city.url, 'quan.tri', OLD);
		await expect(other.getByText(SIGN_IN)).toBeVisible();
		await signInByPassword(other, city.url, 'quan.tri', NEW);
		await other.waitForURL(/\/wards$/);
	});
	await other.context().close();
});
