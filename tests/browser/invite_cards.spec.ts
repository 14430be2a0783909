import { expect, test, type Page } from '@playwright/test';
import { signInAs } from '../support/phone';
import { startServer, type Server } from '../support/server';

let server: Server;
test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

/** As long as names get. */
const ROW = (n: number) => `Tôn Nữ Hoàng Nguyễn Thị Quỳnh Phương Bịa ${n};Thành viên;Tổ 3;Hải Châu`;

/** Brings more members of one team, and shows that team. */
async function bring(page: Page, numbers: number[]) {
	await page.goto(`${server.url}/people/import`);
	await page.locator('input[type=file]').setInputFiles({
		name: 'thanh-vien.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(['Họ và tên;Vai trò;Tổ dân phố;Phường', ...numbers.map(ROW)].join('\n'))
	});
	await page.getByRole('button', { name: `Ghi ${numbers.length} người` }).click();
	await expect(page.getByText(`${numbers.length} người mới`)).toBeVisible();
	await page.goto(`${server.url}/people`);
	await page.getByRole('searchbox').fill('to 3 hai chau');
	const team = page.getByRole('list', { name: 'Tổ và thành viên' }).getByRole('link');
	await expect(team).toHaveCount(1);
	await team.click();
}

const invite = (page: Page) => page.getByRole('button', { name: /^Mời \d+ người/ });

/** The sheets of paper that come out, A4 as the page itself says. */
async function sheets(page: Page): Promise<number> {
	const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
	expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][\d.]* 84[12][\d.]*\]/);
	return pdf.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
}

/** The cards on which something is cut off at an edge, or hangs over one. */
async function cutOff(page: Page): Promise<string[]> {
	await page.emulateMedia({ media: 'print' });
	// What A4 leaves between its margins.
	await page.setViewportSize({ width: 718, height: 1047 });
	const names = await page.getByRole('article').evaluateAll((cards) =>
		cards
			.filter((card) => {
				const edge = card.getBoundingClientRect();
				return ['.code', '.until', '.how', '.qr'].some((part) => {
					const shown = card.querySelector(part);
					const box = shown?.getBoundingClientRect();
					if (!shown || !box || box.width === 0 || shown.scrollWidth > shown.clientWidth)
						return true;
					return box.bottom > edge.bottom || box.right > edge.right;
				});
			})
			.map((card) => card.querySelector('h3')?.textContent ?? '')
	);
	await page.emulateMedia({ media: null });
	return names;
}

test('eight cards fill a sheet: sixteen take two, seventeen three, however long the names', async ({
	page
}) => {
	await signInAs(page, server.url, 'administrator');
	await bring(page, [1]);
	const before = Number((await invite(page).innerText()).match(/\d+/)?.[0]);
	await bring(
		page,
		Array.from({ length: 16 - before }, (_, n) => n + 2)
	);
	await invite(page).click();
	await expect(page.getByRole('article')).toHaveCount(16);
	expect(await sheets(page)).toBe(2);
	expect(await cutOff(page)).toEqual([]);
	await page.getByRole('button', { name: 'Xong' }).click();
	await bring(page, [99]);
	await invite(page).click();
	await expect(page.getByRole('article')).toHaveCount(17);
	expect(await sheets(page)).toBe(3);
});

test('the cards of a whole ward come out in one go, no sheet with two teams on it', async ({
	page
}) => {
	await signInAs(page, server.url, 'administrator');
	await page.goto(`${server.url}/people/invite`);
	await page.getByRole('button', { name: /^Tạo \d+ phiếu mời/ }).click();
	await expect(page.getByRole('heading', { name: /\d+ thư mời/ })).toBeFocused();
	const teams = await page
		.locator('.sheet')
		.evaluateAll((all) => all.map((sheet) => sheet.querySelectorAll('article').length));
	expect(teams.length).toBeGreaterThan(1);
	expect(await sheets(page)).toBe(teams.reduce((sum, cards) => sum + Math.ceil(cards / 8), 0));
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.getByRole('button', { name: 'Chép tất cả đường dẫn' }).click();
	await expect(page.getByText(/Đã chép \d+ đường dẫn/)).toBeVisible();
	const copied = await page.evaluate(() => navigator.clipboard.readText());
	expect(copied.match(/\/join#[0-9A-Z]{26}$/gm)).toHaveLength(
		teams.reduce((sum, cards) => sum + cards, 0)
	);
});
