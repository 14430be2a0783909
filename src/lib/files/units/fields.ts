import type { Field } from '../mapping';

export type UnitField =
	| 'code'
	| 'name'
	| 'level'
	| 'kind'
	| 'parent'
	| 'area'
	| 'name_en'
	| 'predecessors'
	| 'households'
	| 'adults'
	| 'source'
	| 'as_of'
	| 'from_day'
	| 'to_day'
	| 'counted';

/** What a list of units may tell, with the headings that offices write over it. */
export const unitFields: readonly Field<UnitField>[] = [
	{
		name: 'name',
		required: true,
		headings: [
			'full_name',
			'tên đầy đủ',
			'tên đơn vị',
			'tên đơn vị hành chính',
			'tên tổ dân phố',
			'tên tổ',
			'tổ, thôn',
			'thôn, tổ dân phố',
			'ấp, khu vực',
			'khu vực',
			'ấp',
			'tên thôn',
			'tên tổ, thôn',
			'tên thôn, tổ dân phố',
			'tên ấp, khu vực',
			'tên khu vực',
			'tên ấp',
			'tên',
			'tổ dân phố',
			'thôn',
			'đơn vị',
			'unit name',
			'name'
		]
	},
	{
		name: 'code',
		headings: ['mã đơn vị hành chính', 'mã đơn vị', 'mã đvhc', 'mã số', 'mã', 'unit code', 'code']
	},
	{
		name: 'parent',
		headings: [
			'parent_code',
			'mã đơn vị cấp trên',
			'mã cấp trên',
			'đơn vị cấp trên',
			'mã phường, xã',
			'mã phường',
			'mã xã',
			'phường, xã',
			'xã, phường',
			'phường',
			'xã',
			'trực thuộc',
			'thuộc',
			'parent',
			'district_code',
			'province_code'
		]
	},
	{ name: 'level', headings: ['cấp', 'cấp đơn vị', 'level'] },
	{ name: 'kind', headings: ['type_vi', 'loại đơn vị', 'loại hình', 'loại', 'kind', 'type'] },
	{ name: 'area', headings: ['địa bàn', 'cụm', 'area'] },
	{ name: 'name_en', headings: ['full_name_en', 'tên tiếng anh', 'english name', 'name_en'] },
	{
		name: 'predecessors',
		headings: ['predecessors', 'đơn vị cũ', 'sáp nhập từ', 'thành lập từ', 'tiền thân', 'mã cũ']
	},
	{ name: 'households', headings: ['tổng số hộ', 'số hộ', 'hộ', 'households'] },
	{
		name: 'adults',
		headings: [
			'dân số trưởng thành',
			'người trưởng thành',
			'số người từ 18 tuổi',
			'từ 18 tuổi',
			'adults'
		]
	},
	{ name: 'source', headings: ['nguồn số liệu', 'nguồn', 'source'] },
	{ name: 'as_of', headings: ['thời điểm số liệu', 'thời điểm', 'ngày số liệu', 'as_of'] },
	{ name: 'from_day', headings: ['có từ ngày', 'từ ngày', 'from_day'] },
	{ name: 'to_day', headings: ['đến ngày', 'hết ngày', 'to_day'] },
	{ name: 'counted', headings: ['tính độ phủ', 'counted'] }
];

export type SuccessionField = 'old_code' | 'old_name' | 'new_code' | 'basis';

/** What a list of which unit became which may tell. */
export const successionFields: readonly Field<SuccessionField>[] = [
	{ name: 'old_code', required: true, headings: ['old_code', 'mã cũ', 'mã đơn vị cũ'] },
	{ name: 'new_code', required: true, headings: ['new_code', 'mã mới', 'mã đơn vị mới'] },
	{ name: 'old_name', headings: ['old_name', 'tên cũ', 'tên đơn vị cũ'] },
	{ name: 'basis', headings: ['basis', 'căn cứ', 'nghị quyết'] }
];
