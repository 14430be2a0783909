import { expect, test } from 'vitest';
import { blankRow, type Common } from '../../src/lib/domain/record';
import type { Training } from '../../src/lib/domain/training';
import type { Visit } from '../../src/lib/domain/visit';
import { weekDone, weekOf } from '../../src/lib/domain/week';

const common: Common = {
	id: '',
	group_id: '',
	seq: 1,
	author_id: 'buoi',
	recorded_at: '',
	discarded: false
};
const visit = (fields: Partial<Visit>) =>
	({ ...blankRow('visit', common), outcome: 'helped', people_helped: 2, ...fields }) as Visit;
const training = (fields: Partial<Training>) =>
	({ ...blankRow('training', common), headcount: 30, ...fields }) as Training;

test('a week begins on Monday', () => {
	expect(weekOf('2026-11-23')).toBe('2026-11-23');
	expect(weekOf('2026-11-29')).toBe('2026-11-23');
	expect(weekOf('2026-11-22')).toBe('2026-11-16');
	expect(weekOf('2027-01-01')).toBe('2026-12-28');
});

test('a week counts each household once, and nothing that was taken back or is of another week', () => {
	const visits = [
		visit({ day: '2026-11-23', household_id: 'nam' }),
		visit({ day: '2026-11-25', household_id: 'nam' }),
		visit({ day: '2026-11-25', household_id: 'sau', outcome: 'not_home', people_helped: 0 }),
		visit({ day: '2026-11-25', household_id: 'tu', discarded: true }),
		visit({ day: '2026-11-22', household_id: 'ba' })
	];
	const trainings = [
		training({ day: '2026-11-24' }),
		// Households at another team's session: its people were counted there.
		training({ day: '2026-11-24', session_id: 's', headcount: 0 })
	];
	expect(weekDone({ visits, signups: [], trainings }, '2026-11-26')).toEqual({
		visits: 3,
		people: 34,
		households: 1,
		signups: 0,
		trainings: 1
	});
});
