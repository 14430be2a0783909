import { expect, test } from 'vitest';
import { blankHousehold, saidOn, type Household } from '../../src/lib/domain/household';
import { answersOf, nextStep, standingOf } from '../../src/lib/domain/ladder';
import { blankRow, type Common } from '../../src/lib/domain/record';
import type { Signup } from '../../src/lib/domain/signup';

const common: Common = {
	id: 'a',
	group_id: 'g',
	seq: 1,
	author_id: 'p',
	recorded_at: '2026-11-02T01:00:00.000Z',
	discarded: false
};
const asked = (fields: Partial<Household>, day = '2026-11-10', id = 'a') =>
	({
		...blankRow('household', { ...common, id }),
		...fields,
		said_on: saidOn({}, fields, day)
	}) as Household;
const signup = (fields: Partial<Signup>) =>
	({ ...blankRow('signup', common), result: 'created', ...fields }) as Signup;

test('nothing is known of a household that nobody has asked', () => {
	const home = asked({});
	expect(standingOf(home, [], [])).toEqual({ rung: 0, proven: {} });
	expect(blankHousehold.helps_others).toBeNull();
});

test('a household climbs rung by rung, each with its evidence and its day', () => {
	const home = asked({ smartphone: true, internet: true }, '2026-11-10');
	const vneid = signup({ service: 'vneid', day: '2026-11-12' });
	const { rung, proven } = standingOf(home, [], [vneid]);
	expect(rung).toBe(2);
	expect(proven[1]).toMatchObject({ of: 1, day: '2026-11-10' });
	expect(proven[2]).toMatchObject({
		proofs: [{ kind: 'signup', code: 'vneid' }],
		day: '2026-11-12'
	});
});

test('a phone without Internet is not connected', () => {
	expect(standingOf(asked({ smartphone: true }), [], []).rung).toBe(0);
	expect(standingOf(asked({ smartphone: true, internet: false }), [], []).rung).toBe(0);
});

test('what cannot be done without a lower rung proves it: the portal asks for VNeID', () => {
	const { rung, proven } = standingOf(asked({ online_services: true }), [], []);
	expect(rung).toBe(3);
	expect(proven[2]).toMatchObject({ of: 3 });
});

test('paying without cash alone does not reach the goal of the city', () => {
	const { rung, proven } = standingOf(asked({ digital_payment: true }), [], []);
	expect(rung).toBe(1);
	expect(proven[4]).toBeDefined();
	expect(standingOf(asked({ digital_payment: true, online_services: true }), [], []).rung).toBe(4);
});

test('a no takes back what was signed up before it, and not what came after', () => {
	const home = asked({ electronic_id: false }, '2026-11-10');
	const on = (day: string) => standingOf(home, [], [signup({ service: 'vneid', day })]).proven[2];
	expect(on('2026-11-09')).toBeUndefined();
	expect(on('2026-11-10')).toBeDefined();
});

test('an unfinished, a refused and a discarded sign-up prove nothing', () => {
	const made = [
		signup({ service: 'vneid', result: 'unfinished' }),
		signup({ service: 'vneid', result: 'refused' }),
		signup({ service: 'vneid', discarded: true })
	];
	expect(standingOf(asked({}), [], made).proven).toEqual({});
});

test('what was merged into a household speaks for it; of two answers the later one stands', () => {
	const home = asked({ smartphone: false, internet: true }, '2026-11-01');
	const merged = asked({ smartphone: true }, '2026-11-05', 'b');
	expect(standingOf(home, [merged], []).rung).toBe(1);
	expect(answersOf(home, [merged]).smartphone).toEqual({ yes: true, day: '2026-11-05' });
});

test('the next step is a question nobody has asked, then help', () => {
	const step = (home: Household) => nextStep(standingOf(home, [], []), answersOf(home, []));
	expect(step(asked({}))).toEqual({ rung: 1, ask: 'smartphone' });
	expect(step(asked({ smartphone: false }))).toEqual({ rung: 1, ask: 'internet' });
	expect(step(asked({ smartphone: false, internet: true }))).toEqual({ rung: 1, ask: null });
	const all = { digital_payment: true, online_services: true, helps_others: true };
	expect(step(asked(all))).toBeNull();
});

test('an answer that is taken back was not said', () => {
	const day = '2026-11-10';
	expect(saidOn({ smartphone: day }, { smartphone: null }, '2026-11-11')).toEqual({});
	expect(saidOn({ smartphone: day }, { note: 'a' }, '2026-11-11')).toEqual({ smartphone: day });
});
