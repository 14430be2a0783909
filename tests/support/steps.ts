import { expect, type Page } from '@playwright/test';
import { signInAs } from './phone';

/** Signs in and resolves when the records of the group, and the application itself, are on the phone. */
export async function settleIn(page: Page, url: string, role = 'member') {
	await signInAs(page, url, role);
	await expect(page.getByText('Đã gửi hết')).toBeVisible();
	await page.evaluate(() => navigator.serviceWorker.ready);
}

/** Opens the first household of the list; resolves with its label. */
export async function openHousehold(page: Page, url: string): Promise<string> {
	await page.goto(`${url}/households`);
	await page.getByRole('list', { name: 'Hộ dân' }).getByRole('link').first().click();
	await expect(page.getByRole('heading', { name: 'Đã làm gì ở đây' })).toBeVisible();
	return page.getByRole('heading', { level: 1 }).innerText();
}

/** Opens the sheet in which a visit to the household in sight is logged. */
export async function openVisitSheet(page: Page) {
	await page.getByRole('link', { name: 'Ghi lượt hỗ trợ' }).click();
	await expect(page.getByRole('dialog')).toBeVisible();
}

/**
 * Opens the tab or menu item at the foot of every screen of the volunteer, and resolves when the page
 * is there: SvelteKit's last step takes the focus off the link, and would take it off a field that is
 * already being filled in.
 */
export async function go(page: Page, place: 'Ghi nhanh' | 'Hộ dân' | 'Của tôi') {
	const places = page.getByRole('navigation', { name: 'Ba nơi chính' });
	const link = places.getByRole('link', { name: place });
	await link.click();
	await expect(link).not.toBeFocused();
}

/** Opens the leader's poster; resolves with the address that its code leads to. */
export async function poster(page: Page, url: string): Promise<string> {
	await page.goto(`${url}/mine/poster`);
	const address = page.getByText(/\/ask\/[0-9a-f]{12}$/).first();
	await expect(address).toBeVisible();
	return `${new URL(url).origin}/ask/${(await address.innerText()).split('/').pop()}`;
}
