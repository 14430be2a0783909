import * as v from 'valibot';
import { isDay, type Day } from '../day';
import type { Problem } from '../problems';

/** As long as a phone may have been away with unsent records. */
const OLDEST = 400 * 24 * 60 * 60 * 1000;

export const dayField = v.pipe(v.string(), v.check(isDay, 'bad_value'));

/** What is wrong with the day of a record: it cannot lie ahead, nor further back than 400 days. */
export function checkDay(day: Day, today: Day): Problem[] {
	if (day > today) return [{ code: 'date_in_future', field: 'day' }];
	if (Date.parse(today) - Date.parse(day) > OLDEST) return [{ code: 'date_too_old', field: 'day' }];
	return [];
}
