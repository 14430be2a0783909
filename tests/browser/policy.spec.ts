import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { startServer, type Server } from '../support/server';
import { go, openVisitSheet, settleIn } from '../support/steps';

/** What an attacker would type; each would do something as markup, and is 80 characters at most. */
const PAYLOADS = [
	`<img src=x onerror=alert(1)>`,
	`"><script>alert(2)</script>`,
	`<svg/onload=alert(3)>{alert(3)}`,
	`<a href="javascript:alert(4)">javascript:alert(4)</a>`
];

let server: Server;

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.stop());

/** Collects what the pages of a browser complain about: broken policies, errors and dialogs. */
async function listen(context: BrowserContext): Promise<string[]> {
	const complaints: string[] = [];
	await context.exposeFunction('complain', (text: string) => void complaints.push(text));
	await context.addInitScript(() => {
		addEventListener('securitypolicyviolation', (event) => {
			const { complain } = window as unknown as { complain: (text: string) => void };
			complain(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`);
		});
	});
	context.on('page', (page) => {
		page.on('dialog', (dialog) => {
			complaints.push(`dialog: ${dialog.message()}`);
			void dialog.dismiss();
		});
		page.on('pageerror', (error) => complaints.push(error.message));
		page.on('console', (message) => {
			if (message.type() === 'error') complaints.push(message.text());
		});
	});
	return complaints;
}

async function logEverywhere(page: Page, payload: string) {
	await go(page, 'Ghi nhanh');
	await page.getByRole('searchbox').fill(payload);
	await page.getByRole('link', { name: 'Thêm hộ' }).click();
	const label = page.getByLabel('Tên gọi hoặc số nhà', { exact: true });
	await expect(label).toHaveValue(payload);
	// A name in an address would stay in the history of the phone, and in logs on the way.
	expect(new URL(page.url()).search).toBe('');
	await page.getByLabel('Ghi chú về hộ').fill(payload);
	await page.getByRole('button', { name: 'LƯU, rồi ghi lượt' }).click();
	const sheet = page.getByRole('dialog');
	await expect(sheet.getByRole('heading', { name: payload })).toBeVisible();
	await sheet.getByRole('checkbox', { name: 'VNeID' }).first().check();
	await sheet.getByLabel('Ghi chú').fill(payload);
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(page.getByText(`Đã lưu trên máy: ${payload}`)).toBeVisible();
	// Saving leads to the list by itself; only then is it left for another place.
	await expect(page.getByRole('searchbox')).toBeVisible();

	await go(page, 'Ghi nhanh');
	await page.getByRole('link', { name: 'Ghi buổi tập huấn' }).click();
	await page.getByRole('checkbox', { name: 'VNeID' }).first().check();
	await page.getByLabel('Ghi chú').fill(payload);
	await page.getByRole('button', { name: 'LƯU' }).click();
	await expect(page.getByRole('searchbox')).toBeVisible();
}

test('what is typed is only ever shown as text, on every screen of every role', async ({
	browser
}) => {
	const context = await browser.newContext();
	const complaints = await listen(context);
	const page = await context.newPage();

	await test.step('a volunteer saves markup wherever something can be typed', async () => {
		await settleIn(page, server.url);
		for (const payload of PAYLOADS) await logEverywhere(page, payload);
	});

	await test.step('and reads it everywhere, as it was typed', async () => {
		for (const payload of PAYLOADS) {
			await go(page, 'Hộ dân');
			await page.getByRole('searchbox').fill(payload);
			await page.getByRole('link').filter({ hasText: payload }).click();
			await expect(page.getByRole('heading', { level: 1, name: payload })).toBeVisible();
			await expect(page.getByRole('article').getByText(payload)).toBeVisible();
			await page.getByRole('link', { name: 'Sửa thông tin hộ' }).click();
			await expect(page.getByLabel('Ghi chú về hộ')).toHaveValue(payload);
			await page.getByLabel('Ghi chú về hộ').fill(`${payload} lần hai`);
			await page.getByRole('button', { name: 'LƯU' }).click();
			await openVisitSheet(page);
			await page.getByLabel('Ghi chú').fill(payload);
			await page.getByRole('button', { name: 'Đóng' }).click();
			await expect(page.getByRole('dialog')).toHaveCount(0);
		}
		await page.goto(`${server.url}/log`);
		await expect(page.getByText(`Đang viết dở: ${PAYLOADS[0]}`)).toBeVisible();
		await expect(page.getByText('Đã gửi hết')).toBeVisible();
		await page.goto(`${server.url}/mine`);
		await expect(
			page
				.getByRole('article')
				.getByText(PAYLOADS.at(-1) ?? '')
				.first()
		).toBeVisible();
		await page.goto(`${server.url}/${encodeURIComponent(PAYLOADS[0] ?? '')}`);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	});

	await test.step('a leader gets it from the server, as it was typed', async () => {
		await settleIn(page, server.url, 'leader');
		await page.goto(`${server.url}/households`);
		for (const payload of PAYLOADS) {
			await page.getByRole('searchbox').fill(payload);
			await expect(page.getByRole('link').filter({ hasText: payload })).toBeVisible();
		}
	});

	await test.step('the desks open, with an address that somebody made up', async () => {
		const made_up = encodeURIComponent(PAYLOADS[1] ?? '');
		for (const role of ['ward_officer', 'area_coordinator', 'city_office']) {
			await page.goto(`${server.url}/demo/${role}`);
			await page.locator('form button').first().click();
			await expect(page.getByRole('table').first()).toBeVisible();
			for (const path of ['coverage', 'wards', 'mine', 'log'])
				for (const query of ['', `?month=${made_up}&order=${made_up}`]) {
					await page.goto(`${server.url}/${path}${query}`);
					await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
				}
		}
	});

	for (const path of ['', 'demo', 'demo/member', 'shell']) await page.goto(`${server.url}/${path}`);
	// What the browser says of a refused question (404, 403) is no fault of a page.
	expect(complaints.filter((text) => !text.includes('Failed to load resource'))).toEqual([]);
	await context.close();
});

for (const path of ['/', '/log', '/shell', '/wards', '/demo', '/api/session'])
	test(`${path} is answered with the whole policy`, async ({ request }) => {
		const answer = await request.get(server.url + path);
		const headers = answer.headers();
		const page = !path.startsWith('/api');
		// A page that is made in advance carries the build's part of the policy in itself.
		const html = page ? await answer.text() : '';
		const inside = /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(html)?.[1];
		const policy = `${headers['content-security-policy']}; ${inside ?? ''}`;
		expect(policy).not.toMatch(/unsafe-inline|unsafe-eval/);
		expect(policy).toContain("frame-ancestors 'none'");
		expect(policy).toContain("object-src 'none'");
		expect(policy).toContain("base-uri 'none'");
		if (page) {
			expect(policy).toContain("require-trusted-types-for 'script'");
			expect(policy).toMatch(/script-src 'self'/);
		}
		expect(headers['x-content-type-options']).toBe('nosniff');
		expect(headers['referrer-policy']).toBe('same-origin');
		if (!page) expect(headers['cache-control']).toBe('no-store');
	});

/** Runs in the page: tries to have `window.ran` set by code that came as text. */
async function attack() {
	const attempts = {
		inline() {
			const script = document.createElement('script');
			script.append('window.ran = true');
			document.head.append(script);
		},
		handler() {
			document.body.setAttribute('onclick', 'window.ran = true');
			document.body.click();
		},
		markup() {
			document.body.innerHTML = '<img src=x onerror="window.ran = true">';
		},
		eval() {
			window.eval('window.ran = true');
		}
	};
	// In a task of the page's own: what a test evaluates itself is allowed more than a page is.
	await new Promise((done) => setTimeout(done));
	const refused = Object.entries(attempts).flatMap(([name, attempt]) => {
		try {
			attempt();
			return [];
		} catch {
			return [name];
		}
	});
	return { ran: 'ran' in window, refused };
}

for (const path of ['/', '/log'])
	test(`on ${path} a script that somebody slipped in does not run`, async ({ browser }) => {
		const context = await browser.newContext();
		const complaints = await listen(context);
		const page = await context.newPage();
		// One that came with the page, past the server's own care …
		await page.route(server.url + path, async (route) => {
			const response = await route.fetch();
			const html = await response.text();
			const body = html.replace('</head>', '<script>window.ran = true</script></head>');
			await route.fulfill({ response, body });
		});
		await page.goto(server.url + path);
		await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
		await expect.poll(() => complaints.join('\n')).toContain('script-src-elem: inline');
		// … and some that were made in it.
		const { ran, refused } = await page.evaluate(attack);
		expect(ran).toBe(false);
		expect(refused).toEqual(expect.arrayContaining(['markup', 'eval']));
		for (const sink of ['HTMLScriptElement text', 'Element onclick', 'Element innerHTML', 'eval'])
			await expect.poll(() => complaints.join('\n')).toContain(`trusted-types-sink ${sink}|`);
		await context.close();
	});
