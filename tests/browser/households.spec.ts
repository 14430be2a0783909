import { expect, test, type Page } from '@playwright/test';
import { openPhone, type Phone } from '../support/phone';
import { startServer, type Server } from '../support/server';
import { go, openHousehold, settleIn } from '../support/steps';

let server: Server;
let phone: Phone;

test.beforeEach(async ({}, info) => {
	server = await startServer();
	phone = await openPhone(info);
});
test.afterEach(async () => {
	await phone.close();
	await server.stop();
	expect(phone.complaints).toEqual([]);
});

const listed = (page: Page) => page.getByRole('list', { name: 'Hộ dân' }).getByRole('link');
const search = (page: Page, text: string) => page.getByRole('searchbox').fill(text);
const toVisit = (page: Page) =>
	page.locator('section', { has: page.getByRole('heading', { name: 'Nên ghé hôm nay' }) });

/** Notes down a household, and leaves the sheet for its first visit. */
async function add(page: Page, label: string) {
	await go(page, 'Hộ dân');
	await page.getByRole('link', { name: 'Thêm hộ' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hộ mới');
	await page.getByLabel('Tên gọi hoặc số nhà').fill(label);
	await page.getByRole('button', { name: 'LƯU, rồi ghi lượt' }).click();
	await expect(page.getByRole('dialog', { name: label })).toBeVisible();
	await page.getByRole('button', { name: 'Đóng' }).click();
	await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('a household climbs the ladder by two taps at its door, with the evidence and its day, without a network', async () => {
	const { page, context } = phone;
	await settleIn(page, server.url);
	await context.setOffline(true);
	await add(page, 'Nhà thử bậc thang');
	await search(page, 'thu bac thang');
	await expect(listed(page)).toHaveCount(1);
	await listed(page).click();
	const ladder = page.locator('section', {
		has: page.getByRole('heading', { name: 'Bậc thang số' })
	});
	await expect(ladder.getByText('Hỏi: Điện thoại thông minh?')).toBeVisible();
	await ladder.getByRole('button', { name: 'Có', exact: true }).click();
	await expect(ladder.getByText('Hỏi: Internet hoặc 4G?')).toBeVisible();
	await ladder.getByRole('button', { name: 'Có', exact: true }).click();
	await expect(ladder.getByText('Bậc 1: Có máy và mạng')).toBeVisible();
	await expect(
		ladder.getByText(/^Nhà trả lời: Điện thoại thông minh, Internet hoặc 4G · \d\d/)
	).toBeVisible();

	await go(page, 'Hộ dân');
	await search(page, 'bac thang thu');
	await expect(listed(page)).toHaveCount(1);
	await page.getByLabel('Bậc thang số').selectOption('2');
	await expect(page.getByText('Không có hộ nào trong mục này.')).toBeVisible();
	await page.getByLabel('Bậc thang số').selectOption('1');
	await expect(listed(page)).toHaveCount(1);
});

test('a door that somebody takes for today is shown as taken on a teammate’s phone', async ({}, info) => {
	const { page } = phone;
	await settleIn(page, server.url);
	const first = toVisit(page)
		.getByRole('button', { name: /^Nhận ghé/ })
		.first();
	const name = (await first.getAttribute('aria-label'))?.replace(/^Nhận ghé (.*) hôm nay$/, '$1');
	await first.click();
	await expect(toVisit(page).getByRole('button', { name: `Bỏ nhận ${name}` })).toBeVisible();
	await expect(page.getByText('Đã gửi hết')).toBeVisible();

	const other = await openPhone(info);
	await settleIn(other.page, server.url, 'leader');
	await go(other.page, 'Hộ dân');
	await other.page.getByRole('radio', { name: 'Nên ghé' }).check();
	await search(other.page, name ?? '');
	await expect(other.page.getByText(/ đã nhận$/)).toBeVisible();
	await other.close();
});

test('a walk on paper is keyed back in one screen: a tap for each line, and one to save', async () => {
	const { page, context } = phone;
	await settleIn(page, server.url);
	await context.setOffline(true);
	await go(page, 'Hộ dân');
	await page.getByRole('link', { name: 'Phiếu đi từng nhà' }).click();
	await page.getByRole('radio', { name: 'Tất cả' }).check();
	await expect(page.getByRole('img', { name: 'Mã để nhập lại phiếu này' }).first()).toBeVisible();
	await page.getByRole('link', { name: 'Nhập lại phiếu này' }).first().click();
	const lines = page.getByRole('listitem').getByRole('group');
	await expect(lines).toHaveCount(20);
	for (const n of [0, 1, 2])
		await lines.nth(n).getByRole('radio', { name: 'Không ai ở nhà' }).check();
	await page.getByRole('button', { name: 'LƯU 3 dòng' }).click();
	await expect(page.getByText(/^Đã lưu trên máy/)).toBeVisible();
	await go(page, 'Ghi nhanh');
	await expect(page.getByText('Hôm nay: 3 lượt')).toBeVisible();
});

test('a duplicate is seen while it is typed, merged by the leader with all that was done, and parted again', async () => {
	const { page, context } = phone;
	await settleIn(page, server.url, 'leader');
	await context.setOffline(true);
	await add(page, 'Nhà dì Trùng Tên');
	await go(page, 'Hộ dân');
	await page.getByRole('link', { name: 'Thêm hộ' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hộ mới');
	await page.getByLabel('Tên gọi hoặc số nhà').fill('di trung ten');
	await expect(page.getByText('Có phải hộ này không?')).toBeVisible();
	await expect(page.getByRole('link', { name: /Nhà dì Trùng Tên/ })).toBeVisible();
	await page.getByRole('button', { name: 'LƯU, rồi ghi lượt' }).click();
	await expect(page.getByRole('dialog', { name: 'di trung ten' })).toBeVisible();
	await page.getByRole('checkbox').first().check();
	await page.getByRole('button', { name: 'LƯU' }).click();
	await expect(page.getByRole('dialog')).toHaveCount(0);
	await search(page, 'di trung ten');
	await page.getByRole('link', { name: /^di trung ten/ }).click();

	await page.getByRole('button', { name: 'Gộp với hộ bị trùng' }).click();
	await page.getByRole('radio', { name: 'Nhà dì Trùng Tên' }).first().check();
	await page
		.getByRole('group', { name: 'Giữ tên nào?' })
		.getByRole('radio', { name: 'Nhà dì Trùng Tên' })
		.check();
	await page.getByRole('button', { name: 'GỘP', exact: true }).click();
	await expect(page.getByText('Đã gộp vào Nhà dì Trùng Tên')).toBeVisible();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nhà dì Trùng Tên');
	await expect(page.getByText('Ghi ở: di trung ten')).toBeVisible();

	await go(page, 'Hộ dân');
	await search(page, 'trung ten');
	await expect(listed(page)).toHaveCount(1);
	await context.setOffline(false);
	await listed(page).click();
	await page.getByRole('button', { name: 'Tách di trung ten ra' }).click();
	await expect(page.getByText('Đã tách di trung ten ra')).toBeVisible();
	await go(page, 'Hộ dân');
	await search(page, 'trung ten');
	await expect(listed(page)).toHaveCount(2);
	await go(page, 'Ghi nhanh');
	await expect(page.getByText('Đã gửi hết')).toBeVisible();
});

test('a building is one sentence and one tap', async () => {
	const { page, context } = phone;
	await settleIn(page, server.url);
	await context.setOffline(true);
	await go(page, 'Hộ dân');
	await page.getByRole('link', { name: 'Thêm cả chung cư' }).click();
	await page.getByLabel('Chung cư, tầng, số căn').fill('Chung cư Thử, tầng 3–7, 8 căn mỗi tầng');
	await expect(page.getByText('Sẽ thêm 40 căn.')).toBeVisible();
	await page.getByRole('button', { name: 'LƯU 40 căn' }).click();
	await expect(page.getByText('Đã lưu 40 căn trên máy')).toBeVisible();
	await search(page, 'chung cu thu 70');
	await expect(listed(page)).toHaveCount(8);
});

test('a phone number is noted only once they agreed, told to the team, and gone when they take it back', async ({}, info) => {
	const { page, context } = phone;
	await settleIn(page, server.url);
	const label = await openHousehold(page, server.url);
	await context.setOffline(true);
	await page.getByRole('button', { name: 'Ghi số điện thoại' }).click();
	const sheet = page.getByRole('dialog');
	await expect(sheet.getByRole('checkbox', { name: /đồng ý/ })).not.toBeChecked();
	await sheet.getByLabel('Số điện thoại').fill('0905 123');
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(sheet.getByText('Cần bà con đồng ý trước khi ghi số.')).toBeVisible();
	await expect(sheet.getByText('Số điện thoại có 10 hoặc 11 số')).toBeVisible();
	await sheet.getByRole('checkbox', { name: /đồng ý/ }).check();
	await sheet.getByLabel('Số điện thoại').fill('0905 123 456');
	await sheet.getByLabel('Gọi là').fill('cô Năm');
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(sheet).toHaveCount(0);
	await expect(page.getByRole('link', { name: 'Gọi', exact: true })).toHaveAttribute(
		'href',
		'tel:0905123456'
	);
	await expect(page.getByText(/^Đồng ý ngày .* · tôi ghi$/)).toBeVisible();
	await context.setOffline(false);
	await go(page, 'Ghi nhanh');
	await expect(page.getByText('Đã gửi hết')).toBeVisible();

	const other = await openPhone(info);
	await settleIn(other.page, server.url, 'leader');
	await go(other.page, 'Hộ dân');
	await search(other.page, label);
	await listed(other.page).first().click();
	await expect(other.page.getByText('0905123456')).toBeVisible();
	await other.page.getByRole('button', { name: 'Sửa, rút đồng ý' }).click();
	await other.page.getByRole('button', { name: 'Rút đồng ý, xóa số' }).click();
	await expect(other.page.getByRole('dialog')).toHaveCount(0);
	await expect(other.page.getByText('0905123456')).toHaveCount(0);
	await go(other.page, 'Ghi nhanh');
	await expect(other.page.getByText('Đã gửi hết')).toBeVisible();
	await other.close();

	await page.reload();
	await expect(page.getByText('Đã gửi hết')).toBeVisible();
	await openHousehold(page, server.url);
	await expect(page.getByRole('button', { name: 'Ghi số điện thoại' })).toBeVisible();
});
