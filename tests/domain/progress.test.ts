import { expect, test } from 'vitest';
import { progressOf } from '../../src/lib/domain/progress';
import { blankRow, type Common } from '../../src/lib/domain/record';
import type { Signup } from '../../src/lib/domain/signup';
import type { Visit } from '../../src/lib/domain/visit';

const common: Common = {
	id: 'a',
	group_id: 'g',
	seq: 1,
	author_id: 'p',
	recorded_at: '2026-11-02T01:00:00.000Z',
	discarded: false
};
const visit = (fields: Partial<Visit>) => ({ ...blankRow('visit', common), ...fields }) as Visit;
const signup = (fields: Partial<Signup>) =>
	({ ...blankRow('signup', common), ...fields }) as Signup;

test('a closed door or a no reaches nobody; a talk, an appointment or a hand-over does', () => {
	const reached = (outcome: string) => progressOf([visit({ outcome })], []).reached;
	expect(['not_home', 'refused'].map(reached)).toEqual([false, false]);
	expect(['helped', 'come_back', 'escalated'].map(reached)).toEqual([true, true, true]);
});

test('a sign-up reaches its household unless it was refused', () => {
	expect(progressOf([], [signup({ result: 'refused' })]).reached).toBe(false);
	expect(progressOf([], [signup({ result: 'unfinished' })]).reached).toBe(true);
});

test('a discarded record counts for nothing', () => {
	const gone = progressOf(
		[visit({ outcome: 'helped', discarded: true })],
		[signup({ result: 'created', discarded: true })]
	);
	expect(gone).toEqual({ reached: false, last_visit: null, last_help: null });
});

test('the last visit goes by the day it was made, the last help by the last that helped', () => {
	const early = visit({ id: 'a', day: '2026-10-01', outcome: 'helped' });
	const late = visit({ id: 'b', day: '2026-11-01', outcome: 'not_home' });
	const noted_late = visit({ id: 'c', day: '2026-09-01', recorded_at: '2026-11-02T09:00:00.000Z' });
	const progress = progressOf([early, late, noted_late], []);
	expect(progress.last_visit?.id).toBe('b');
	expect(progress.last_help?.id).toBe('a');
});
