import type { Dice } from './random';

/** Topics by how often they come up at the door. The codes are those of `catalogue.csv`. */
const TOPICS = {
	vneid: 9,
	dvc: 8,
	thanh_toan: 7,
	an_toan: 6,
	cai_dat: 5,
	tra_cuu: 4,
	y_te: 4,
	giay_to: 3,
	phan_anh: 3,
	dia_chi_so: 3,
	mua_ban: 2,
	giao_duc: 2,
	thue: 1,
	qr: 1
};

/** What is signed up for when a topic was talked about. */
export const SERVICES: Partial<Record<string, string[]>> = {
	vneid: ['vneid'],
	dvc: ['dvc', 'cong_dan_so'],
	tra_cuu: ['cong_dan_so', 'danang_smart_city'],
	giay_to: ['vneid'],
	thanh_toan: ['tt_kdtm', 'tt_kdtm', 'ngan_hang'],
	y_te: ['hssk', 'vssid'],
	phan_anh: ['danang_smart_city'],
	cai_dat: ['danang_smart_city', 'khac'],
	mua_ban: ['san_tmdt']
};

/** What a volunteer writes beside an outcome; nothing about who somebody is. */
export const VISIT_NOTES: Partial<Record<string, string[]>> = {
	helped: [
		'Đã tự làm lại được từ đầu đến cuối',
		'Làm chậm, nhớ đưa tờ hướng dẫn chữ to',
		'Đặt lại mật khẩu tại nhà, chủ máy tự nhập',
		'Hỏi thêm về cách nhận biết tin nhắn giả',
		'Muốn học nhóm cùng hàng xóm tối thứ bảy',
		'Đã thử trả tiền điện bằng mã QR'
	],
	come_back: [
		'Hẹn lại khi con trai đi làm về',
		'Máy hết pin, hẹn buổi khác',
		'Chờ cấp lại thẻ, sẽ làm tiếp',
		'Mạng yếu quá, hẹn làm ở nhà sinh hoạt'
	],
	not_home: ['Cổng khóa', 'Hàng xóm nói đi làm xa, cuối tuần mới về'],
	refused: ['Sợ lừa đảo, cần đi cùng tổ trưởng', 'Đang bận bán hàng'],
	escalated: [
		'Thông tin sai lệch, cần phường xem giúp',
		'Tài khoản bị khóa, chuyển bộ phận một cửa'
	]
};

export const TRAINING_NOTES = [
	'Bà con đến đông, thiếu ghế',
	'Nhiều câu hỏi về tin nhắn giả mạo',
	'Nên làm lại phần thanh toán, chia nhóm nhỏ',
	'Đoàn phường hỗ trợ cài máy'
];

const BARRIERS = [
	'no_smartphone',
	'no_internet',
	'weak_signal',
	'forgot_password',
	'forgot_password',
	'no_time',
	'distrust',
	'hearing_sight'
];

/** What is taught to many at once, by how often. */
const TRAINING_TOPICS = {
	ung_xu: 6,
	an_toan: 6,
	dvc: 5,
	vneid: 4,
	thanh_toan: 4,
	kn_0_1: 3,
	kn_0_2: 3,
	kn_1_1: 2,
	mua_ban: 2,
	y_te: 1
};

/** Some topics, each once. */
export function topics(dice: Dice, count: number): string[] {
	return [...new Set(Array.from({ length: count }, () => dice.weighted(TOPICS)))];
}

export function trainingTopics(dice: Dice, count: number): string[] {
	return [...new Set(Array.from({ length: count }, () => dice.weighted(TRAINING_TOPICS)))];
}

/** What stood in the way; after a refusal only what refusals are about. */
export function barriers(dice: Dice, outcome: string): string[] {
	if (outcome === 'not_home' || (outcome === 'helped' && dice.chance(0.7))) return [];
	return [outcome === 'refused' ? dice.pick(['distrust', 'no_time']) : dice.pick(BARRIERS)];
}
