import { dayText, isWeekend, momentOf } from './calendar';
import type { Pen } from './record';
import { trainingTopics, TRAINING_NOTES } from './words';

/** A session for many at once, in the group's house on a weekend or in the evening. */
export function holdTraining(pen: Pen, day: number): void {
	const { dice } = pen;
	const headcount = dice.between(8, isWeekend(day) ? 42 : 24);
	const elderly = dice.between(2, Math.ceil(headcount / 2));
	pen.write(momentOf(day, dice), {
		kind: 'training',
		fields: {
			day: dayText(day),
			topics: trainingTopics(dice, dice.between(1, 3)),
			place: dice.pick([
				'community_house',
				'community_house',
				'community_house',
				'school',
				'market'
			]),
			campaign: dice.chance(0.3) ? 'binh_dan_hoc_vu_so' : '',
			headcount,
			people_by_group: dice.chance(0.7) ? { elderly } : {},
			household_ids: [],
			member_ids: [],
			session_id: null,
			note: dice.chance(0.5) ? dice.pick(TRAINING_NOTES) : ''
		}
	});
}
