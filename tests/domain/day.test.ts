import { expect, test } from 'vitest';
import { dayOf, isDay, today } from '../../src/lib/domain/day';
import { checkDay } from '../../src/lib/domain/checks/day';

test('half past midnight in Đà Nẵng is already the next day', () => {
	expect(dayOf(new Date('2026-11-01T17:30:00Z'))).toBe('2026-11-02');
});

test('the day turns at 17:00 UTC, to the millisecond', () => {
	expect(dayOf(new Date('2026-11-01T16:59:59.999Z'))).toBe('2026-11-01');
	expect(dayOf(new Date('2026-11-01T17:00:00.000Z'))).toBe('2026-11-02');
});

test('a year ends in Vietnam before it ends in London', () => {
	expect(today(new Date('2026-12-31T17:00:00Z'))).toBe('2027-01-01');
});

test('a day that the calendar does not have is no day', () => {
	expect(isDay('2028-02-29')).toBe(true);
	expect(isDay('2026-02-29')).toBe(false);
	expect(isDay('2026-13-01')).toBe(false);
	expect(isDay('1/11/2026')).toBe(false);
	expect(isDay('')).toBe(false);
});

test('a record is of today or of the 400 days before', () => {
	expect(checkDay('2026-11-01', '2026-11-01')).toEqual([]);
	expect(checkDay('2026-11-02', '2026-11-01')).toEqual([{ code: 'date_in_future', field: 'day' }]);
	expect(checkDay('2025-09-27', '2026-11-01')).toEqual([]);
	expect(checkDay('2025-09-26', '2026-11-01')).toEqual([{ code: 'date_too_old', field: 'day' }]);
});
