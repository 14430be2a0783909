import { weekOf } from '../../../src/lib/domain/week';
import { dayText } from './calendar';
import type { Pen } from './record';

const EVENING = 20 * 60 * 60 * 1000;

/** The leader says in the second month how many households the team means to help in a week. */
export function setGoal(pen: Pen, days: number[]): void {
	const day = days[Math.floor(days.length / 2)];
	const leader = pen.team.people.find(({ role }) => role === 'leader');
	if (day === undefined || !leader) return;
	const fields = { from_week: weekOf(dayText(day)), households: pen.dice.between(8, 15) };
	pen.write(day + EVENING, { kind: 'goal', fields }, leader.person_id);
}
