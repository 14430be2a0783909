import { expect, test } from 'vitest';
import { checkGoal } from '../../src/lib/domain/checks/goal';
import { checkThank } from '../../src/lib/domain/checks/thank';
import type { Goal } from '../../src/lib/domain/goal';
import { blankRow, type Common } from '../../src/lib/domain/record';
import type { Thank } from '../../src/lib/domain/thank';
import { cleanThank, thanksFor } from '../../src/lib/domain/thanking';
import { goalOf } from '../../src/lib/domain/week';

const common: Common = {
	id: '',
	group_id: 'to3',
	seq: 1,
	author_id: 'dua',
	recorded_at: '2026-11-23T02:00:00.000Z',
	discarded: false
};
const goal = (fields: Partial<Goal>) => ({ ...blankRow('goal', common), ...fields }) as Goal;
const thank = (fields: Partial<Thank>) => ({ ...blankRow('thank', common), ...fields }) as Thank;

test('a goal stands from its week on, until a later one; 0 ends it', () => {
	const first = goal({ id: 'a', from_week: '2026-11-09', households: 20 });
	const next = goal({ id: 'b', from_week: '2026-11-30', households: 25 });
	const none = goal({ id: 'c', from_week: '2026-12-14', households: 0 });
	const all = [none, first, next];
	expect(goalOf(all, '2026-11-02')).toBeUndefined();
	expect(goalOf(all, '2026-11-09')?.households).toBe(20);
	expect(goalOf(all, '2026-11-23')?.households).toBe(20);
	expect(goalOf(all, '2026-12-07')?.households).toBe(25);
	expect(goalOf(all, '2026-12-14')).toBeUndefined();
});

test('of two goals for one week the one written later stands, in whatever order they arrived', () => {
	const leader = goal({ id: 'a', from_week: '2026-11-23', households: 20 });
	const deputy = goal({
		id: 'b',
		from_week: '2026-11-23',
		households: 12,
		recorded_at: '2026-11-23T03:00:00.000Z'
	});
	expect(goalOf([leader, deputy], '2026-11-23')?.households).toBe(12);
	expect(goalOf([deputy, leader], '2026-11-23')?.households).toBe(12);
});

test('a goal is a whole number of households from a Monday on', () => {
	expect(checkGoal({ from_week: '2026-11-23', households: 20 })).toEqual([]);
	expect(checkGoal({ from_week: '2026-11-23', households: 0 })).toEqual([]);
	for (const households of [-1, 1.5, 501])
		expect(checkGoal({ from_week: '2026-11-23', households })).toEqual([
			{ code: 'out_of_range', field: 'households' }
		]);
	expect(checkGoal({ from_week: '2026-11-24', households: 20 })).toEqual([
		{ code: 'bad_value', field: 'from_week' }
	]);
});

test('a thank-you says something, briefly, and no number of a paper or card, no code, no address', () => {
	const problem = (words: string) =>
		checkThank({ week: '2026-11-23', to_id: null, words })[0]?.code;
	expect(problem('Cảm ơn cả tổ!')).toBeUndefined();
	expect(problem('   ')).toBe('missing');
	expect(problem('ơ'.repeat(200))).toBeUndefined();
	expect(problem('ơ'.repeat(201))).toBe('too_long');
	expect(problem('Cảm ơn 012345678901')).toBe('id_number_in_note');
	expect(problem('thẻ 9704 1234 5678 9012')).toBe('card_number_in_note');
	expect(problem('viết cho co.nam@example.com')).toBe('email_in_note');
	expect(problem('mã OTP 123456')).toBe('otp_in_note');
	expect(cleanThank({ week: '2026-11-23', to_id: null, words: '  Cảm ơn ' }).words).toBe('Cảm ơn');
});

test('everybody of the team reads what the team is thanked with, and alone what is for them alone', () => {
	const all = [
		thank({ id: 'team', words: 'Cảm ơn cả tổ' }),
		thank({ id: 'buoi', to_id: 'buoi', recorded_at: '2026-11-24T02:00:00.000Z' })
	];
	expect(thanksFor(all, 'buoi').map(({ id }) => id)).toEqual(['buoi', 'team']);
	expect(thanksFor(all, 'cam').map(({ id }) => id)).toEqual(['team']);
	// Nobody thanks themselves.
	expect(thanksFor(all, 'dua')).toEqual([]);
});
