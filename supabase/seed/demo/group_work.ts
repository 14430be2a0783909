import { workDays } from './calendar';
import { catchUp } from './catching_up';
import { setGoal } from './goals';
import { registerHouseholds } from './households';
import { Dice } from './random';
import { askForHelp } from './requests';
import { Pen, type DemoRecord } from './record';
import type { DemoTeam } from './teams';
import { holdTraining } from './trainings';
import { helpPassersBy, visitHousehold } from './visits';

/**
 * Three months of a team's records, in the order in which they were written. The same team and day
 * always give the same records.
 * @param today 'YYYY-MM-DD'; the work ends the day before
 */
export function workOf(team: DemoTeam, today: string): DemoRecord[] {
	const dice = new Dice('work', team.group.group_id);
	const pen = new Pen(team, dice);
	const days = workDays(team.group, today, dice);
	const households = registerHouseholds(pen, days, dice.between(50, 110));
	for (const household of households) visitHousehold(pen, household, days);
	for (const day of dice.some(days, dice.between(2, 5))) helpPassersBy(pen, day);
	for (const day of dice.some(days, dice.between(3, 5))) holdTraining(pen, day);
	askForHelp(pen, days);
	setGoal(pen, days);
	catchUp(pen);
	return pen.records.sort((a, b) => a.moment - b.moment || (a.id < b.id ? -1 : 1));
}
