import { m } from '$lib/i18n/paraglide/messages';
import { sum } from './rate';
import { signedUp } from './signups';

type Worked = {
	visits: number;
	people_helped: number;
	attendance: number;
	signups: Record<string, number>;
};

/** What was done in a month, over all rows, with the words for it. */
export function talliesOf(rows: Worked[]) {
	return [
		{ label: m.staff_visits(), value: sum(rows.map((row) => row.visits)) },
		{ label: m.staff_people_helped(), value: sum(rows.map((row) => row.people_helped)) },
		{ label: m.staff_signups(), value: sum(rows.map(signedUp)) },
		{ label: m.staff_attendance(), value: sum(rows.map((row) => row.attendance)) }
	];
}
