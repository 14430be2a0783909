import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { expect, test, type Page } from '@playwright/test';
import { cast } from '../../supabase/seed/demo/cast';
import { openPhone, type Phone } from '../support/phone';
import { startServer, type Server } from '../support/server';
import { openHousehold, settleIn } from '../support/steps';

// One story: each part begins where the one before it ended.
test.describe.configure({ mode: 'serial' });

let server: Server;
let phone: Phone;
let label: string;

test.beforeAll(async ({}, info) => {
	server = await startServer();
	phone = await openPhone(info);
});
test.afterAll(async () => {
	await phone.close();
	await server.stop();
	expect(phone.complaints).toEqual([]);
});

const OTHERS = `
	select p.unit_id as group_id from app.unit_parents p
	where p.parent_id = (select parent_id from app.unit_parents where unit_id = '${cast.group.group_id}')
		and p.unit_id <> '${cast.group.group_id}' order by p.unit_id limit 1`;
const TEAM = `select team_id from app.team_groups where group_id = '${cast.group.group_id}' limit 1`;

/** The office changes something while the server is down for a moment. */
async function office(sql: string) {
	await server.stop();
	const city = await PGlite.create(path.join(server.dataDir, 'city'));
	await city.exec(sql);
	await city.close();
	await server.restart();
}

/** Opens the log and resolves when everything was sent and fetched. */
async function log(page: Page) {
	await page.goto(`${server.url}/log`);
	await expect(page.getByText('Đã gửi hết')).toBeVisible();
}

const news = (page: Page) => page.getByRole('region', { name: 'Thay đổi về tổ' });

test('a person is told of a new group once, in every tab, also after a reload', async () => {
	const { page } = phone;
	await settleIn(page, server.url);
	await expect(news(page)).toHaveCount(0);
	await office(
		`insert into app.team_groups (city_id, team_id, group_id, from_day)
		select city_id, (${TEAM}), (${OTHERS}), '2025-07-01' from app.cities`
	);
	await log(page);
	await expect(news(page)).toContainText('Máy này nay có thêm Tổ');
	await page.reload();
	await expect(news(page)).toContainText('Máy này nay có thêm Tổ');
	const other = await phone.context.newPage();
	await log(other);
	await expect(news(other)).toBeVisible();
	await page.getByRole('button', { name: 'Đã rõ' }).click();
	await expect(news(page)).toHaveCount(0);
	await expect(news(other)).toHaveCount(0);
	await other.close();
	await log(page);
	await expect(news(page)).toHaveCount(0);
});

test('a household moves to the other group with a reason, and its history says so', async () => {
	const { page } = phone;
	label = await openHousehold(page, server.url);
	await page.getByRole('button', { name: 'Chuyển hộ sang tổ khác' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('button', { name: 'Chuyển hộ' }).click();
	await expect(sheet.getByText('Ghi vài chữ để tổ mới hiểu')).toBeVisible();
	await sheet.getByLabel('Vì sao chuyển?').fill('dọn sang hẻm bên kia');
	await sheet.getByRole('button', { name: 'Chuyển hộ' }).click();
	await expect(page.getByText(`Đã chuyển ${label} sang`)).toBeVisible();
	await page.getByRole('button', { name: 'Xem lịch sử' }).first().click();
	const told = page.getByRole('dialog');
	await expect(told.getByText(/^Trần Thị Bưởi chuyển sang Tổ/)).toBeVisible();
	await expect(told.getByText('dọn sang hẻm bên kia')).toBeVisible();
});

test('a group that leaves the team leaves the phone with its households, and the person is told', async () => {
	const { page } = phone;
	await office(
		`delete from app.team_groups where team_id = (${TEAM}) and group_id <> '${cast.group.group_id}'`
	);
	await log(page);
	await expect(news(page)).toContainText('không còn trên máy này');
	await page.getByRole('button', { name: 'Đã rõ' }).click();
	await page.goto(`${server.url}/households`);
	await expect(page.getByRole('list', { name: 'Hộ dân' })).toBeVisible();
	await expect(page.getByRole('link', { name: label })).toHaveCount(0);
});
