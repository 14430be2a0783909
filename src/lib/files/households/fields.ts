import type { Field } from '../mapping';

export type HouseholdField = 'label' | 'adults' | 'priority' | 'note';

/** What a file of households may tell, with the headings that groups use. */
export const householdFileFields: readonly Field<HouseholdField>[] = [
	{
		name: 'label',
		headings: [
			'Tên gọi hoặc số nhà',
			'Tên gọi',
			'Số nhà',
			'Hộ',
			'Hộ gia đình',
			'Chủ hộ',
			'Địa chỉ',
			'Household',
			'House number'
		],
		required: true
	},
	{
		name: 'adults',
		headings: ['Số người lớn', 'Người lớn', 'Số người trưởng thành', 'Adults']
	},
	{ name: 'priority', headings: ['Ưu tiên', 'Ưu tiên ghé', 'Priority'] },
	{ name: 'note', headings: ['Ghi chú', 'Ghi chú về hộ', 'Note'] }
];
