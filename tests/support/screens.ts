import { expect, type Page } from '@playwright/test';

/** A screen in one state, and how a person gets there. */
export type Screen = {
	name: string;
	/** The member of the demo's cast who sees it; null: nobody is signed in. */
	as: 'member' | 'leader' | 'area_coordinator' | 'city_office' | 'administrator' | null;
	/** Brings a page to it; resolves when all of it stands. */
	show: (page: Page, url: string) => Promise<void>;
};

const publicScreens: Screen[] = [
	{ name: 'home', as: null, show: (page, url) => at(page, `${url}/`) },
	{ name: 'demo', as: null, show: (page, url) => at(page, `${url}/demo`) },
	{ name: 'demo-member', as: null, show: (page, url) => at(page, `${url}/demo/member`) },
	{ name: 'no-such-page', as: null, show: (page, url) => at(page, `${url}/khong-co-trang-nay`) },
	{ name: 'sign-in', as: null, show: (page, url) => at(page, `${url}/sign-in`) },
	{
		name: 'sign-in-error',
		as: null,
		show: async (page, url) => {
			await at(page, `${url}/sign-in`);
			await page.getByLabel('Tên đăng nhập').fill('khong.co');
			await page.getByLabel('Mật khẩu', { exact: true }).fill('không phải mật khẩu');
			await page.getByRole('button', { name: 'Đăng nhập' }).click();
			await expect(page.getByText('Tên đăng nhập hoặc mật khẩu chưa đúng.')).toBeVisible();
		}
	},
	{
		name: 'join-type',
		as: null,
		show: async (page, url) => {
			await page.goto(`${url}/join`);
			await expect(page.getByRole('heading', { name: 'Nhập mã mời' })).toBeVisible();
			await page.getByRole('button', { name: 'Tiếp tục' }).click();
			await expect(page.getByText('Mã gồm 26 chữ và số')).toBeVisible();
		}
	},
	{
		name: 'join-unknown',
		as: null,
		show: async (page, url) => {
			await page.goto(`${url}/join#0123456789ABCDEFGHJKMNPQRS`);
			await page.getByRole('button', { name: 'Nhận sổ ghi trên máy này' }).click();
			await expect(page.getByText('Không có mã này')).toBeVisible();
		}
	},
	{
		name: 'nobody-signed-in',
		as: null,
		show: async (page, url) => {
			await page.goto(`${url}/log`);
			await expect(page.getByText('Chưa có sổ ghi trên máy này')).toBeVisible();
		}
	}
];

const fieldScreens: Screen[] = [
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
			await page.getByRole('button', { name: 'Giúp' }).click();
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
			await page.getByRole('radio', { name: 'VNeID' }).check();
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

const leaderScreens: Screen[] = [
	{
		name: 'team-phones',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/team`);
			await expect(page.getByRole('heading', { name: 'Từng người' })).toBeVisible();
		}
	},
	{
		name: 'team-phones-members',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/team`);
			await page.getByRole('heading', { name: 'Từng người' }).scrollIntoViewIfNeeded();
		}
	}
];

const peopleScreens: Screen[] = [
	{
		name: 'mine-people',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/people`);
			await expect(page.getByRole('list', { name: 'Thành viên' })).toBeVisible();
		}
	},
	{
		name: 'mine-people-replace',
		as: 'leader',
		show: async (page, url) => {
			await field(page, `${url}/mine/people`);
			await page.getByRole('button', { name: /Lê Văn Cam/ }).click();
			await page.getByRole('dialog').getByRole('button', { name: 'Thay người' }).click();
			await page.getByRole('button', { name: 'Thay và tạo mã mời' }).click();
			await expect(page.getByText('Hãy điền chỗ này.')).toBeVisible();
		}
	},
	{
		name: 'people',
		as: 'administrator',
		show: async (page, url) => {
			await page.goto(`${url}/people`);
			await expect(page.getByRole('list', { name: 'Tổ và thành viên' })).toBeVisible();
		}
	},
	{ name: 'people-team', as: 'administrator', show: team },
	{
		name: 'people-person',
		as: 'administrator',
		show: async (page, url) => {
			await team(page, url);
			await page.getByRole('list', { name: 'Thành viên' }).getByRole('button').first().click();
			await expect(page.getByRole('dialog')).toBeVisible();
		}
	},
	{
		name: 'people-cards',
		as: 'administrator',
		show: async (page, url) => {
			await team(page, url);
			await page.getByRole('button', { name: /^Mời \d+ người/ }).click();
			await expect(page.getByRole('heading', { name: /thư mời/ })).toBeVisible();
		}
	},
	{
		name: 'people-staff',
		as: 'administrator',
		show: async (page, url) => {
			await page.goto(`${url}/people/staff`);
			await expect(page.getByRole('list', { name: 'Cán bộ của đơn vị' })).toBeVisible();
		}
	},
	{
		name: 'people-import-error',
		as: 'administrator',
		show: async (page, url) => {
			await page.goto(`${url}/people/import`);
			const text = 'Họ và tên;Vai trò;SĐT;Tổ dân phố;Phường\nLý Văn Mít;Giám đốc;12;Tổ 99;Hải Châu';
			await page.locator('input[type=file]').setInputFiles({
				name: 'thanh-vien.csv',
				mimeType: 'text/csv',
				buffer: Buffer.from(text)
			});
			await expect(page.getByText('Không hiểu vai trò')).toBeVisible();
		}
	},
	{
		name: 'audit',
		as: 'administrator',
		show: async (page, url) => {
			await page.goto(`${url}/audit`);
			await expect(page.getByRole('table')).toBeVisible();
		}
	}
];

const staffScreens: Screen[] = [
	{ name: 'wards', as: 'city_office', show: (page, url) => figures(page, `${url}/wards`) },
	{
		name: 'options',
		as: 'city_office',
		show: async (page, url) => {
			await figures(page, `${url}/wards`);
			await page.getByRole('button', { name: 'Tùy chọn' }).click();
			await expect(page.getByRole('dialog')).toBeVisible();
		}
	},
	{ name: 'units', as: 'city_office', show: units },
	{
		name: 'units-open',
		as: 'city_office',
		show: async (page, url) => {
			await units(page, url);
			const area = page.getByRole('button', { name: 'Địa bàn quận Hải Châu cũ: đơn vị bên dưới' });
			await area.click();
			await page.getByRole('button', { name: 'Phường Hải Châu: đơn vị bên dưới' }).click();
			await expect(page.getByRole('link', { name: /^Tổ 3 / })).toBeVisible();
		}
	},
	{
		name: 'units-found',
		as: 'city_office',
		show: async (page, url) => {
			await units(page, url);
			await page.getByRole('searchbox').fill('hoa khanh');
			await expect(page.getByText(/Tìm thấy \d+ đơn vị/).first()).toBeVisible();
		}
	},
	{
		name: 'unit',
		as: 'city_office',
		show: async (page, url) => {
			await units(page, url);
			await page.getByRole('searchbox').fill('20209');
			await page.getByRole('link', { name: /^Phường Thanh Khê/ }).click();
			await expect(page.getByRole('heading', { name: 'Mã theo từng danh mục' })).toBeVisible();
		}
	},
	{
		name: 'unit-words',
		as: 'city_office',
		show: async (page, url) => {
			await at(page, `${url}/units/words`);
			await page.getByRole('button', { name: 'Thêm loại' }).click();
			await expect(page.getByText('Thuộc cấp')).toBeVisible();
		}
	},
	{
		name: 'units-import',
		as: 'city_office',
		show: async (page, url) => {
			await at(page, `${url}/units/import`);
			await expect(page.getByText('Chọn tệp CSV hoặc Excel')).toBeVisible();
		}
	},
	{
		name: 'units-import-checked',
		as: 'city_office',
		show: async (page, url) => {
			await chosen(page, url, 'Phường, xã;Tổ, thôn;Loại;Số hộ\nHải Châu;Tổ 7;Tổ dân phố;120\n');
			await page.getByLabel('Nguồn số liệu', { exact: true }).last().fill('UBND phường');
			await page.getByLabel('Thời điểm số liệu', { exact: true }).last().fill('2026-10-31');
			await expect(page.getByRole('button', { name: 'Ghi tất cả' })).toBeVisible();
		}
	},
	{
		name: 'units-import-problems',
		as: 'city_office',
		show: async (page, url) => {
			const rows = [
				'Hải Chau 9;Tổ 1;Thôn;0',
				'Hải Châu;T\u00f4\u0309 2;Thôn;-3',
				'Hải Châu;;Thôn;12'
			];
			await chosen(page, url, `Phường, xã;Tên thôn;Loại;Số hộ\n${rows.join('\n')}\n`);
			await expect(page.getByText(/Cần sửa trước khi ghi/)).toBeVisible();
		}
	},
	{
		name: 'catalogue',
		as: 'city_office',
		show: (page, url) => figures(page, `${url}/catalogue`)
	},
	{
		name: 'catalogue-entry',
		as: 'city_office',
		show: async (page, url) => {
			await figures(page, `${url}/catalogue?list=place`);
			await page.getByRole('button', { name: 'Thêm mục' }).click();
			await page.getByRole('button', { name: 'LƯU' }).click();
			await expect(page.getByRole('dialog').locator('[aria-invalid]').first()).toBeVisible();
		}
	},
	{
		name: 'coverage',
		as: 'area_coordinator',
		show: (page, url) => figures(page, `${url}/coverage`)
	},
	{
		name: 'phones',
		as: 'area_coordinator',
		show: (page, url) => figures(page, `${url}/phones`)
	},
	{
		name: 'rights-staff',
		as: 'area_coordinator',
		show: async (page, url) => {
			await figures(page, `${url}/coverage`);
			await page.getByRole('button', { name: 'Tùy chọn' }).click();
			await page.getByRole('link', { name: 'Ai thấy gì?' }).click();
			await expect(page.getByRole('heading', { level: 1, name: 'Ai thấy gì?' })).toBeVisible();
		}
	},
	{
		name: 'hand-in',
		as: 'area_coordinator',
		show: async (page, url) => {
			await page.goto(`${url}/phones/hand-in`);
			const choosing = page.waitForEvent('filechooser');
			await page.getByRole('button', { name: 'Chọn tệp' }).click();
			await (await choosing).setFiles('package.json');
			await expect(page.getByText('không phải việc chưa gửi')).toBeVisible();
		}
	},
	{
		name: 'phones-table',
		as: 'area_coordinator',
		show: async (page, url) => {
			await figures(page, `${url}/phones`);
			await page.getByRole('table').scrollIntoViewIfNeeded();
		}
	}
];

/** Every screen, in an order in which nobody has to sign in twice. */
export const screens = [
	...publicScreens,
	...fieldScreens,
	...leaderScreens,
	...peopleScreens,
	...staffScreens
];

/** Who looks at them. */
export const viewers = [...new Set(screens.map((screen) => screen.as))];

async function at(page: Page, address: string) {
	await page.goto(address);
	await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
}

/** A screen of the volunteer, with the records of the group on it. */
async function field(page: Page, address: string) {
	await page.goto(address);
	await expect(page.getByRole('navigation', { name: 'Ba nơi chính' })).toBeVisible();
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** The page from which unsent work is passed on, with some: the last help is logged once more offline. */
async function unsent(page: Page, url: string) {
	await page.context().setOffline(false);
	await field(page, `${url}/log`);
	await expect(page.getByText('Đã gửi hết')).toBeVisible();
	await page.evaluate(() => navigator.serviceWorker.ready);
	await page.context().setOffline(true);
	await page.getByRole('button', { name: 'Ghi lại cho' }).first().click();
	await expect(page.getByText('Đã lưu trên máy')).toBeVisible();
	await page.getByRole('link', { name: 'Của tôi' }).click();
	await page.getByRole('link', { name: 'Chuyển việc chưa gửi' }).click();
	await expect(page.getByRole('button', { name: 'Lưu thành tệp' })).toBeVisible();
}

async function household(page: Page, url: string) {
	await field(page, `${url}/households`);
	await page.getByRole('list', { name: 'Hộ dân' }).getByRole('link').first().click();
	await expect(page.getByRole('heading', { name: 'Đã làm gì ở đây' })).toBeVisible();
}

async function visitSheet(page: Page, url: string) {
	await household(page, url);
	await page.getByRole('link', { name: 'Ghi lượt hỗ trợ' }).click();
	await expect(page.getByRole('dialog')).toBeVisible();
}

async function team(page: Page, url: string) {
	await page.goto(`${url}/people?find=to+3+hai+chau`);
	await page.getByRole('list', { name: 'Tổ và thành viên' }).getByRole('link').first().click();
	await expect(page.getByRole('list', { name: 'Thành viên' })).toBeVisible();
}

async function figures(page: Page, address: string) {
	await page.goto(address);
	await expect(page.getByRole('table').first()).toBeVisible();
}

async function units(page: Page, url: string) {
	await at(page, `${url}/units`);
	await expect(page.getByRole('searchbox')).toBeVisible();
}

/** The import of units with a file chosen. */
async function chosen(page: Page, url: string, text: string) {
	await at(page, `${url}/units/import`);
	await page
		.getByLabel('Chọn tệp CSV hoặc Excel')
		.setInputFiles({ name: 'to-dan-pho.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
	await expect(page.getByRole('heading', { name: '2. Cột nào là gì' })).toBeVisible();
}
