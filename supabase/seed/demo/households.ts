import type { HouseholdFields } from '../../../src/lib/domain/household';
import { momentOf } from './calendar';
import { labelsOf } from './labels';
import type { Dice } from './random';
import type { Pen } from './record';

/** A household that its team has noted down, and whether the team will have reached it. */
export type KnownHousehold = { id: string; since: number; adults: number | null; reached: boolean };

const NOTES = [
	'Ban ngày đi làm, ghé sau 18 giờ',
	'Có chó, gọi cổng trước',
	'Nên ghé cuối tuần',
	'Đi cổng sau, cổng trước khóa',
	'Hay mở cửa buổi sáng sớm',
	'Con gái ở nhà buổi tối, hỏi con gái trước'
];

/**
 * Notes down the households of a group: most of them in the first rounds, the rest when somebody
 * came by. The share that the group has reached gets its mark here; visits follow it.
 */
export function registerHouseholds(pen: Pen, days: number[], count: number): KnownHousehold[] {
	const { dice, team } = pen;
	const reached = Math.round(count * team.group.pace);
	const order = dice.some(
		Array.from({ length: count }, (_, n) => n < reached),
		count
	);
	return labelsOf(team.group, count, dice).map((label, n) => {
		const isReached = order[n] ?? false;
		const since = momentOf(dice.pick(days.slice(0, dice.chance(0.75) ? 5 : -4)), dice);
		const fields = fieldsOf(label, isReached, team.group.kind === 'thon', dice);
		const id = pen.write(since, { kind: 'household', fields });
		return { id, since, adults: fields.adults, reached: isReached };
	});
}

/** What is known of a household: much of one that was helped, little of one that was not. */
function fieldsOf(label: string, met: boolean, rural: boolean, dice: Dice): HouseholdFields {
	const fact = (share: number) =>
		dice.chance(met ? 0.85 : 0.3) ? dice.chance(rural ? share - 0.2 : share) : null;
	return {
		label,
		adults: dice.chance(met ? 0.9 : 0.5) ? dice.between(1, 6) : null,
		smartphone: fact(0.92),
		internet: fact(0.84),
		digital_address: fact(0.4),
		electronic_id: fact(0.75),
		online_services: fact(0.5),
		digital_payment: fact(0.62),
		helps_others: fact(0.15),
		priority: dice.chance(0.1),
		note: dice.chance(0.08) ? dice.pick(NOTES) : ''
	};
}
