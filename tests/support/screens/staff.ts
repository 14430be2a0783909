import { expect } from '@playwright/test';
import type { Screen } from './screen';
import { at, chosen, figures, groupForImport, householdFile, plan, units } from './ways';

export const staffScreens: Screen[] = [
	{ name: 'wards', as: 'city_office', show: (page, url) => figures(page, `${url}/wards`) },
	{ name: 'publishing', as: 'city_office', show: (page, url) => at(page, `${url}/publishing`) },
	{
		name: 'options',
		as: 'city_office',
		show: async (page, url) => {
			await figures(page, `${url}/wards`);
			await page.getByRole('button', { name: 'Tùy chọn' }).click();
			await expect(page.getByRole('dialog')).toBeVisible();
		}
	},
	{
		name: 'places',
		as: 'city_office',
		show: async (page, url) => {
			await figures(page, `${url}/wards`);
			// Narrow screens fold the names away; on wide ones they always stand there.
			const fold = page.getByRole('navigation').getByRole('button', { name: 'Phường, xã' });
			if (await fold.isVisible()) await fold.click();
			await expect(page.getByRole('link', { name: 'Danh mục', exact: true })).toBeVisible();
		}
	},
	{
		name: 'plans',
		as: 'city_office',
		show: async (page, url) => {
			await at(page, `${url}/plans`);
			await expect(page.getByRole('link', { name: /^Kế hoạch mẫu/ })).toBeVisible();
		}
	},
	{ name: 'plan', as: 'city_office', show: (page, url) => plan(page, url, /^Kế hoạch mẫu/) },
	{
		name: 'plan-published',
		as: 'city_office',
		show: (page, url) => plan(page, url, 'Số liệu đã công bố, Đà Nẵng')
	},
	{
		name: 'plan-figure',
		as: 'city_office',
		show: async (page, url) => {
			await plan(page, url, /^Kế hoạch mẫu/);
			await page.getByRole('button', { name: /^Ghi số chính thức/ }).click();
			await page.getByRole('button', { name: 'LƯU', exact: true }).click();
			await expect(page.getByRole('dialog').locator('[aria-invalid]').first()).toBeVisible();
		}
	},
	{
		name: 'forecast',
		as: 'city_office',
		show: async (page, url) => {
			await plan(page, url, /^Kế hoạch mẫu/);
			await page.getByRole('link', { name: /^Nhịp và dự báo/ }).click();
			await expect(page.getByRole('table')).toBeVisible();
		}
	},
	{
		name: 'plans-import-problems',
		as: 'city_office',
		show: async (page, url) => {
			await at(page, `${url}/plans/import`);
			const rows = ['Hộ A;%;;2026;1.234;KH', 'Hộ B;%;hộ;;90;KH', 'Hộ C;hộ;;2026;5;'];
			const text = `Tên;Đơn vị tính;Mẫu số;Năm;Mục tiêu;Nguồn\n${rows.join('\n')}\n`;
			await page
				.getByLabel('Chọn tệp CSV hoặc Excel')
				.setInputFiles({ name: 'ke-hoach.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
			await expect(page.getByText(/Cần sửa trước khi ghi/)).toBeVisible();
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
			await page.getByRole('button', { name: 'LƯU', exact: true }).click();
			await expect(page.getByRole('dialog').locator('[aria-invalid]').first()).toBeVisible();
		}
	},
	{
		name: 'catalogue-guide-error',
		as: 'city_office',
		show: async (page, url) => {
			await at(page, `${url}/catalogue/guides`);
			await page.getByRole('button', { name: /^Bậc 2/ }).click();
			await page.getByRole('dialog').getByLabel('Nguồn').fill('');
			await page.getByRole('button', { name: 'LƯU', exact: true }).click();
			await expect(page.getByRole('dialog').locator('[aria-invalid]').first()).toBeVisible();
		}
	},
	{
		name: 'requests-received',
		as: 'ward_officer',
		show: async (page, url) => {
			await at(page, `${url}/requests`);
			await expect(page.getByRole('article').first()).toBeVisible();
		}
	},
	{
		name: 'requests-call',
		as: 'ward_officer',
		show: async (page, url) => {
			await at(page, `${url}/requests`);
			await page.getByRole('button', { name: 'Ghi cuộc gọi' }).click();
			await page.getByRole('button', { name: 'LƯU', exact: true }).click();
			await expect(page.getByRole('dialog').locator('[aria-invalid]').first()).toBeVisible();
		}
	},
	{
		name: 'households-import',
		as: 'ward_officer',
		show: async (page, url) => {
			await groupForImport(page, url);
			await householdFile(
				page,
				'Tên gọi;Người lớn;Ghi chú\nNhà ông Sáu xe thồ;4;\nHẻm sau chợ 9;;\n'
			);
			const save = page.getByRole('button', { name: /^LƯU/ });
			await expect(save).toBeVisible();
			await save.scrollIntoViewIfNeeded();
		}
	},
	{
		name: 'households-import-problems',
		as: 'ward_officer',
		show: async (page, url) => {
			await groupForImport(page, url);
			const rows = [';2;', 'Nhà A;51;', 'Nhà B 012345678901;;', 'Nhà C;hai;'];
			await householdFile(page, `Tên gọi;Người lớn;Ghi chú\n${rows.join('\n')}\n`);
			const found = page.getByText(/Cần sửa trước khi ghi/);
			await expect(found).toBeVisible();
			await found.scrollIntoViewIfNeeded();
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
