import type { Field } from '../mapping';

export type MemberField = 'name' | 'phone' | 'role' | 'group' | 'ward' | 'team';

/** What a file of members may tell, with the headings that offices use. */
export const memberFields: readonly Field<MemberField>[] = [
	{
		name: 'name',
		headings: ['Họ và tên', 'Họ tên', 'Tên thành viên', 'Thành viên', 'Full name', 'Name'],
		required: true
	},
	{
		name: 'phone',
		headings: ['Số điện thoại', 'Điện thoại', 'SĐT', 'ĐT', 'Di động', 'Phone number', 'Phone']
	},
	{ name: 'role', headings: ['Vai trò', 'Chức vụ', 'Chức danh', 'Nhiệm vụ', 'Role', 'Position'] },
	{
		name: 'group',
		headings: ['Tổ dân phố', 'Tổ/thôn', 'Thôn', 'Tổ', 'Khu dân cư', 'Địa bàn', 'Group']
	},
	{ name: 'ward', headings: ['Phường/xã', 'Phường', 'Xã', 'Mã phường', 'Đơn vị', 'Ward'] },
	{ name: 'team', headings: ['Tổ công nghệ số cộng đồng', 'Tên tổ CNSCĐ', 'Tổ CNSCĐ', 'Team'] }
];
