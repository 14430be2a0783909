import { expect, test, type Browser, type Download, type Page } from '@playwright/test';
import decode from 'qr/decode.js';
import { Frames } from '../../src/lib/domain/bundle/frames';
import { film, type Picture } from '../support/camera';
import { disable } from '../support/disable';
import { openPhone, signInAs, type Phone } from '../support/phone';
import { startServer, type Server } from '../support/server';
import { go, settleIn } from '../support/steps';

const MEMBER = 'Trần Thị Bưởi';
const LABEL = 'Nhà bà Ngoan xóm Đình';

// Each of these stories starts a server twice and opens up to three browsers.
test.describe.configure({ timeout: 300_000 });

let server: Server;
let phone: Phone;

test.beforeEach(async ({}, info) => {
	server = await startServer();
	phone = await openPhone(info);
	await settleIn(phone.page, server.url);
	await ready(phone.page);
});
test.afterEach(async () => {
	await phone.close();
	await server.stop();
	expect(phone.complaints).toEqual([]);
});

/** Resolves when the phone has its key, and the worker has its pages. */
async function ready(page: Page) {
	await expect
		.poll(() =>
			page.evaluate(
				() =>
					new Promise<number>((resolve) => {
						const opening = indexedDB.open('tung-nha-hand-in');
						opening.onsuccess = () => {
							const database = opening.result;
							const done = (count: number) => (database.close(), resolve(count));
							if (!database.objectStoreNames.contains('kits')) return done(0);
							const counting = database.transaction('kits').objectStore('kits').count();
							counting.onsuccess = () => done(counting.result);
						};
						// Made by the page in the same moment, or not there yet.
						opening.onerror = () => resolve(0);
						opening.onupgradeneeded = () => opening.transaction?.abort();
					})
			)
		)
		.toBe(1);
	await page.reload();
	await expect(page.getByText('Đã gửi hết')).toBeVisible();
}

/** Writes a new household and a visit to it, without a network. */
async function logOffline(label = LABEL) {
	const { page, context } = phone;
	await context.setOffline(true);
	await go(page, 'Hộ dân');
	await page.getByRole('link', { name: 'Thêm hộ' }).click();
	await page.getByLabel('Tên gọi hoặc số nhà', { exact: true }).fill(label);
	await page.getByRole('button', { name: 'LƯU, rồi ghi lượt' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('checkbox', { name: 'VNeID' }).first().check();
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(sheet).toHaveCount(0);
	await expect(page.getByText('Đã lưu trên máy: ')).toBeVisible();
}

/** What the leader sees of the household: once, and written by somebody else. */
async function expectAtLeader(browser: Browser, label = LABEL) {
	const page = await browser.newPage();
	await settleIn(page, server.url, 'leader');
	await page.goto(`${server.url}/households`);
	await page.getByRole('searchbox').fill(label);
	const found = page.getByRole('list', { name: 'Hộ dân' }).getByRole('link', { name: label });
	await expect(found).toHaveCount(1);
	await found.click();
	await expect(page.getByText('Người khác trong tổ ghi')).toHaveCount(1);
	await page.getByRole('button', { name: 'Xem lịch sử' }).first().click();
	await expect(page.getByRole('dialog')).toContainText(`${MEMBER} ghi lần đầu`);
	await page.close();
}

/** The visits of this month in all groups that the coordinator sees. */
async function visitsCounted(browser: Browser): Promise<number> {
	const page = await browser.newPage();
	await signInAs(page, server.url, 'area_coordinator');
	const visits = await page.evaluate(async () => {
		const { token } = await (await fetch('/api/session')).json();
		const ask = async (name: string, args: object) =>
			(
				await fetch(`/rest/v1/rpc/${name}`, {
					method: 'POST',
					headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
					body: JSON.stringify(args)
				})
			).json();
		const me = await ask('me', {});
		const month = new Date(Date.now() + 7 * 3600_000).toISOString().slice(0, 8) + '01';
		const { rows } = await ask('coverage', { unit_id: me.roles[0].unit_id, month });
		return rows.reduce((sum: number, row: { visits: number }) => sum + row.visits, 0);
	});
	await page.close();
	return visits;
}

/** All that the browser keeps for our address, as one text. */
function everythingKept(page: Page): Promise<string> {
	return page.evaluate(async () => {
		const kept: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie];
		for (const { name = '' } of await indexedDB.databases()) {
			const database = await new Promise<IDBDatabase>((resolve, reject) => {
				const opening = indexedDB.open(name);
				opening.onsuccess = () => resolve(opening.result);
				opening.onerror = () => reject(opening.error);
			});
			kept.push(name);
			for (const store of database.objectStoreNames) {
				const all = database.transaction(store).objectStore(store).getAll();
				await new Promise((resolve) => (all.onsuccess = resolve));
				kept.push(all.result);
			}
			database.close();
		}
		return JSON.stringify(kept);
	});
}

async function saveFile(page: Page): Promise<Download> {
	const saving = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Lưu thành tệp' }).click();
	const file = await saving;
	await expect(page.getByText(`Đã lưu tệp ${file.suggestedFilename()}`)).toBeVisible();
	return file;
}

async function openFile(page: Page, file: string) {
	const choosing = page.waitForEvent('filechooser');
	await page.getByRole('button', { name: /Mở tệp|Chọn tệp/ }).click();
	await (await choosing).setFiles(file);
}

test("a disabled member's phone hands in what it holds, and is then emptied", async ({
	browser
}) => {
	const { page, context } = phone;
	await test.step('somebody works without a network, and is disabled meanwhile', async () => {
		await logOffline();
		await page.goto(`${server.url}/log`);
		await disable(server, MEMBER);
	});

	await test.step('with the network the phone hands in by itself, says so, and is empty', async () => {
		await context.setOffline(false);
		await expect(page.getByText('Sổ ghi đã được xóa khỏi máy này')).toBeVisible();
		await expect(page.getByText('Đã nộp 2 lượt.')).toBeVisible();
		await expect(page.getByText(LABEL)).toHaveCount(0);
		await expect.poll(() => everythingKept(page)).not.toContain('sealed');
		const kept = await everythingKept(page);
		for (const trace of [LABEL, MEMBER, 'Hải Châu', 'household', 'private_key'])
			expect(kept).not.toContain(trace);
	});

	await test.step('it stays so, with and without a network, and the phone is anybody’s again', async () => {
		await page.reload();
		await expect(page.getByText('Sổ ghi đã được xóa khỏi máy này')).toBeVisible();
		await expectAtLeader(browser);
		await settleIn(page, server.url, 'leader');
		await signInAs(page, server.url, 'area_coordinator');
		await page.goto(`${server.url}/log`);
		await expect(page.getByText('Sổ ghi đã được xóa khỏi máy này')).toHaveCount(0);
	});
});

test('work of the days after is not taken: it is shown, and leaves the phone when the person says so', async ({}, info) => {
	const { page, context } = phone;
	await logOffline();
	await disable(server, MEMBER, 2);
	await context.setOffline(false);
	await page.goto(`${server.url}/log`);
	await expect(page.getByText('Máy chủ không nhận những việc dưới đây')).toBeVisible();
	await expect(page.getByRole('article').filter({ hasText: LABEL }).first()).toContainText(
		'Không còn thuộc tổ này'
	);
	await page.screenshot({ path: info.outputPath('leftover.png'), fullPage: true });
	await page.reload();
	await expect(page.getByRole('article').filter({ hasText: LABEL }).first()).toBeVisible();

	await saveFile(page);
	await page.getByRole('button', { name: 'Xóa hết khỏi máy này' }).click();
	await expect(page.getByText('Sổ ghi đã được xóa khỏi máy này')).toBeVisible();
	await expect(page.getByText('Máy này không còn giữ thông tin nào của tổ.')).toBeVisible();
	await expect.poll(() => everythingKept(page)).not.toContain('sealed');
});

test('what somebody left behind unsent on a shared phone is handed in when they have been disabled', async ({
	browser
}) => {
	const { page, context } = phone;
	const person_id = await page.evaluate(() => localStorage.getItem('tung-nha.person'));
	const theirs = () =>
		page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).join(' '));
	await logOffline();
	expect(await theirs()).toContain(person_id);
	await go(page, 'Của tôi');
	await page.getByRole('button', { name: 'Đăng xuất' }).click();
	await page.getByRole('button', { name: 'Vẫn đăng xuất' }).click();
	await page.waitForURL(`${server.url}/log`);
	await expect(page.getByText('Chưa có sổ ghi trên máy này')).toBeVisible();
	const kept = await everythingKept(page);
	expect(kept).toMatch(/"kind":"household".*"sealed":/);
	expect(kept).not.toContain(LABEL);

	await disable(server, MEMBER);
	await context.setOffline(false);
	await settleIn(page, server.url, 'leader');
	await expect.poll(theirs).not.toContain(person_id);
	await page.goto(`${server.url}/log`);
	await expect(page.getByText('Đã gửi hết')).toBeVisible();
	await expectAtLeader(browser);
});

test('a disabled member without a network is shown the way out, and no record', async () => {
	const { page, context } = phone;
	await logOffline();
	await disable(server, MEMBER, 2);
	await context.setOffline(false);
	await page.goto(`${server.url}/log`);
	await expect(page.getByText('Máy chủ không nhận những việc dưới đây')).toBeVisible();
	await context.setOffline(true);
	await page.goto(`${server.url}/households`);
	await expect(page.getByText('Máy này không còn dùng để ghi')).toBeVisible();
	await expect(page.getByRole('list', { name: 'Hộ dân' })).toHaveCount(0);
});

test('unsent work goes by file to another phone and to the desk, and counts once', async ({
	browser
}, info) => {
	const { page, context } = phone;
	const before = await visitsCounted(browser);
	const carrier = await openPhone(info);
	let file = '';

	await test.step('a phone without a network saves its unsent work as a file', async () => {
		await logOffline();
		await go(page, 'Của tôi');
		await page.getByRole('link', { name: 'Chuyển việc chưa gửi' }).click();
		await expect(page.getByText('Còn 2 lượt chưa gửi trên máy này')).toBeVisible();
		file = await (await saveFile(page)).path();
		await expect(page.getByText('Việc vẫn ở trên máy này')).toBeVisible();
	});

	await test.step('another phone takes it in without a network, and keeps it', async () => {
		const other = carrier.page;
		await settleIn(other, server.url, 'leader');
		await ready(other);
		await carrier.context.setOffline(true);
		await go(other, 'Của tôi');
		await other.getByRole('link', { name: 'Nhận việc của người khác' }).click();
		await openFile(other, file);
		await expect(other.getByText('Chờ có mạng để nộp')).toBeVisible();
		await expect(other.getByText(LABEL)).toHaveCount(0);
		expect(await everythingKept(other)).not.toContain(LABEL);
		await other.reload();
		await expect(other.getByText('Chờ có mạng để nộp')).toBeVisible();
		await go(other, 'Ghi nhanh');
	});

	await test.step('with a network it hands it in, and the figures change', async () => {
		const other = carrier.page;
		// Within the application: a page that is left for another one would not hear the answer.
		await carrier.context.setOffline(false);
		await go(other, 'Của tôi');
		await other.getByRole('link', { name: 'Nhận việc của người khác' }).click();
		await expect(
			other.getByText('Đã nộp xong: 2 lượt mới, 0 lượt đã có, 0 lượt không nhận được.')
		).toBeVisible();
		expect(await visitsCounted(browser)).toBe(before + 1);
	});

	await test.step('the desk takes in the same file: it was there already', async () => {
		const desk = await browser.newPage();
		await signInAs(desk, server.url, 'area_coordinator');
		await desk.goto(`${server.url}/phones`);
		await desk.getByRole('link', { name: 'Nhận việc từ tệp' }).click();
		await openFile(desk, file);
		await expect(desk.getByText('Đã nộp xong: 0 lượt mới, 2 lượt đã có')).toBeVisible();
		await openFile(desk, 'package.json');
		await expect(desk.getByText('không phải việc chưa gửi của Từng Nhà')).toBeVisible();
		await desk.close();
	});

	await test.step('the phone itself comes back: nothing is lost, nothing counts twice', async () => {
		await context.setOffline(false);
		await go(page, 'Của tôi');
		await go(page, 'Ghi nhanh');
		await expect(page.getByText('Đã gửi hết')).toBeVisible();
		expect(await visitsCounted(browser)).toBe(before + 1);
		await expectAtLeader(browser);
	});
	await carrier.close();
	expect(carrier.complaints).toEqual([]);
});

test('unsent work goes by QR codes through a camera to another phone', async ({
	browser
}, info) => {
	const before = await visitsCounted(browser);
	const { page } = phone;
	const pictures: Picture[] = [];

	await test.step('the phone draws a series of codes', async () => {
		await logOffline();
		await logOffline('Nhà ông Hiền cuối hẻm');
		await page.goto(`${server.url}/mine/hand-over`);
		await page.getByRole('button', { name: 'Hiện mã QR' }).click();
		await page.getByRole('button', { name: 'Dừng ở mã này' }).click();
		const number = page.getByText(/^Mã \d+ trên \d+$/);
		const total = Number(/trên (\d+)/.exec(await number.innerText())?.[1]);
		expect(total).toBeGreaterThan(1);
		await page.screenshot({ path: info.outputPath('codes.png') });
		for (let n = 0; n < total; n++) {
			pictures.push(await drawn(page));
			await page.getByRole('button', { name: 'Mã sau' }).click();
		}
		await page.getByRole('button', { name: 'Đóng' }).click();
	});

	await test.step('every code can be read', async () => {
		const frames = new Frames();
		for (const { width, height, grey } of pictures)
			frames.add(decode({ width, height, data: rgba(grey) }));
		expect(frames.missing).toEqual([]);
		expect(frames.bundle()).not.toBeNull();
	});

	await test.step('another phone reads them with its camera, and hands in', async () => {
		const carrier = await openPhone(info, [
			'--use-fake-ui-for-media-stream',
			'--use-fake-device-for-media-stream',
			`--use-file-for-fake-video-capture=${film(pictures)}`
		]);
		const other = carrier.page;
		await settleIn(other, server.url, 'leader');
		await other.goto(`${server.url}/mine/receive`);
		await other.getByRole('button', { name: 'Quét mã QR' }).click();
		await expect(
			other.getByText('Đã nộp xong: 4 lượt mới, 0 lượt đã có, 0 lượt không nhận được.')
		).toBeVisible({ timeout: 60_000 });
		expect(await visitsCounted(browser)).toBe(before + 2);
		await carrier.close();
		expect(carrier.complaints).toEqual([]);
	});
});

/** The code in sight, pixel by pixel. */
async function drawn(page: Page): Promise<Picture> {
	const { width, height, grey } = await page.locator('canvas').evaluate((canvas) => {
		const { width, height } = canvas as HTMLCanvasElement;
		const context = (canvas as HTMLCanvasElement).getContext('2d');
		const pixels = context?.getImageData(0, 0, width, height).data ?? [];
		const grey: number[] = [];
		for (let at = 0; at < pixels.length; at += 4) grey.push(pixels[at] ?? 0);
		return { width, height, grey };
	});
	return { width, height, grey: Uint8Array.from(grey) };
}

function rgba(grey: Uint8Array): Uint8ClampedArray {
	return Uint8ClampedArray.from({ length: grey.length * 4 }, (_, at) =>
		at % 4 === 3 ? 255 : (grey[at >> 2] ?? 0)
	);
}
