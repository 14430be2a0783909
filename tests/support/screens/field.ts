import { expect } from '@playwright/test';
import type { Screen } from './screen';
import { field, unsent, household, visitSheet } from './ways';

export const fieldScreens: Screen[] = [
	{ name: 'log', as: 'member', show: (page, url) => field(page, `${url}/log`) },
	{
		name: 'log-search',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/log`);
			await page.getByRole('searchbox').fill('nha');
			await expect(page.getByRole('link', { name: 'Thêm hộ “nha”' })).toBeVisible();
		}
	},
	{
		name: 'help',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/log`);
			await page.getByRole('button', { name: 'Giúp', exact: true }).click();
			await expect(page.getByRole('dialog')).toBeVisible();
		}
	},
	{
		name: 'training',
		as: 'member',
		show: (page, url) => field(page, `${url}/log/training`)
	},
	{
		name: 'training-error',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/log/training`);
			await page.getByRole('button', { name: 'LƯU' }).click();
			await expect(page.getByText('Hãy chọn ít nhất một việc đã hỗ trợ.')).toBeVisible();
		}
	},
	{ name: 'households', as: 'member', show: (page, url) => field(page, `${url}/households`) },
	{
		name: 'households-filtered',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/households`);
			await page.getByRole('radio', { name: 'Chưa ghé' }).check();
			await page.getByRole('searchbox').fill('nha');
		}
	},
	{
		name: 'household-new-error',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/households/new`);
			await page.getByRole('button', { name: 'LƯU, rồi ghi lượt' }).click();
			await expect(page.getByText('Hãy ghi tên gọi hoặc số nhà.')).toBeVisible();
		}
	},
	{ name: 'household', as: 'member', show: household },
	{
		name: 'household-ladder',
		as: 'member',
		show: async (page, url) => {
			await household(page, url);
			await page.getByRole('heading', { name: 'Bậc thang số' }).scrollIntoViewIfNeeded();
		}
	},
	{
		name: 'household-contact',
		as: 'member',
		show: async (page, url) => {
			await household(page, url);
			await page.getByRole('button', { name: 'Ghi số điện thoại' }).click();
			await page.getByRole('button', { name: 'LƯU' }).click();
			await expect(page.getByText('Cần bà con đồng ý trước khi ghi số.')).toBeVisible();
		}
	},
	{
		name: 'households-to-visit',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/households`);
			await page.getByRole('radio', { name: 'Nên ghé' }).check();
			await expect(page.getByRole('button', { name: /^Nhận ghé/ }).first()).toBeVisible();
			// Few rows: what is far below the screen is not painted, and keeps the colours of before.
			await page.getByRole('searchbox').fill('hai');
		}
	},
	{
		name: 'household-new-alike',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/households`);
			const first = page.getByRole('list', { name: 'Hộ dân' }).getByRole('link').first();
			const [label = ''] = (await first.innerText()).split('\n');
			await field(page, `${url}/households/new`);
			await page.getByLabel('Tên gọi hoặc số nhà').fill(label);
			await expect(page.getByText('Có phải hộ này không?')).toBeVisible();
			// Leaves no draft for the screens after this one.
			await page.getByLabel('Tên gọi hoặc số nhà').fill('');
			await page.getByLabel('Tên gọi hoặc số nhà').fill(label);
		}
	},
	{
		name: 'flats',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/households/flats`);
			await page
				.getByLabel('Chung cư, tầng, số căn')
				.fill('Chung cư Thử, tầng 3–7, 8 căn mỗi tầng');
			await expect(page.getByText('Sẽ thêm 40 căn.')).toBeVisible();
		}
	},
	{
		name: 'walk-sheet',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/households/walk-sheet`);
			await page.getByRole('radio', { name: 'Tất cả' }).check();
			await expect(
				page.getByRole('img', { name: 'Mã để nhập lại phiếu này' }).first()
			).toBeVisible();
		}
	},
	{
		name: 'walk-sheet-enter',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/households/walk-sheet`);
			await page.getByRole('radio', { name: 'Tất cả' }).check();
			await page.getByRole('link', { name: 'Nhập lại phiếu này' }).first().click();
			await page.getByRole('radio', { name: 'Đã hỗ trợ' }).first().check();
			await expect(page.getByRole('button', { name: 'LƯU 1 dòng' })).toBeVisible();
		}
	},
	{
		name: 'household-edit',
		as: 'member',
		show: async (page, url) => {
			await household(page, url);
			await page.getByRole('link', { name: 'Sửa thông tin hộ' }).click();
			await page.getByText('Nhà có gì?').click();
			await expect(page.getByRole('group', { name: 'Địa chỉ số' })).toBeVisible();
		}
	},
	{
		name: 'history',
		as: 'member',
		show: async (page, url) => {
			await household(page, url);
			await page.getByRole('button', { name: 'Xem lịch sử' }).first().click();
			await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
		}
	},
	{ name: 'visit', as: 'member', show: visitSheet },
	{
		name: 'visit-error',
		as: 'member',
		show: async (page, url) => {
			await visitSheet(page, url);
			const chosen = await page.getByRole('checkbox', { checked: true }).all();
			// From the end: each one that goes shifts the places of those after it.
			for (const topic of chosen.reverse()) await topic.uncheck();
			await page.getByLabel('Ghi chú').fill('số căn cước 012 345 678 901');
			await page.getByRole('button', { name: 'LƯU' }).click();
			await expect(page.getByText('Hãy chọn ít nhất một việc đã hỗ trợ.')).toBeVisible();
		}
	},
	{
		name: 'visit-all-open',
		as: 'member',
		show: async (page, url) => {
			await visitSheet(page, url);
			for (const part of await page.getByRole('dialog').locator('summary').all())
				await part.click();
			await page.getByRole('button', { name: 'Xem thêm việc khác' }).click();
			await page.getByRole('checkbox', { name: 'Thanh toán không dùng tiền mặt' }).check();
			await page.getByRole('checkbox', { name: 'Học phí' }).check();
			const services = page.getByRole('group', { name: 'Dịch vụ nào?' });
			await services.getByRole('checkbox').first().check();
			await expect(page.getByRole('radio', { name: 'Tạo mới' })).toBeVisible();
		}
	},
	{
		name: 'visit-unfinished',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/log`);
			await expect(page.getByText('Đang viết dở: ').first()).toBeVisible();
		}
	},
	{
		name: 'saved',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/log`);
			await page.getByRole('button', { name: 'Ghi lại cho' }).first().click();
			await expect(page.getByRole('button', { name: 'Hoàn tác' })).toBeVisible();
		}
	},
	{
		name: 'training-all-open',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/log/training`);
			for (const part of await page.locator('main summary').all()) await part.click();
			const households = page.getByRole('group', { name: 'Hộ nào dự?' });
			await households.getByRole('checkbox').nth(1).check();
			await expect(page.getByRole('group', { name: 'Thành viên có mặt' })).toBeVisible();
		}
	},
	{
		name: 'training-attach',
		as: 'member',
		show: async (page, url) => {
			const session = [1, '0199aaaa-0000-7000-8000-000000000001', today(), ['vneid'], 'market', ''];
			const code = Buffer.from(JSON.stringify(session)).toString('base64url');
			await field(page, `${url}/log/training/attach#${code}`);
			await page.getByRole('button', { name: 'LƯU' }).click();
			await expect(page.getByText('Hãy chọn ít nhất một hộ.')).toBeVisible();
		}
	},
	{
		name: 'training-attach-scan',
		as: 'member',
		show: (page, url) => field(page, `${url}/log/training/attach`)
	},
	{
		name: 'not-home',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/log/not-home`);
			const doors = page.getByRole('group', { name: 'Không ai ở nhà' }).getByRole('checkbox');
			await doors.nth(0).check();
			await doors.nth(2).check();
			await expect(page.getByRole('button', { name: 'LƯU 2 hộ' })).toBeVisible();
		}
	},
	{
		name: 'correct-error',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/mine`);
			await page.getByRole('button', { name: 'Sửa', exact: true }).first().click();
			await page.getByRole('dialog').getByRole('button', { name: 'LƯU' }).click();
			await expect(page.getByText('Hãy ghi lý do, vài chữ là đủ.')).toBeVisible();
		}
	},
	{
		name: 'session-code',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/log/training`);
			await page.getByRole('checkbox', { name: 'VNeID' }).first().check();
			await page.getByRole('button', { name: 'LƯU' }).click();
			await page.waitForURL(`${url}/log`);
			await field(page, `${url}/mine`);
			await page.getByRole('button', { name: 'Mã QR của buổi' }).first().click();
			await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
		}
	},
	{ name: 'mine', as: 'member', show: (page, url) => field(page, `${url}/mine`) },
	{
		name: 'mine-logged',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/mine`);
			await page.getByRole('heading', { name: 'Việc đã ghi' }).scrollIntoViewIfNeeded();
		}
	},
	{
		name: 'mine-this-phone',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/mine`);
			await expect(page.getByText(/Đã dùng .* trong/)).toBeVisible();
			await page.getByRole('heading', { name: 'Máy này', exact: true }).scrollIntoViewIfNeeded();
		}
	},
	{
		name: 'rights',
		as: 'member',
		show: (page, url) => field(page, `${url}/mine/rights`)
	},
	{
		name: 'receipt',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/mine`);
			await page.getByRole('button', { name: 'Biên nhận' }).first().click();
			await expect(page.getByRole('dialog').getByText('Số trong sổ')).toBeVisible();
		}
	},
	{
		name: 'hand-over-none',
		as: 'member',
		show: (page, url) => field(page, `${url}/mine/hand-over`)
	},
	{
		name: 'hand-over',
		as: 'member',
		show: async (page, url) => {
			await unsent(page, url);
			await page.getByRole('button', { name: 'Lưu thành tệp' }).click();
			await expect(page.getByText('Đã lưu tệp')).toBeVisible();
		}
	},
	{
		name: 'hand-over-codes',
		as: 'member',
		show: async (page, url) => {
			await unsent(page, url);
			await page.getByRole('button', { name: 'Hiện mã QR' }).click();
			await expect(page.getByRole('dialog').getByText(/^Mã 1 trên/)).toBeVisible();
		}
	},
	{
		name: 'receive',
		as: 'member',
		show: async (page, url) => {
			await page.context().setOffline(false);
			await field(page, `${url}/mine/receive`);
			const choosing = page.waitForEvent('filechooser');
			await page.getByRole('button', { name: 'Mở tệp' }).click();
			await (await choosing).setFiles('package.json');
			await expect(page.getByText('không phải việc chưa gửi')).toBeVisible();
		}
	},
	{
		name: 'receive-no-camera',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/mine/receive`);
			await page.getByRole('button', { name: 'Quét mã QR' }).click();
			await expect(page.getByText('Không mở được máy ảnh')).toBeVisible();
		}
	},
	{
		name: 'mine-devices',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/mine/devices`);
			await expect(page.getByText('(máy này)')).toBeVisible();
		}
	},
	{
		name: 'sign-out',
		as: 'member',
		show: async (page, url) => {
			await field(page, `${url}/mine`);
			await page.getByRole('button', { name: 'Đăng xuất' }).click();
			await expect(page.getByRole('dialog')).toBeVisible();
		}
	}
];

/** The day in Vietnam. */
function today(): string {
	return new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
}
