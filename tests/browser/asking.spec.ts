import { expect, test } from '@playwright/test';
import { signInAs } from '../support/phone';
import { startServer, type Server } from '../support/server';
import { poster, settleIn } from '../support/steps';

let server: Server;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

test('somebody without scripts asks for help by the poster; what must not be kept is explained first', async ({
	browser
}) => {
	const leader = await browser.newPage();
	await signInAs(leader, server.url, 'leader');
	const address = await poster(leader, server.url);

	const old = await browser.newContext({
		javaScriptEnabled: false,
		viewport: { width: 360, height: 740 }
	});
	const page = await old.newPage();
	await page.goto(address);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cần giúp về công nghệ số?');
	await page.getByLabel('Đến đâu để giúp?').fill('Nhà tôi, căn cước 012345678901');
	await page.getByLabel('Cần giúp việc gì?').selectOption({ index: 1 });
	await page.getByLabel('Tối').check();
	await page.getByLabel('Chủ nhật').check();
	await page.getByRole('button', { name: 'Gửi lời nhờ' }).click();

	await expect(page.getByText('Hãy đánh dấu đồng ý')).toBeVisible();
	await expect(page.getByLabel('Đến đâu để giúp?')).toHaveAttribute('aria-invalid', 'true');
	// What was written is still there, but for nobody else: neither in the address nor in a store.
	await expect(page.getByLabel('Tối')).toBeChecked();
	expect(page.url()).toBe(address);
	await page.getByLabel('Đến đâu để giúp?').fill('K32/6, sau chợ');
	await page.getByLabel('Tôi đồng ý').check();
	await page.getByRole('button', { name: 'Gửi lời nhờ' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Đã gửi tới tổ');
	expect(new URL(page.url()).search).toBe('?sent');
	expect(server.output()).not.toContain('K32/6');
	await old.close();
});

test('in English with one tap, and a code that is no longer in use says what to do', async ({
	browser
}) => {
	const leader = await browser.newPage();
	await signInAs(leader, server.url, 'leader');
	const address = await poster(leader, server.url);
	const page = await browser.newPage();
	await page.goto(address);
	await page.getByRole('link', { name: 'English' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Need help with digital things?'
	);
	expect(page.url()).toBe(address);

	await leader.getByText('Đổi mã mới').first().click();
	await leader.getByRole('button', { name: 'Đổi mã mới' }).click();
	await expect(leader.getByText('Đã đổi mã.')).toBeVisible();
	await page.reload();
	await expect(page.getByText('This code is no longer in use')).toBeVisible();
});

test('a member takes a request offline, finds the door, logs the visit and marks it as done', async ({
	browser
}) => {
	const officer = await browser.newPage();
	await signInAs(officer, server.url, 'leader');
	const address = await poster(officer, server.url);
	const resident = await browser.newPage();
	await resident.goto(address);
	await resident.getByLabel('Đến đâu để giúp?').fill('Nhà cuối hẻm có cây khế');
	await resident.getByLabel('Tôi đồng ý').check();
	await resident.getByRole('button', { name: 'Gửi lời nhờ' }).click();
	await expect(resident.getByRole('heading', { level: 1 })).toHaveText('Đã gửi tới tổ');

	const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
	const page = await context.newPage();
	await settleIn(page, server.url);
	await expect(page.getByText('Nhà cuối hẻm có cây khế')).toBeVisible();
	await context.setOffline(true);
	await page.getByRole('button', { name: 'Nhận đến giúp Nhà cuối hẻm có cây khế' }).click();
	await page.getByRole('link', { name: 'Nhà cuối hẻm có cây khế' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nhà cuối hẻm có cây khế');
	await page.getByRole('button', { name: 'Thêm hộ “Nhà cuối hẻm có cây khế”' }).click();
	await page.getByRole('link', { name: 'Ghi lượt hỗ trợ' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('checkbox', { name: 'VNeID' }).first().check();
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(sheet).toHaveCount(0);
	await page.getByRole('button', { name: 'Đánh dấu đã xong' }).click();
	await expect(page.getByText('Lời nhờ đã xong')).toBeVisible();
	await expect(page.getByText('Đã xong · hôm nay')).toBeVisible();

	await context.setOffline(false);
	await page.goto(`${server.url}/log`);
	await expect(page.getByText('Đã gửi hết')).toBeVisible();
	await page.goto(`${server.url}/log/requests`);
	await expect(page.getByRole('heading', { name: /^Đã xong/ })).toBeVisible();
	await page.getByRole('link', { name: 'Nhà cuối hẻm có cây khế' }).click();
	await page.getByRole('button', { name: 'Xem lịch sử' }).click();
	const entries = page.getByRole('dialog').getByRole('listitem');
	await expect(entries.last()).toContainText('Người dân gửi');
	await expect(entries.last()).toContainText('Nhà cuối hẻm có cây khế');
	await expect(entries.first()).toContainText('Đã xong');
	await context.close();
});

test('a member writes down what somebody asked in the street; a number that must not be kept is explained', async ({
	browser
}) => {
	const page = await browser.newPage();
	await settleIn(page, server.url);
	await page.goto(`${server.url}/log/requests/new`);
	await page.getByLabel('Đến đâu để giúp?').fill('Tiệm may, thẻ 4111 1111 1111 1111');
	await page.getByRole('button', { name: 'LƯU' }).click();
	await expect(page.getByLabel('Đến đâu để giúp?')).toHaveAttribute('aria-invalid', 'true');
	await expect(page.getByText('Hãy đánh dấu đồng ý')).toBeVisible();
	await page.getByLabel('Đến đâu để giúp?').fill('Tiệm may góc phố');
	await page.getByRole('radio', { name: 'Sáng' }).check();
	await page.getByLabel(/Đã đọc câu này/).check();
	await page.getByRole('button', { name: 'LƯU' }).click();
	await expect(page.getByText('Đã ghi lời nhờ')).toBeVisible();
	await page.getByRole('link', { name: 'Tiệm may góc phố' }).click();
	await page.getByText('Đóng mà không đến').click();
	await page.getByRole('button', { name: 'Không cần nữa' }).click();
	await expect(page.getByText('Đã đóng lời nhờ')).toBeVisible();
	await page.getByRole('button', { name: 'Mở lại' }).click();
	await expect(page.getByRole('button', { name: 'Tôi sẽ đến' })).toBeVisible();
});

test('the sheet of a visit offers to end what the household asked for; the undo opens it again', async ({
	browser
}) => {
	const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
	const page = await context.newPage();
	await settleIn(page, server.url);
	await page.goto(`${server.url}/log/requests/new`);
	await page.getByLabel('Đến đâu để giúp?').fill('Nhà có giàn mướp');
	await page.getByLabel(/Đã đọc câu này/).check();
	await page.getByRole('button', { name: 'LƯU' }).click();
	await page.getByRole('link', { name: 'Nhà có giàn mướp' }).click();
	await page.getByRole('button', { name: 'Thêm hộ “Nhà có giàn mướp”' }).click();
	await context.setOffline(true);
	await page.getByRole('link', { name: 'Ghi lượt hỗ trợ' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('checkbox', { name: 'VNeID' }).first().check();
	const answers = sheet.getByRole('group', { name: 'Lời nhờ giúp đã xong?' });
	await expect(answers.getByRole('checkbox')).not.toBeChecked();
	await answers.getByRole('checkbox', { name: 'Nhà có giàn mướp' }).check();
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(sheet).toHaveCount(0);
	// Back on the page of the request, from which the visit was opened.
	await expect(page.getByText('Đã xong · hôm nay')).toBeVisible();
	await page.getByRole('button', { name: 'Hoàn tác' }).click();
	await expect(page.getByRole('button', { name: 'Tôi sẽ đến' })).toBeVisible();
	await context.setOffline(false);
	await context.close();
});

test('an officer writes a call down for a group of the ward and sees what became of all', async ({
	browser
}) => {
	const page = await browser.newPage();
	await signInAs(page, server.url, 'ward_officer');
	await page.goto(`${server.url}/requests`);
	await expect(page.getByRole('heading', { name: /^Chưa ai nhận/ })).toBeVisible();
	await page.getByRole('button', { name: 'Ghi cuộc gọi' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByLabel('Đến đâu để giúp?').fill('Nhà bác Sáu gọi 1022');
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(sheet.getByText('Hãy đánh dấu đồng ý')).toBeVisible();
	await sheet.getByLabel(/Đã đọc câu này/).check();
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(sheet).toHaveCount(0);
	const call = page.getByRole('article').filter({ hasText: 'Nhà bác Sáu gọi 1022' });
	await expect(call).toContainText('Gọi điện (1022)');
	await expect(call).toContainText('Nhờ giúp · hôm nay');
	await page.getByRole('link', { name: 'Giấy nhờ giúp' }).click();
	await expect(page.getByRole('img', { name: 'Mã để nhờ tổ đến giúp' })).toBeVisible();
});

test('a call half-written outlives Escape, a reload asks first, and none of it is on the disk', async ({
	browser
}) => {
	const page = await browser.newPage();
	await signInAs(page, server.url, 'ward_officer');
	await page.goto(`${server.url}/requests`);
	const sheet = page.getByRole('dialog');
	const where = sheet.getByLabel('Đến đâu để giúp?');
	await page.getByRole('button', { name: 'Ghi cuộc gọi' }).click();
	await where.fill('Nhà cô Bảy gọi dở');
	await page.keyboard.press('Escape');
	await expect(sheet).toHaveCount(0);
	await page.getByRole('button', { name: 'Ghi cuộc gọi' }).click();
	await expect(where).toHaveValue('Nhà cô Bảy gọi dở');
	const kept = await page.evaluate(() =>
		JSON.stringify([{ ...localStorage }, { ...sessionStorage }])
	);
	expect(kept).not.toContain('cô Bảy');

	const asked = page.waitForEvent('dialog');
	await page.evaluate(() => setTimeout(() => location.reload()));
	const question = await asked;
	expect(question.type()).toBe('beforeunload');
	await question.dismiss();
	await expect(where).toHaveValue('Nhà cô Bảy gọi dở');

	await sheet.getByRole('button', { name: 'Bỏ', exact: true }).click();
	await expect(where).toHaveValue('');
	await page.reload();
	await page.getByRole('button', { name: 'Ghi cuộc gọi' }).click();
	await expect(where).toHaveValue('');
	await page.close();
});
