import { fold } from '../../../src/lib/domain/text';
import type { DemoGroup } from './places';
import type { Dice } from './random';

const CALLED = words(
	'cô, cô, cô, chú, chú, chú, bác, bác, bác, anh, chị, bà, ông, dì, cậu, thím, mợ, dượng'
);

/** Called by the order of birth, as neighbours do: no name of anybody. */
const BORN = words('Hai, Ba, Tư, Năm, Sáu, Bảy, Tám, Chín, Mười, Út');

const TRADES = words(
	'tạp hóa, sửa xe, bún chả cá, bánh mì, cà phê, hớt tóc, may áo dài, gội đầu, cháo lòng, ' +
		'nước mía, thợ hồ, thợ điện, xe ôm, bán rau, vé số, bánh xèo, mì Quảng, xôi gà, giặt ủi, ' +
		'sửa điện thoại, bán cá, chè đậu, bún mắm, rửa xe, bán sách, đậu hũ, bán gạo, ' +
		'bánh tráng, thợ mộc, nhôm kính, cây cảnh'
);

const FARM_TRADES = words(
	'nuôi gà, vườn tiêu, ươm cây, vườn bưởi, nuôi ong, làm chiếu, trồng nấm, bán rau, xay lúa, ' +
		'ao cá, vườn chuối, sửa máy cày, tạp hóa, nấu rượu, làm nón, đan tre, nuôi bò, vườn dứa'
);

const LOOKS = words(
	'cổng xanh, cổng gỗ, giàn hoa giấy, đầu hẻm, cuối hẻm, cạnh trạm y tế, sau chợ, trước đình, ' +
		'góc ngã ba, có cây mít, có cây xoài, mái ngói đỏ, ba tầng, tường vàng, bên bờ kè, ' +
		'hàng rào dâm bụt, giếng đá, nhiều chậu lan, gần trường mẫu giáo, sát nhà sinh hoạt'
);

const FARM_LOOKS = words(
	'đầu thôn, cuối thôn, cạnh suối, bên cầu tre, dưới chân đồi, cổng gỗ, giàn bầu, có cây mít, ' +
		'sau nhà văn hóa, gần trạm bơm, bờ ruộng, mái ngói đỏ, sân phơi lúa, bụi tre, giếng đá'
);

/**
 * What neighbours call the households of a group: a nickname, a look, or a number in an alley. No
 * names, no telephone numbers; each label once in a group, also when marks are left out.
 */
export function labelsOf(group: DemoGroup, count: number, dice: Dice): string[] {
	const labels = new Map<string, string>();
	while (labels.size < count) {
		const label = group.kind === 'thon' ? farmLabel(dice) : townLabel(dice);
		if (!labels.has(fold(label))) labels.set(fold(label), label.normalize('NFC'));
	}
	return [...labels.values()];
}

function townLabel(dice: Dice): string {
	const kind = dice.weighted({ trade: 38, alley: 30, plain: 14, looks: 11, rooms: 4, stall: 3 });
	switch (kind) {
		case 'alley':
			return alley(dice);
		case 'looks':
			return `Nhà ${dice.pick(LOOKS)}`;
		case 'rooms':
			return `Nhà trọ hẻm ${dice.between(3, 60)}`;
		case 'stall':
			return `Quán ${dice.pick(CALLED)} ${dice.pick(BORN)}`;
		default:
			return nickname(dice, kind === 'trade' ? TRADES : []);
	}
}

function farmLabel(dice: Dice): string {
	if (dice.chance(0.7)) return nickname(dice, dice.chance(0.75) ? FARM_TRADES : []);
	const look = `Nhà ${dice.pick(FARM_LOOKS)}`;
	return dice.chance(0.4) ? look : `${look}, ${dice.pick(CALLED)} ${dice.pick(BORN)}`;
}

/** "Nhà cô Năm tạp hóa", "Bác Sáu sửa xe". */
function nickname(dice: Dice, trades: string[]): string {
	const called = dice.pick(CALLED);
	const who = dice.chance(0.55)
		? `Nhà ${called}`
		: called.charAt(0).toUpperCase() + called.slice(1);
	return [who, dice.pick(BORN), ...dice.some(trades, 1)].join(' ');
}

/** "K32/6", "K32/H5/6": the number in an alley, and in an alley of it. */
function alley(dice: Dice): string {
	const street = dice.chance(0.8) ? `K${dice.between(2, 98)}` : `${dice.between(2, 260)}`;
	const side = dice.chance(0.25) ? `/H${dice.between(1, 30)}` : '';
	return `${street}${side}/${dice.between(1, 48)}`;
}

function words(list: string): string[] {
	return list.split(', ');
}
