import type { Dice } from './random';

const FAMILY = listed(
	'Nguyễn, Trần, Lê, Phạm, Hoàng, Phan, Vũ, Đặng, Bùi, Đỗ, Hồ, Dương, Huỳnh, Võ, Trương'
);

const MIDDLE = listed('Thị, Văn, Thị Ngọc, Văn Minh, Thị Thu, Hữu');

/** Nobody is called so, and everybody can see it. The fruits of the cast are left to the cast. */
const GIVEN = listed(
	'Chanh, Xoài, Mít, Nhãn, Chuối, Đu Đủ, Sầu Riêng, Măng Cụt, Chôm Chôm, Thanh Long, ' +
		'Dưa Hấu, Mãng Cầu, Sa Kê, Gấc, Bí Đỏ, Bầu, Mướp, Khoai, Sắn, Lạc, Đậu, Vừng, Gừng, ' +
		'Nghệ, Sả, Tỏi, Rau Má, Tía Tô, Kinh Giới, Húng Quế, Cà Rốt, Su Hào, Bắp Cải, Cải Cúc, ' +
		'Rau Muống, Mồng Tơi, Thơm, Sim, Dâu Tằm, Bòn Bon'
);

/** A name that no real person bears and that nobody else in `taken` has; it is added there. */
export function inventedName(dice: Dice, taken: Set<string>): string {
	const name = `${dice.pick(FAMILY)} ${dice.pick(MIDDLE)} ${dice.pick(GIVEN)}`;
	if (taken.has(name)) return inventedName(dice, taken);
	taken.add(name);
	return name;
}

function listed(names: string): string[] {
	return names.split(', ');
}
