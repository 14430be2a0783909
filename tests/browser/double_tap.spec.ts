import { expect, test, type Locator, type Page } from '@playwright/test';
import { openPhone, type Phone } from '../support/phone';
import { startServer, type Server } from '../support/server';
import { settleIn } from '../support/steps';

let server: Server;
let phone: Phone;
/** The kinds of the records that the phone has sent, each record once. */
let sent: Map<string, string>;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());
test.beforeEach(async ({}, info) => {
	phone = await openPhone(info);
	sent = new Map();
	phone.context.on('request', (request) => {
		if (!request.url().endsWith('/rpc/push')) return;
		for (const { kind, record_id } of request.postDataJSON().changes) sent.set(record_id, kind);
	});
});
test.afterEach(async () => {
	await phone.close();
	expect(phone.complaints).toEqual([]);
});

type Form = {
	what: string;
	at: string;
	fill: (page: Page) => Promise<void>;
	button: (page: Page) => Locator;
	said: RegExp;
	kind: string;
};

const save = (page: Page) => page.getByRole('button', { name: /^LƯU/ });
const FORMS: Form[] = [
	{
		what: 'a training',
		at: '/log/training',
		fill: (page) => page.getByRole('checkbox', { name: 'VNeID' }).check(),
		button: save,
		said: /^Đã lưu trên máy/,
		kind: 'training'
	},
	{
		what: 'a request for help',
		at: '/log/requests/new',
		fill: async (page) => {
			await page.getByLabel('Đến đâu để giúp?').fill('Nhà cô Năm Lẻ');
			await page.getByRole('checkbox', { name: /^Đã đọc câu này/ }).check();
		},
		button: save,
		said: /^Đã ghi lời nhờ/,
		kind: 'request'
	},
	{
		what: 'a door where nobody was home',
		at: '/log/not-home',
		fill: (page) =>
			page.getByRole('group', { name: 'Không ai ở nhà' }).getByRole('checkbox').nth(2).check(),
		button: save,
		said: /^Đã lưu trên máy/,
		kind: 'visit'
	},
	{
		what: 'a new household',
		at: '/households/new',
		fill: (page) => page.getByLabel('Tên gọi hoặc số nhà', { exact: true }).fill('Nhà cô Bảy Lẻ'),
		button: save,
		said: /^Đã lưu/,
		kind: 'household'
	},
	{
		what: 'a goal of the team',
		at: '/mine/goal',
		fill: (page) => page.getByLabel('Số hộ giúp trong một tuần', { exact: true }).fill('31'),
		button: save,
		said: /^Đã lưu mục tiêu/,
		kind: 'goal'
	},
	{
		what: 'a thank-you',
		at: '/mine/thanks',
		fill: (page) => page.getByLabel('Lời nhắn').fill('Cảm ơn cả tổ'),
		button: (page) => page.getByRole('button', { name: 'Gửi lời cảm ơn' }),
		said: /^Đã lưu lời cảm ơn/,
		kind: 'thank'
	}
];

for (const { what, at, fill, button, said, kind } of FORMS) {
	test(`${what} is kept once when the thumb taps twice`, async () => {
		const { page } = phone;
		await settleIn(page, server.url, 'leader');
		await page.goto(`${server.url}${at}`);
		await fill(page);
		await phone.context.setOffline(true);
		await tapTwice(button(page));
		await expect(page.getByText(said).first()).toBeVisible();
		expect(await kindsSent()).toEqual([kind]);
	});
}

test('the same help again is logged once however often its button is tapped, until its message has gone', async () => {
	const { page } = phone;
	await settleIn(page, server.url);
	await page.goto(`${server.url}/log`);
	const again = page.getByRole('button', { name: /^Ghi lại cho/ });
	await expect(again.nth(1)).toBeVisible();
	const names = await again.evaluateAll((all) => all.map((one) => one.ariaLabel ?? ''));
	const [first, second] = names.map((name) => page.getByRole('button', { name, exact: true }));
	if (!first || !second) throw new Error('two households of late are needed');
	const today = (count: number) => expect(page.getByText(`Hôm nay: ${count} lượt`)).toBeVisible();
	await phone.context.setOffline(true);

	await tapTwice(first);
	await today(1);
	await first.click();
	await today(1);
	// The slip is taken back whole, and then it may be meant.
	await page.getByRole('button', { name: 'Hoàn tác' }).click();
	await today(0);
	await first.click();
	await today(1);
	// Another door, and back to the first one: that is meant.
	await tapTwice(second);
	await today(2);
	await first.click();
	await today(3);
	await page.reload();
	await today(3);
});

/** Two taps on a phone as slow as those that are handed down: the second comes while the first is kept. */
async function tapTwice(button: Locator) {
	const devtools = await phone.context.newCDPSession(phone.page);
	await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
	await button.dblclick();
	await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
}

/** Sends all that the phone holds; resolves with the kinds of the records. */
async function kindsSent(): Promise<string[]> {
	await phone.context.setOffline(false);
	// By its address: the second tap may have opened what came to lie under the thumb.
	await phone.page.goto(`${server.url}/log`);
	await expect(phone.page.getByText('Đã gửi hết')).toBeVisible();
	return [...sent.values()];
}
