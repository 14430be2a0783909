import type { Field } from '../mapping';

export type PlanField =
	| ('kind' | 'name' | 'unit' | 'denominator' | 'denominator_value' | 'level' | 'ward' | 'year')
	| ('target' | 'value' | 'as_of' | 'source' | 'status');

/** What a file of a plan may tell, with the headings that offices use. One row for each figure. */
export const planFields: readonly Field<PlanField>[] = [
	{
		name: 'name',
		headings: [
			'Chỉ tiêu, nhiệm vụ',
			'Tên chỉ tiêu',
			'Nội dung',
			'Tên',
			'Indicator or task',
			'Name'
		],
		required: true
	},
	{ name: 'kind', headings: ['Loại', 'Loại dòng', 'Kind'] },
	{ name: 'unit', headings: ['Đơn vị tính', 'ĐVT', 'Unit'] },
	{ name: 'denominator', headings: ['Mẫu số', 'Tính trên', 'Denominator'] },
	{
		name: 'denominator_value',
		headings: ['Giá trị mẫu số', 'Số lượng mẫu số', 'Denominator value']
	},
	{ name: 'level', headings: ['Cấp', 'Cấp giao', 'Level'] },
	{ name: 'ward', headings: ['Phường/xã', 'Phường, xã', 'Mã phường', 'Đơn vị', 'Ward'] },
	{ name: 'year', headings: ['Năm', 'Năm đạt', 'Year'] },
	{ name: 'target', headings: ['Mục tiêu', 'Kế hoạch giao', 'Giá trị mục tiêu', 'Target'] },
	{ name: 'value', headings: ['Thực hiện', 'Kết quả', 'Đã đạt', 'Observed', 'Result'] },
	{ name: 'as_of', headings: ['Thời điểm', 'Ngày số liệu', 'Tính đến', 'As of'] },
	{ name: 'source', headings: ['Nguồn', 'Nguồn số liệu', 'Source'] },
	{ name: 'status', headings: ['Trạng thái', 'Tình trạng', 'Status'] }
];
