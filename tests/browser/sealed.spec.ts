import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { openPhone, type Phone } from '../support/phone';
import { startServer, type Server } from '../support/server';
import { go, openHousehold, settleIn } from '../support/steps';

/** Names and numbers that are nowhere but in these records. */
const NAME = 'Nhà bà Quỳnh Canari';
const NOTE = 'Gọi cháu Thiên số 0903 555 017';
const DRAFT = 'Hẹn ông Khuê 0905 111 222';

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

async function work(page: Page) {
	await go(page, 'Hộ dân');
	await page.getByRole('link', { name: 'Thêm hộ' }).click();
	await page.getByLabel('Tên gọi hoặc số nhà', { exact: true }).fill(NAME);
	await page.getByRole('button', { name: 'LƯU, rồi ghi lượt' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('checkbox', { name: 'VNeID' }).first().check();
	await sheet.getByLabel('Ghi chú').fill(NOTE);
	await sheet.getByRole('button', { name: 'LƯU' }).click();
	await expect(sheet).toHaveCount(0);
	await expect(page.getByText('Đã lưu trên máy: ')).toBeVisible();
}

/** Everything in every database of the page, as raw bytes and as text. */
function dump(page: Page): Promise<string> {
	return page.evaluate(async () => {
		const answer = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error as Error);
			});
		const told = (value: unknown): string => {
			if (value instanceof CryptoKey) return `key ${value.extractable}`;
			if (value instanceof Uint8Array)
				return ['utf-8', 'utf-16le'].map((code) => new TextDecoder(code).decode(value)).join();
			if (value === null || typeof value !== 'object') return String(value);
			return Object.entries(value)
				.map(([key, one]) => `${key}: ${told(one)}`)
				.join();
		};
		let all = '';
		type Buckets = { open(name: string): Promise<{ indexedDB: IDBFactory }> };
		const { storageBuckets } = navigator as unknown as { storageBuckets: Buckets };
		const { indexedDB: inBucket } = await storageBuckets.open('unsent');
		for (const factory of [indexedDB, inBucket])
			for (const { name = '' } of await factory.databases()) {
				const database = await answer(factory.open(name));
				for (const store of database.objectStoreNames) {
					const objects = database.transaction(store).objectStore(store);
					const [keys, values] = [
						await answer(objects.getAllKeys()),
						await answer(objects.getAll())
					];
					all += `${name} ${store} ${told(keys)} ${told(values)}\n`;
				}
				database.close();
			}
		return all;
	});
}

/** All bytes of a folder's files. */
function bytesOf(folder: string): Buffer[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		return statSync(path).isDirectory() ? bytesOf(path) : [readFileSync(path)];
	});
}

const SECRET = [NAME, 'Canari', NOTE, '0903 555 017', DRAFT, '0905 111 222', 'Khuê'];

test('whoever reads the files of a phone reads no name, no number and no note', async () => {
	const { page, context } = phone;
	const label = await openHousehold(page, server.url);
	await work(page);
	await page.goto(`${server.url}/log`);
	await expect(page.getByText('Đã gửi hết')).toBeVisible();
	await context.setOffline(true);
	await work(page);
	await page.goto(`${server.url}/log/training`);
	await page.getByLabel('Ghi chú').fill(DRAFT);
	await page.goto(`${server.url}/log`);
	await expect(page.getByText('Đang viết dở: ')).toBeVisible();

	const all = await dump(page);
	expect(all).toContain('key false');
	expect(all).toMatch(/outbox .*household/);
	expect(all).toMatch(/changes .*household/);
	for (const secret of [label, ...SECRET]) expect(all).not.toContain(secret);

	const { profile } = phone;
	await context.close();
	const folders = ['IndexedDB', 'WebStorage'].map((name) => join(profile, 'Default', name));
	const files = folders.flatMap(bytesOf);
	expect(files.length).toBeGreaterThan(0);
	for (const secret of [label, ...SECRET])
		for (const encoding of ['utf8', 'utf16le'] as const) {
			const bytes = Buffer.from(secret, encoding);
			expect(files.filter((file) => file.includes(bytes))).toEqual([]);
		}
});
