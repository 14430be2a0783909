import { expect, test, type Page } from '@playwright/test';
import { openPhone, type Phone } from '../support/phone';
import { startServer, type Server } from '../support/server';
import { settleIn } from '../support/steps';

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

/** Counts what a finger does, and nothing else that the test does. */
function finger(page: Page) {
	let taps = 0;
	return {
		get taps() {
			return taps;
		},
		async tap(role: 'button' | 'link' | 'checkbox', name: string | RegExp) {
			taps += 1;
			await page.getByRole(role, { name }).first().click();
		}
	};
}

const saved = (page: Page) => page.getByText(/^Đã lưu trên máy/);
const today = (page: Page, count: number) => page.getByText(`Hôm nay: ${count} lượt`);
const recent = (page: Page) =>
	page.locator('section', { has: page.getByRole('heading', { name: 'Gần đây' }) });

test('the same help again is one tap, and it can be undone', async () => {
	const { page } = phone;
	const { tap } = finger(page);
	await expect(today(page, 0)).toBeVisible();
	await tap('button', /^Ghi lại cho/);
	await expect(saved(page)).toBeVisible();
	await expect(today(page, 1)).toBeVisible();
	await tap('button', 'Hoàn tác');
	await expect(today(page, 0)).toBeVisible();
});

test('the same help, looked at before it is saved, is two taps', async () => {
	const { page } = phone;
	const hand = finger(page);
	const household = recent(page).getByRole('link').first();
	await hand.tap('link', (await household.innerText()).split('\n')[0] ?? '');
	await hand.tap('button', 'LƯU');
	await expect(saved(page)).toBeVisible();
	await expect(today(page, 1)).toBeVisible();
	expect(hand.taps).toBe(2);
});

test('other help than the last time is three taps', async () => {
	const { page } = phone;
	const hand = finger(page);
	const household = recent(page).getByRole('link').first();
	await hand.tap('link', (await household.innerText()).split('\n')[0] ?? '');
	await hand.tap('checkbox', 'VNeID');
	await hand.tap('button', 'LƯU');
	await expect(saved(page)).toBeVisible();
	await expect(today(page, 1)).toBeVisible();
	expect(hand.taps).toBe(3);
});

test('a training of a group is four taps', async () => {
	const { page } = phone;
	const hand = finger(page);
	await hand.tap('link', 'Buổi tập huấn');
	await hand.tap('checkbox', 'VNeID');
	await hand.tap('button', 'LƯU');
	await expect(saved(page)).toBeVisible();
	expect(hand.taps).toBeLessThanOrEqual(4);
});

test('three doors where nobody was home are five taps, taken back with one, all offline', async () => {
	const { page, context } = phone;
	await page.goto(`${server.url}/log`);
	await expect(today(page, 0)).toBeVisible();
	await context.setOffline(true);
	const hand = finger(page);
	await hand.tap('link', /^Không ai ở nhà/);
	const doors = page.getByRole('group', { name: 'Không ai ở nhà' }).getByRole('checkbox');
	for (const n of [0, 1, 2]) {
		await doors.nth(n).click();
		await expect(doors.nth(n)).toBeChecked();
	}
	await hand.tap('button', 'LƯU 3 hộ');
	await expect(page.getByText('Đã lưu trên máy: 3 hộ không ai ở nhà')).toBeVisible();
	await expect(today(page, 3)).toBeVisible();
	expect(hand.taps + 3).toBe(5);
	await hand.tap('button', 'Hoàn tác');
	await expect(today(page, 0)).toBeVisible();
});

test('two accounts are made in the sheet of the visit, each with its result', async () => {
	const { page } = phone;
	await recent(page).getByRole('link').first().click();
	const sheet = page.getByRole('dialog');
	await sheet.getByText('Đăng ký tài khoản').click();
	const services = sheet.getByRole('group', { name: 'Dịch vụ nào?' });
	await services.getByRole('checkbox').nth(0).check();
	await services.getByRole('checkbox').nth(1).check();
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(sheet.getByText('Hãy chọn kết quả đăng ký.')).toHaveCount(2);
	for (const n of [0, 1]) {
		const result = sheet.getByRole('group', { name: /^Kết quả: / }).nth(n);
		await result.getByRole('radio', { name: n === 0 ? 'Tạo mới' : 'Đã có' }).check();
	}
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(saved(page)).toBeVisible();
	await expect(sheet).toHaveCount(0);
	await page.goto(`${server.url}/mine`);
	await expect(page.getByText(/^Đăng ký tài khoản: /)).toHaveCount(2);
});

test('what was logged is corrected with a reason, offline, and the reason is not optional', async () => {
	const { page, context } = phone;
	await finger(page).tap('button', /^Ghi lại cho/);
	await expect(saved(page)).toBeVisible();
	await page.goto(`${server.url}/mine`);
	await expect(page.getByRole('button', { name: 'Sửa' }).first()).toBeVisible();
	await context.setOffline(true);
	await page.getByRole('button', { name: 'Sửa' }).first().click();
	const sheet = page.getByRole('dialog');
	const people = sheet.getByLabel('Số người được giúp', { exact: true });
	const helped = Number(await people.inputValue());
	await sheet.getByRole('button', { name: 'Thêm: Số người được giúp' }).click();
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(sheet.getByText('Hãy ghi lý do, vài chữ là đủ.')).toBeVisible();
	await sheet.getByLabel('Vì sao sửa?').fill('Ghi thiếu một người');
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(page.getByText(/^Đã lưu chỗ sửa trên máy/)).toBeVisible();
	await expect(sheet).toHaveCount(0);
	await context.setOffline(false);
	await page.reload();
	await expect(page.getByText('Đã gửi hết')).toBeVisible();
	await expect(page.getByText(`${helped + 1} người`).first()).toBeVisible();
});

test('what must never be kept is not saved in a note until it is mended', async () => {
	const { page } = phone;
	await recent(page).getByRole('link').first().click();
	const sheet = page.getByRole('dialog');
	const note = sheet.getByLabel('Ghi chú');
	for (const [text, words] of [
		['CCCD 048090001234', 'giống số căn cước'],
		['thẻ 9704 1234 5678 9012', 'số thẻ hoặc số tài khoản'],
		['mã OTP là 482 913', 'mã OTP hoặc mật khẩu'],
		['co.nam@example.com', 'địa chỉ thư điện tử'],
		['ễ'.repeat(10_000), 'Quá dài']
	] as const) {
		await note.fill(text);
		await sheet.getByRole('button', { name: 'LƯU' }).click();
		await expect(sheet.getByText(words)).toBeVisible();
		await expect(note).toHaveValue(text);
	}
	await note.fill('👵🏽 Cô hẹn chủ nhật'.normalize('NFD'));
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(saved(page)).toBeVisible();
	await expect(sheet).toHaveCount(0);
});

test('a household met for the first time is five taps and its name', async () => {
	const { page } = phone;
	const hand = finger(page);
	await hand.tap('link', 'Hộ dân');
	await hand.tap('link', 'Thêm hộ');
	// The name is typed, and not counted.
	await page.getByLabel('Tên gọi hoặc số nhà', { exact: true }).fill('Nhà cô Năm Lẻ');
	await hand.tap('button', 'LƯU, rồi ghi lượt');
	await hand.tap('checkbox', 'VNeID');
	await hand.tap('button', 'LƯU');
	await expect(page.getByText('Đã lưu trên máy: Nhà cô Năm Lẻ')).toBeVisible();
	expect(hand.taps).toBe(5);
});

/** Presses Tab until what is named has the focus; it must then be seen, ringed and uncovered. */
async function tabTo(page: Page, role: Parameters<Page['getByRole']>[0], name: string | RegExp) {
	const target = page.getByRole(role, { name }).first();
	await expect(target).toBeVisible();
	const there = () => target.evaluate((element) => element === document.activeElement);
	for (let presses = 0; presses < 80 && !(await there()); presses++)
		await page.keyboard.press('Tab');
	await expect(target).toBeFocused();
	const { ringed, uncovered } = await target.evaluate((element) => {
		const ring = element.closest('label, [role="search"]') ?? element;
		const { left, top, width, height } = element.getBoundingClientRect();
		const seen = document.elementFromPoint(left + width / 2, top + height / 2);
		return {
			ringed: [element, ring].some((one) => getComputedStyle(one).outlineStyle === 'solid'),
			uncovered: seen !== null && (element.contains(seen) || ring.contains(seen))
		};
	});
	expect({ ringed, uncovered }, String(name)).toEqual({ ringed: true, uncovered: true });
	return target;
}

test('a visit is logged, mended and undone by the keyboard alone', async () => {
	const { page } = phone;
	const { keyboard } = page;
	const heading = recent(page).getByRole('link').first();
	const label = (await heading.innerText()).split('\n')[0] ?? '';
	const sheet = page.getByRole('dialog');

	await test.step('the sheet opens, holds the focus and closes; the focus is back at its opener', async () => {
		await tabTo(page, 'link', label);
		await keyboard.press('Enter');
		await expect(sheet.getByRole('heading', { name: label })).toBeFocused();
		await keyboard.press('Shift+Tab');
		await keyboard.press('Shift+Tab');
		await expect(
			page.getByRole('navigation', { name: 'Ba nơi chính' }).locator(':focus')
		).toHaveCount(0);
		await keyboard.press('Escape');
		await expect(sheet).toHaveCount(0);
		await expect(page.getByRole('link', { name: label }).first()).toBeFocused();
	});

	await test.step('so it is with the help', async () => {
		const opener = page.getByRole('button', { name: 'Giúp', exact: true });
		await opener.focus();
		await keyboard.press('Space');
		await expect(sheet).toBeVisible();
		await keyboard.press('Escape');
		await expect(sheet).toHaveCount(0);
		await expect(opener).toBeFocused();
	});

	await test.step('what is missing has the focus', async () => {
		await tabTo(page, 'link', label);
		await keyboard.press('Enter');
		await expect(sheet).toBeVisible();
		const chosen = sheet.getByRole('checkbox', { checked: true });
		while ((await chosen.count()) > 0) {
			await chosen.first().focus();
			await keyboard.press('Space');
		}
		await tabTo(page, 'button', 'LƯU');
		await keyboard.press('Enter');
		await expect(sheet.getByText('Hãy chọn ít nhất một việc đã hỗ trợ.')).toBeVisible();
		await expect(sheet.getByRole('checkbox').first()).toBeFocused();
	});

	await test.step('mended, it is saved; and undone', async () => {
		await keyboard.press('Space');
		await tabTo(page, 'button', 'LƯU');
		await keyboard.press('Enter');
		await expect(saved(page)).toBeVisible();
		await expect(sheet).toHaveCount(0);
		await tabTo(page, 'button', 'Hoàn tác');
		await keyboard.press('Enter');
		await expect(saved(page)).toHaveCount(0);
		await expect(today(page, 0)).toBeVisible();
	});
});
